import { parse } from 'papaparse';
import type { Protocol } from '../../allowlist/catalog/catalog';
import type { Denial, Entry, Have, Unread } from '../entries/entry';
import { readHostText } from './host-list';
import { isPort, readPorts } from './ports';
import { heldBackBy } from './row-states';

/** Headings by which columns are known, lower case, letters only. */
const ADDRESSES = [
  'destination',
  'destinations',
  'address',
  'destinationaddress',
  'destinationaddresses',
  'zieladresse',
];
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
  'destinationfqdn',
  'destinationurl',
  'hosts',
  'hostnames',
  'website',
  'domain',
  'ziel',
  ...ADDRESSES,
];
const PORTS = [
  'port',
  'ports',
  'destinationport',
  'destinationports',
  'dstport',
  'service',
  'zielport',
  'dienst',
];
const PROTOCOLS = ['protocol', 'protocols', 'ipprotocols', 'protokoll'];
const ACTIONS = ['action', 'ruleaction', 'access', 'verdict', 'aktion'];
/** In the tool's own lists: of the rule, not of the firewall. */
const OWN_STATES: readonly string[] = ['state', 'zustand'];
const SOURCES = [
  'source',
  'sources',
  'sourceaddress',
  'sourceaddresses',
  'srcaddr',
  'quelle',
  'quelladresse',
];
const DIRECTIONS = ['direction', 'richtung'];

/** Whether a line is a heading with a column of hosts, and what it is separated by. */
export function headingOf(line: string): boolean {
  return delimiterOf(line) !== undefined;
}

/** What a heading is separated by; undefined where the line is none. The heading says it: short tables mislead a guess. */
function delimiterOf(line: string): string | undefined {
  const { data, meta } = parse<string[]>(line.trim().replace(/^\||\|$/g, ''), {
    delimitersToGuess: [',', ';', '\t', '|'],
  });
  const [cells = []] = data;
  return cells.length > 1 && hasHosts(cells) ? meta.delimiter : undefined;
}

/** Whether one of these headings is that of a column of hosts. */
export function hasHosts(cells: readonly string[]): boolean {
  return cells.some(cell => HOSTS.includes(plain(cell)));
}

/**
 * A table: CSV with commas, semicolons or tabs, a Markdown table, or the rules that Azure Firewall's portal writes. A cell may
 * hold several hosts or ports; `Https:443` in the protocol column is both.
 */
export function readTable(source: string): Have {
  const markdown = markdownRows(source);
  return readRecords(markdown.length > 0 ? markdown : separated(source));
}

/**
 * The same of records that are taken apart already; one of the first is the heading.
 *
 * @param today ISO 8601 date, by which rows run out
 */
export function readRecords(
  records: readonly CsvRecord[],
  today = new Date().toISOString().slice(0, 10),
): Have {
  const at = records.findIndex(({ cells }) => hasHosts(cells));
  const heading = records[at]?.cells ?? [];
  const column = (names: readonly string[]): number => heading.findIndex(cell => names.includes(plain(cell)));
  const columns = {
    hosts: hostColumns(heading),
    ports: column(PORTS),
    protocols: column(PROTOCOLS),
    action: column(ACTIONS),
    direction: column(DIRECTIONS),
    sources: column(SOURCES),
  };
  // In the tool's own lists these columns are about the rule's documents.
  const isOwn = column(['requirement', 'anforderung']) !== -1;
  const isHeldBack = heldBackBy(
    heading.map(plain).map(name => (isOwn && OWN_STATES.includes(name) ? undefined : name)),
    today,
  );
  const entries: Entry[] = [];
  const denials: Denial[] = [];
  const unread: Unread[] = [];
  for (const { cells, line, isBroken } of records.slice(at + 1)) {
    const cell = (index: number): string => unguarded((cells[index] ?? '').trim());
    const text = cells.filter(each => each.trim() !== '').join(' ');
    const place = line === undefined ? {} : { line };
    if (text === '' || cell(columns.direction) === 'internal') continue;
    if (isBroken === true) {
      unread.push({ ...place, text, reason: 'no-host' });
      continue;
    }
    const hosts = (columns.hosts.map(cell).find(each => each !== '') ?? '')
      .split(/[\s,;|]+/)
      .filter(host => host !== '');
    const action = actionOf(cell(columns.action));
    const { doors, odd } = doorsOf(cell(columns.ports), cell(columns.protocols));
    if (action === 'deny') {
      const refused: Entry[] = [];
      const left: Unread[] = [];
      readHosts(hosts, odd ? [{}] : doors, place, refused, left);
      const isCompared = hosts.length > 0 && left.length === 0;
      unread.push({ ...place, text, reason: isCompared ? 'denies' : 'may-deny' });
      denials.push(...refused.map(entry => ({ ...entry, after: entries.length })));
    } else if (action === 'unknown') unread.push({ ...place, text, reason: 'may-deny' });
    else if (isHeldBack(cell) || /^(?:in(?:bound)?|eingehend)$/i.test(cell(columns.direction)))
      unread.push({ ...place, text, reason: 'condition' });
    else if (hosts.length === 0 || hosts.length > MOST_HOSTS)
      unread.push({ ...place, text, reason: 'no-host' });
    else {
      const sources = isOwn ? '' : cell(columns.sources);
      const from = /^(?:|\*|any|all)$/i.test(sources) ? {} : { sources };
      readHosts(
        hosts,
        doors.map(door => ({ ...door, ...from })),
        place,
        entries,
        unread,
      );
      if (odd) unread.push({ ...place, text, reason: 'port' });
    }
  }
  return { entries, denials, unread };
}

