import { type Allowlist, rowsOf } from '../../allowlist/list/allowlist';
import { openPlaceholders } from '../../allowlist/list/open-placeholders';
import type { Text } from '../../ui/words/make-text';
import type { AllowlistFormat } from './allowlist-format';

/** What to know before an exported allowlist is used, as sentences: parts left open, mistakes kept, rules left out. */
export function allowlistNotes(allowlist: Allowlist, format: AllowlistFormat, t: Text): readonly string[] {
  const open = [...openPlaceholders(allowlist)].map(([name, hosts]) =>
    t('export.note.openPlaceholder', t(`allowlist.answer.label.${name}`), hosts.join(', ')),
  );
  const mistakes = rowsOf(allowlist).flatMap(({ host, port, corrected, use }) =>
    corrected === undefined
      ? []
      : [
          t(
            'export.note.published',
            `${host}:${port}`,
            `${corrected.host}:${corrected.port}`,
            use.correction?.reason ?? '',
          ),
        ],
  );
  const left = format === 'json' ? allowlist.internal.length : 0;
  return [...open, ...new Set(mistakes), ...(left === 0 ? [] : [t('export.note.internalLeftOut', left)])];
}
