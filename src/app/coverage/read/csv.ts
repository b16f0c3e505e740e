import { parse } from 'papaparse';
import type { Protocol } from '../../allowlist/catalog/catalog';
import type { Entry, Have, Unread } from '../entries/entry';
import { readHostText } from './host-list';
import { readPorts } from './ports';

/** Headings by which columns are known, lower case, letters only. */
const HOSTS = [
  'host',
  'hostname',
  'fqdn',
  'fqdns',
  'targetfqdn',
  'targetfqdns',
  'destinationfqdns',
  'url',
  'urls',
  'endpoint',
  'endpointurl',
  'domain',
  'destination',
  'destinations',
  'address',
  'destinationaddress',
  'destinationaddresses',
];
const PORTS = ['port', 'ports', 'destinationport', 'destinationports', 'dstport', 'service'];
const PROTOCOLS = ['protocol', 'protocols', 'ipprotocols'];
const ACTIONS = ['action', 'ruleaction'];
const DIRECTIONS = ['direction'];

/** Whether a line is a heading with a column of hosts, and what it is separated by. */
export function headingOf(line: string): boolean {
  const [cells = []] = parse<string[]>(line.trim().replace(/^\||\|$/g, ''), {
    delimitersToGuess: [',', ';', '\t', '|'],
  }).data;
  return cells.length > 1 && cells.some(cell => HOSTS.includes(plain(cell)));
}

/**
 * A table: CSV with commas, semicolons or tabs, a Markdown table, or the rules that Azure Firewall's portal writes. A cell may
 * hold several hosts or ports; `Https:443` in the protocol column is both.
 */
export function readTable(source: string): Have {
  const isMarkdown = /^\s*\|.*\|\s*$/m.test(source);
  const lines = isMarkdown ? markdownRows(source) : undefined;
  const records =
    lines ??
    parse<string[]>(source.replace(/^\uFEFF/, ''), { delimitersToGuess: [',', ';', '\t'] }).data.map(
      (cells, index) => ({
        cells,
        line: index + 1,
      }),
    );
  const at = records.findIndex(({ cells }) => cells.some(cell => HOSTS.includes(plain(cell))));
  const heading = records[at]?.cells ?? [];
  const column = (names: readonly string[]): number => heading.findIndex(cell => names.includes(plain(cell)));
  const columns = {
    hosts: Math.min(...HOSTS.map(name => column([name])).filter(index => index !== -1)),
    ports: column(PORTS),
    protocols: column(PROTOCOLS),
    action: column(ACTIONS),
    direction: column(DIRECTIONS),
  };
  const entries: Entry[] = [];
  const unread: Unread[] = [];
  for (const { cells, line } of records.slice(at + 1)) {
    const cell = (index: number): string => unguarded((cells[index] ?? '').trim());
    const text = cells.filter(each => each.trim() !== '').join(' ');
    if (text === '' || cell(columns.direction) === 'internal') continue;
    const hosts = cell(columns.hosts)
      .split(/[\s,;]+/)
      .filter(host => host !== '');
    if (/deny|block|drop/i.test(cell(columns.action))) unread.push({ line, text, reason: 'denies' });
    else if (hosts.length === 0) unread.push({ line, text, reason: 'no-host' });
    else readHosts(hosts, doorsOf(cell(columns.ports), cell(columns.protocols)), line, entries, unread);
  }
  return { entries, unread };
}

type Door = Pick<Entry, 'port' | 'protocol'>;

function readHosts(
  hosts: readonly string[],
  doors: readonly Door[] | undefined,
  line: number,
  entries: Entry[],
  unread: Unread[],
): void {
  for (const host of hosts) {
    const read = readHostText(host, { leadingDot: 'below-and-apex', bareStar: true });
    if (!read.ok) unread.push({ line, text: host, reason: read.reason });
    else if (doors === undefined) unread.push({ line, text: host, reason: 'port' });
    else for (const door of doors) entries.push({ ...read.entry, ...door, line, text: host });
  }
}

/** Undefined when something stands there that is no port. */
function doorsOf(ports: string, protocols: string): readonly Door[] | undefined {
  const types = protocols
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(each => each !== '');
  const pairs = types.flatMap(type => {
    const [, name, port] = /^([a-z]+):(\d+)$/.exec(type) ?? [];
    return name === undefined ? [] : [{ ...protocolOf(name), port: Number(port) }];
  });
  if (pairs.length > 0) return pairs;
  const numbers = readPorts(ports.replace(/[a-z]+[/:]/gi, ''));
  if (numbers !== 'every' && numbers.length === 0 && ports !== '') return undefined;
  const named: readonly Door[] = types.length === 0 ? [{}] : types.map(protocolOf);
  return numbers === 'every' || numbers.length === 0
    ? named
    : named.flatMap(door => numbers.map(port => ({ ...door, port })));
}

function protocolOf(name: string): { readonly protocol?: Protocol } {
  const protocol = (['https', 'http', 'tcp', 'udp'] as const).find(each => each === name);
  return protocol === undefined ? {} : { protocol };
}

/** The cells of Markdown tables; a bar within a cell is escaped there. */
function markdownRows(
  source: string,
): readonly { readonly cells: readonly string[]; readonly line: number }[] {
  return source.split(/\r?\n/).flatMap((raw, index) => {
    const row = raw.trim();
    if (!/^\|.*\|$/.test(row) || /^[|\s:-]+$/.test(row)) return [];
    const cells = row
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map(cell =>
        cell
          .trim()
          .replace(/^`+ ?| ?`+$/g, '')
          .replace(/\\([\\`*_{}[\]<>()#+!|~&.-])/g, '$1'),
      );
    return [{ cells, line: index + 1 }];
  });
}

/** The apostrophe that keeps a spreadsheet from running a cell. */
function unguarded(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

function plain(heading: string): string {
  return heading.toLowerCase().replace(/[^a-z]/g, '');
}