/** Names before addresses: beside a name, an address opens nothing. */
function hostColumns(heading: readonly string[]): readonly number[] {
  const found = heading.flatMap((cell, index) => (HOSTS.includes(plain(cell)) ? [index] : []));
  const isAddress = (index: number): boolean => ADDRESSES.includes(plain(heading[index] ?? ''));
  return [...found.filter(index => !isAddress(index)), ...found.filter(isAddress)];
}

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Of its first line; absent where the file has none. */
  readonly line?: number;
  /** A quote is left open: where a cell ends is not known. */
  readonly isBroken?: true;
}

function separated(source: string): readonly CsvRecord[] {
  const text = source.replace(/^\uFEFF/, '');
  const delimiter = text
    .split(/\r?\n/, 50)
    .map(delimiterOf)
    .find(each => each !== undefined);
  const { data, errors } = parse<string[]>(text, delimiter === undefined ? {} : { delimiter });
  const broken = new Set(errors.filter(({ type }) => type === 'Quotes').map(({ row }) => row));
  let next = 1;
  return data.map((cells, row) => {
    const line = next;
    next += cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 1);
    return { cells, line, ...(broken.has(row) && { isBroken: true as const }) };
  });
}

/** Words that are not known are not taken for a yes. */
function actionOf(text: string): 'allow' | 'deny' | 'unknown' {
  if (
    /^(?:|allow(?:ed)?|accept|pass|permit(?:ted)?|trust|yes|ok|zulassen|zugelassen|erlauben|erlaubt)$/i.test(
      text,
    )
  )
    return 'allow';
  return /deny|denied|block|drop|reject|refuse|verweiger|sperr|ablehn/i.test(text) ? 'deny' : 'unknown';
}

/** In one cell; more is an open quote that swallowed the rest of the file. */
const MOST_HOSTS = 5000;

type Door = Pick<Entry, 'port' | 'protocol' | 'sources'>;

function readHosts(
  hosts: readonly string[],
  doors: readonly Door[],
  place: Pick<Entry, 'line'>,
  entries: Entry[],
  unread: Unread[],
): void {
  for (const host of hosts) {
    const read = readHostText(host, { leadingDot: 'below-and-apex', bareStar: true, words: true });
    if (!read.ok) unread.push({ ...place, text: host, reason: read.reason });
    else for (const door of doors) entries.push({ ...read.entry, ...door, ...place, text: host });
  }
}

/** `odd`: something stands there that is no port or no protocol that is known; it opens nothing. */
function doorsOf(
  ports: string,
  protocols: string,
): { readonly doors: readonly Door[]; readonly odd: boolean } {
  const types = protocols
    .toLowerCase()
    .split(/[\s,;|]+/)
    .filter(each => each !== '');
  let odd = false;
  const doors: Door[] = [];
  const numbers = readPorts(ports);
  if (numbers.odd) odd = true;
  for (const type of types.length === 0 ? [''] : types) {
    const [, name = type, own] = /^([a-z]+)[:/](\d+)$/.exec(type) ?? [];
    const protocol = protocolOf(name);
    if (protocol === undefined || (own !== undefined && !isPort(Number(own)))) odd = true;
    else if (own !== undefined) doors.push({ ...protocol, port: Number(own) });
    else if (ports.trim() === '') doors.push(protocol);
    else {
      doors.push(...numbers.ports.map(port => ({ ...protocol, port })));
      if (protocol.protocol === undefined || protocol.protocol === 'udp')
        doors.push(...numbers.udp.map(port => ({ protocol: 'udp' as const, port })));
      else if (numbers.udp.length > 0) odd = true;
    }
  }
  return { doors, odd };
}

function protocolOf(name: string): { readonly protocol?: Protocol } | undefined {
  if (/^(?:|\*|any|all|ip)$/.test(name)) return {};
  if (name === 'tls' || name === 'ssl') return { protocol: 'https' };
  const protocol = (['https', 'http', 'tcp', 'udp'] as const).find(each => each === name);
  return protocol === undefined ? undefined : { protocol };
}

/** The cells of Markdown tables; a bar within a cell is escaped there. */
function markdownRows(source: string): readonly CsvRecord[] {
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
