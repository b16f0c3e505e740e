import { correctionText } from '../../allowlist/list/rule/correction-text';
import type { ChangedDoor, DiffReason, DoorDiff, EditionDiff } from '../../allowlist/list/edition-diff';
import type { Text } from '../../ui/words/make-text';
import type { FileOut } from '../../wac/platform';
import { csvText } from '../text/csv';
import { fileName } from '../text/file-name';

export const DIFF_FORMATS = ['json', 'csv'] as const;
export type DiffFormat = (typeof DIFF_FORMATS)[number];

const COLUMNS = ['difference', 'host', 'port', 'protocol', 'what', 'reason'] as const;

/** What changed between two editions. Codes, ids of editions and of features; reasons are sentences. */
export function diffText(diff: EditionDiff, format: DiffFormat, t: Text): string {
  return format === 'json' ? json(diff, t) : csv(diff, t);
}

export function diffFile(
  diff: EditionDiff,
  format: DiffFormat,
  cluster: string,
  date: Date,
  t: Text,
): FileOut {
  const { from, to, choice } = diff;
  return {
    fileName: fileName({
      content: `outbound-changes-${from.id}-to-${to.id}`,
      ...{ cluster, cloud: choice.cloud, date, extension: format },
    }),
    mime: format === 'json' ? 'application/json' : 'text/csv;charset=utf-8',
    text: diffText(diff, format, t),
  };
}

/** The reason in words. */
export function reasonText(reason: DiffReason, t: Text): string {
  if (reason.kind === 'correction') return correctionText(reason.row, t) ?? '';
  return reason.kind === 'covered' ? t('export.diff.covered', reason.host) : reason.text;
}

function json({ from, to, choice, added, removed, changed }: EditionDiff, t: Text): string {
  const one = ({ rows, facts, reasons }: DoorDiff) => ({
    ...doorOf(rows[0]),
    ...facts,
    reasons: sentences(reasons, t),
  });
  const whole = {
    ...{ from: from.id, to: to.id, cloud: choice.cloud, region: choice.region ?? null },
    added: added.map(one),
    removed: removed.map(one),
    changed: changed.map(({ to: rows, changes, reasons }) => ({
      ...doorOf(rows[0]),
      changes,
      reasons: sentences(reasons, t),
    })),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function csv({ added, removed, changed }: EditionDiff, t: Text): string {
  const one = (code: 'added' | 'removed', { rows, facts, reasons }: DoorDiff) =>
    record(code, rows[0], [...facts.requirement, ...facts.features].join(' '), reasons, t);
  return csvText([
    COLUMNS.map(column => t(`export.column.${column}`)),
    ...added.map(diff => one('added', diff)),
    ...removed.map(diff => one('removed', diff)),
    ...changed.map(({ to, changes, reasons }) => record('changed', to[0], whatChanged(changes), reasons, t)),
  ]);
}

function record(
  code: string,
  door: Door,
  what: string,
  reasons: readonly DiffReason[],
  t: Text,
): (string | number)[] {
  return [code, door.host, door.port, door.protocol, what, sentences(reasons, t).join(' ')];
}

/** For example `requirement: optional -> required; when: ? -> both`; `?` where a list does not say. */
function whatChanged(changes: ChangedDoor['changes']): string {
  return changes
    .map(({ field, from, to }) => `${field}: ${from.join(' ') || '?'} -> ${to.join(' ') || '?'}`)
    .join('; ');
}

interface Door {
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
}

function doorOf({ host, port, protocol }: Door): Door {
  return { host, port, protocol };
}

function sentences(reasons: readonly DiffReason[], t: Text): readonly string[] {
  return [...new Set(reasons.map(reason => reasonText(reason, t)))];
}
