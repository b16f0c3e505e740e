import { readCatalog } from '../../src/catalog/tools/read-catalog.ts';
import { bundleTool } from '../support/tool-bundle.ts';

/** Where a request goes, and what a row opens. */
export interface Door {
  readonly host: string;
  readonly port: number;
  readonly protocol: 'https' | 'http' | 'tcp' | 'udp';
}

/** As in `src/app/export/formats/contract.ts`, which is written for a bundler. */
export interface FirewallRow extends Door {
  readonly requirement: 'required' | 'recommended' | 'optional';
  readonly features: readonly string[];
  readonly purposes: readonly string[];
  readonly risk?: string;
  readonly bypassInspection: boolean;
  readonly connects: 'nodes' | 'browser';
  readonly sources: readonly string[];
}

export interface FormatOptions {
  readonly t: (key: string, ...values: readonly (string | number)[]) => string;
  readonly title: string;
  readonly date: Date;
  readonly facts?: readonly string[];
  readonly reasons?: ReadonlyMap<string, string>;
  readonly port?: number;
  readonly fileName: (extension: string) => string;
}

export interface FormatFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string | Uint8Array;
  readonly skipped: readonly { readonly rule: FirewallRow; readonly reason: string }[];
  readonly notes: readonly string[];
}

type WriteFormat = (rows: readonly FirewallRow[], options: FormatOptions) => FormatFile;

export interface Have {
  readonly entries: readonly unknown[];
  readonly unread: readonly unknown[];
}

export interface FormatCode {
  readonly FORMATS: Readonly<Record<string, WriteFormat>>;
  allows(rows: readonly Door[], request: Door): boolean;
  readHave(text: string): Have;
  coverageOf(
    rows: readonly FirewallRow[],
    have: Have,
  ): {
    readonly rows: readonly { readonly row: FirewallRow; readonly state: string }[];
    readonly excess: readonly { readonly entry: { readonly text: string } }[];
  };
  listText(
    edition: unknown,
    choice: { readonly cloud: string; readonly region?: string; readonly vendor?: string },
    format: 'json' | 'csv',
  ): { readonly text: string; readonly rows: readonly FirewallRow[] };
  rowsFor(edition: unknown, cloud: string, region: string | undefined): readonly FirewallRow[];
  readonly t: FormatOptions['t'];
}

const ENTRY = `
import { makeAllowlist } from './src/app/allowlist/list/allowlist';
import { readEdition } from './src/app/allowlist/catalog/read-edition';
import { choiceFor } from './src/app/allowlist/choice/choice';
import { allowlistText } from './src/app/export/allowlist/allowlist-file';
import { firewallRows } from './src/app/export/formats/firewall-rows';
import { makeText } from './src/app/ui/words/make-text';
export { FORMATS } from './src/app/export/formats/registry';
export { allows } from './src/app/export/formats/matcher';
export { readHave } from './src/app/coverage/read/read-have';
export { coverageOf } from './src/app/coverage/compare/coverage';
export const t = makeText(STRINGS);
export const listText = (edition, { cloud, region, vendor }, format) => {
  const list = makeAllowlist(readEdition(edition), choiceFor(cloud, { region, vendor }));
  return { text: allowlistText(list, format, t), rows: firewallRows(list, t) };
};
export const rowsFor = (edition, cloud, region) =>
  firewallRows(makeAllowlist(readEdition(edition), choiceFor(cloud, { region })), t);
`;

/** Bundles the product's own writers; they are written for a bundler. */
export function loadFormats(): Promise<FormatCode> {
  return bundleTool(ENTRY);
}

/** The same with the gate open: what stands behind it must hold by itself. */
export function loadFormatsWithoutGate(): Promise<FormatCode> {
  const open = `function admit(row: FirewallRow): AdmittedRow {
  const star = row.host.indexOf('*');
  const form = /^\\d+\\.\\d+/.test(row.host) ? 'address' : star === -1 ? 'exact' : star === 0 ? 'wildcard' : 'partial';
  return { ...row, form, name: row.host.slice(star === -1 ? 0 : star + 2) };
}
`;
  return bundleTool(ENTRY, {
    path: 'export/formats/gate.ts',
    text: old => {
      const changed = old.replace(/^function admit\([\s\S]*?^}\n/m, () => open);
      if (changed === old) throw new Error('The gate was not found.');
      return changed;
    },
  });
}

/** Every list that ships: edition, cloud and region. */
export function allLists(
  code: FormatCode,
): readonly { readonly name: string; readonly rows: readonly FirewallRow[] }[] {
  return readCatalog().flatMap(edition => {
    const {
      id,
      clouds,
      regions = [],
    } = edition as unknown as {
      id: string;
      clouds: readonly string[];
      regions?: readonly { readonly id: string; readonly cloud: string }[];
    };
    return clouds.flatMap(cloud => {
      const own = regions.filter(region => region.cloud === cloud).map(region => region.id);
      return (own.length === 0 ? [undefined] : own).map(region => ({
        name: [id, cloud, ...(region === undefined ? [] : [region])].join(' '),
        rows: code.rowsFor(edition, cloud, region),
      }));
    });
  });
}

export function optionsFor(code: FormatCode, change: Partial<FormatOptions> = {}): FormatOptions {
  return {
    t: code.t,
    title: 'Test list',
    date: new Date(2026, 10, 26),
    fileName: extension => `allowlist.${extension}`,
    ...change,
  };
}

/** A row with the least that a format needs. */
export function row(host: string, change: Partial<FirewallRow> = {}): FirewallRow {
  return {
    ...{ host, port: 443, protocol: 'https', requirement: 'required', features: ['Feature'] },
    ...{
      purposes: [`Why ${host} is needed.`],
      bypassInspection: false,
      connects: 'nodes',
      sources: ['Source'],
    },
    ...change,
  };
}

/** The rows that a file claims to say: all but those that it names as skipped. */
export function saidRows(rows: readonly FirewallRow[], { skipped }: FormatFile): readonly FirewallRow[] {
  const left = new Set(skipped.map(({ rule }) => doorName(rule)));
  return rows.filter(each => !left.has(doorName(each)));
}

export function doorName({ protocol, host, port }: Door): string {
  return `${protocol}://${host}:${port}`;
}

/** The file of a format, as text. */
export function textFile(
  code: FormatCode,
  format: string,
  rows: readonly FirewallRow[],
  change: Partial<FormatOptions> = {},
): FormatFile & { readonly content: string } {
  const file = code.FORMATS[format]?.(rows, optionsFor(code, change));
  if (typeof file?.content !== 'string') throw new Error(`${format} gives no text`);
  return { ...file, content: file.content };
}

/** Doors that every list must get right: wildcards that meet, apexes, partial names, other ports and protocols, an address. */
export const AWKWARD_ROWS: readonly FirewallRow[] = [
  row('login.example.com'),
  row('*.core.example.com'),
  row('*.blob.core.example.com'),
  row('blob.core.example.com'),
  row('core.example.com'),
  row('deep.blob.core.example.com'),
  row('*.update.example.com', { port: 80, protocol: 'http' }),
  row('update.example.com', { port: 80, protocol: 'http' }),
  row('azgn*.bus.example.com'),
  row('other.example.com', { port: 8084 }),
  row('plain.example.com', { port: 5671, protocol: 'tcp' }),
  row('time.example.com', { port: 123, protocol: 'udp' }),
  row('10.1.2.3'),
];
