import type { WriteFormat } from '../contract';
import { type AdmittedRow, gate, split } from '../gate';
import { hash } from '../hash';
import { headerLines } from '../header';
import { commentLines } from '../one-line';

/** The numbers that Suricata's own documents leave to local rules begin here. */
const FIRST_SID = 1_000_000;
const SIDS = 900_000;

/**
 * Suricata rules, which AWS Network Firewall takes too ("Suricata compatible rule strings"): what may pass. Keywords as
 * in OISF/suricata, doc/userguide/rules/tls-keywords.rst, commit 237a772d.
 */
export const writeSuricata: WriteFormat = (rows, options) => {
  const { t } = options;
  const { admitted, skipped } = split(gate(rows, options), row =>
    row.form !== 'address' && (row.protocol === 'tcp' || row.protocol === 'udp')
      ? t('formats.skip.noName', 'Suricata')
      : undefined,
  );
  const notes = [t('formats.note.suricataDefault'), t('formats.note.suricataSni')];
  return {
    fileName: options.fileName('rules'),
    mediaType: 'text/plain;charset=utf-8',
    content: suricataText(admitted, headerLines(options, { count: admitted.length, skipped, notes })),
    skipped,
    notes,
  };
};

export function suricataText(rows: readonly AdmittedRow[], header: readonly string[]): string {
  return `${[...commentLines('#', header), ...numbered(rows).map(([row, sid]) => rule(row, sid))].join(
    '\n',
  )}\n`;
}

/** A rule keeps its number when others come or go: it is made of the door itself. */
function numbered(rows: readonly AdmittedRow[]): readonly (readonly [AdmittedRow, number])[] {
  const taken = new Set<number>();
  return rows.map(row => {
    let at = hash(`${row.protocol}://${row.host}:${row.port}`) % SIDS;
    while (taken.has(at)) at = (at + 1) % SIDS;
    taken.add(at);
    return [row, FIRST_SID + at];
  });
}

function rule(row: AdmittedRow, sid: number): string {
  const protocol = { https: 'tls', http: 'http', tcp: 'tcp', udp: 'udp' }[row.protocol];
  const isAddress = row.form === 'address';
  const destination = isAddress ? safe(row.host) : '$EXTERNAL_NET';
  // An address needs no name to be seen, so packets of the handshake match too.
  const options = [
    `msg:"azl ${safe(row.host)}"`,
    ...(isAddress ? [] : ['flow:to_server,established', ...match(row)]),
    `sid:${sid}`,
    'rev:1',
  ];
  const head = isAddress ? (protocol === 'udp' ? 'udp' : 'tcp') : protocol;
  return `pass ${head} $HOME_NET any -> ${destination} ${row.port} (${options.join('; ')};)`;
}

/** `http.host` is in lower case already and refuses `nocase`; a server name is as the client wrote it. */
function match(row: AdmittedRow): readonly string[] {
  const isTls = row.protocol === 'https';
  const buffer = isTls ? 'tls.sni' : 'http.host';
  const nocase = isTls ? ['nocase'] : [];
  const name = safe(row.name);
  if (row.form === 'exact') return [buffer, `content:"${name}"`, ...nocase, 'startswith', 'endswith'];
  // Without `dotprefix`, so that the dot keeps the apex out.
  if (row.form === 'wildcard') return [buffer, `content:".${name}"`, ...nocase, 'endswith'];
  const start = safe(row.host.slice(0, row.host.indexOf('*')));
  const pattern = `/^${start}[a-z0-9_-]*\\.${name.replaceAll('.', '\\.')}$/i`;
  return [
    buffer,
    ...[`content:"${start}"`, ...nocase, 'startswith'],
    ...[`content:".${name}"`, ...nocase, 'endswith'],
    `pcre:"${pattern}"`,
  ];
}

/** Nothing that could end a quote, an option or a rule; the gate lets none of it through in the first place. */
function safe(text: string): string {
  return text.replace(/[^a-z0-9._*-]/gi, '');
}
