import type { FirewallRow, FormatOptions, Skipped } from './contract';

/** `wildcard`: `*.x`, any depth, not `x`. `partial`: one label that begins or ends with what stands beside the star. */
export type HostForm = 'exact' | 'wildcard' | 'partial' | 'address';

/** A row that has passed the gate: its host, port and protocol can be written into any template. */
export interface AdmittedRow extends FirewallRow {
  readonly form: HostForm;
  /** Without the star's label: `x` of `*.x`. The host itself where there is no star. */
  readonly name: string;
}

export interface Gated {
  readonly admitted: readonly AdmittedRow[];
  readonly skipped: readonly Skipped[];
}

const LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const NAME = new RegExp(`^(?:${LABEL}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$`);
const PARTIAL = new RegExp(
  `^[a-z0-9][a-z0-9-]{0,61}\\*\\.((?:${LABEL}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9]))$`,
);
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ADDRESS = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const PROTOCOLS: readonly string[] = ['https', 'http', 'tcp', 'udp'];

/**
 * The one gate before every template: only lower-case host patterns, ports and protocols of known shape pass. It alone
 * keeps a host from being anything but data; the escapes of each format stand behind it.
 */
export function gate(rows: readonly FirewallRow[], { t }: Pick<FormatOptions, 't'>): Gated {
  const admitted: AdmittedRow[] = [];
  const skipped: Skipped[] = [];
  for (const row of rows) {
    const admittedRow = admit(row);
    if (admittedRow === undefined) skipped.push({ rule: row, reason: t('formats.skip.malformed') });
    else admitted.push(admittedRow);
  }
  return { admitted, skipped };
}

function admit(row: FirewallRow): AdmittedRow | undefined {
  const { host, port, protocol } = row;
  const isPort = Number.isInteger(port) && port >= 1 && port <= 65535;
  if (!isPort || !PROTOCOLS.includes(protocol) || host.length > 253) return undefined;
  if (ADDRESS.test(host)) return { ...row, form: 'address', name: host };
  if (NAME.test(host)) return { ...row, form: 'exact', name: host };
  if (host.startsWith('*.') && NAME.test(host.slice(2)))
    return { ...row, form: 'wildcard', name: host.slice(2) };
  const partial = PARTIAL.exec(host)?.[1];
  return partial === undefined ? undefined : { ...row, form: 'partial', name: partial };
}

/** Rows of one protocol and port: most formats say those once for many hosts. */
export interface DoorGroup {
  readonly protocol: AdmittedRow['protocol'];
  readonly port: number;
  /** For example `https-443`. */
  readonly id: string;
  /** Hosts once each, in their order. */
  readonly rows: readonly AdmittedRow[];
}

/** Rows of one port and protocol together, each host once. */
export function groupByDoor(rows: readonly AdmittedRow[]): readonly DoorGroup[] {
  const groups = new Map<string, { protocol: AdmittedRow['protocol']; port: number; rows: AdmittedRow[] }>();
  for (const row of rows) {
    const id = `${row.protocol}-${row.port}`;
    const group = groups.get(id) ?? { protocol: row.protocol, port: row.port, rows: [] };
    if (!group.rows.some(({ host }) => host === row.host)) group.rows.push(row);
    groups.set(id, group);
  }
  return [...groups].map(([id, group]) => ({ id, ...group }));
}

/**
 * Why a partial wildcard is left out by a product that has none: a wider one of the list opens it already, or would
 * have to be opened in its place.
 */
export function partialReason(
  row: AdmittedRow,
  rows: readonly AdmittedRow[],
  product: string,
  t: FormatOptions['t'],
): string {
  const wider = rows.find(
    each =>
      each.form === 'wildcard' &&
      each.port === row.port &&
      each.protocol === row.protocol &&
      (row.name === each.name || row.name.endsWith(`.${each.name}`)),
  );
  return wider === undefined
    ? t('formats.skip.partial', product, `*.${row.name}`)
    : t('formats.skip.covered', product, wider.host);
}

/** Those that a format can say, and the others with the reason why not; `undefined` is no reason. */
export function split(
  { admitted, skipped }: Gated,
  reasonAgainst: (row: AdmittedRow, rows: readonly AdmittedRow[]) => string | undefined,
): Gated {
  const kept: AdmittedRow[] = [];
  const left: Skipped[] = [...skipped];
  for (const row of admitted) {
    const reason = reasonAgainst(row, admitted);
    if (reason === undefined) kept.push(row);
    else left.push({ rule: row, reason });
  }
  return { admitted: kept, skipped: left };
}
