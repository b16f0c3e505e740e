import type { FormatOptions, WriteFormat } from '../contract';
import { type AdmittedRow, gate, groupByDoor, partialReason, split } from '../gate';

/** Longest entry of a list (docs.paloaltonetworks.com, guidelines for URL category exceptions). */
const LONGEST_ENTRY = 255;

/**
 * Palo Alto Networks: a URL list, for an external dynamic list or a custom URL category. One entry a line, no scheme, no
 * comments; the star must be the only character of its token, and covers any depth but not the apex. The closing slash
 * keeps releases before 10.2 from reading `x` as `x.*`. A list cannot say ports: it is for one port at a time.
 */
export const writePaloAlto: WriteFormat = (rows, options) => {
  const { t } = options;
  const gated = gate(rows, options);
  const port = options.port ?? usualPort(gated.admitted);
  const { admitted, skipped } = split(gated, (row, all) => {
    if (row.protocol === 'tcp' || row.protocol === 'udp') return t('formats.skip.notWeb', 'PAN-OS');
    if (row.form === 'partial') return partialReason(row, all, 'PAN-OS', t);
    if (row.host.length + 1 > LONGEST_ENTRY) return t('formats.skip.tooLong', LONGEST_ENTRY);
    return row.port === port ? undefined : t('formats.skip.otherPort', port, row.port);
  });
  return {
    fileName: options.fileName(`${port}.txt`),
    mediaType: 'text/plain;charset=utf-8',
    content: paloAltoText(admitted),
    skipped,
    notes: [t('formats.note.paloAltoPort', port), t('formats.note.notTestedOnDevice', 'PAN-OS')],
  };
};

export function paloAltoText(rows: readonly AdmittedRow[]): string {
  const hosts = [...new Set(rows.map(({ host }) => host.replace(/[^a-z0-9._*-]/gi, '')))];
  return hosts.map(host => `${host}/\n`).join('');
}

/** The port that most rows need. */
function usualPort(rows: readonly AdmittedRow[]): NonNullable<FormatOptions['port']> {
  const groups = [...groupByDoor(rows)].sort((a, b) => b.rows.length - a.rows.length);
  return groups[0]?.port ?? 443;
}
