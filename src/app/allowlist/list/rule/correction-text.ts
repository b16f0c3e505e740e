import type { Text } from '../../../ui/words/make-text';
import type { AllowlistRow } from '../allowlist';

/** What the document says, what is listed instead, and why; undefined when the row is as the document has it. */
export function correctionText(row: AllowlistRow, t: Text): string | undefined {
  const { correction, asWritten } = row;
  if (correction === undefined) return undefined;
  if (correction.field === 'port')
    return t('allowlist.correction.port', asWritten.port ?? '', row.port, correction.reason);
  // Of a wildcard it is the one host that is not named.
  if (correction.field === 'added')
    return t('allowlist.correction.added', asWritten.url, addedHost(row), correction.reason);
  return t(`allowlist.correction.${correction.field}`, asWritten.url, row.host, correction.reason);
}

function addedHost({ host, use, placeholderState }: AllowlistRow): string {
  return placeholderState === 'open' ? (use.placeholder?.host ?? host) : host;
}
