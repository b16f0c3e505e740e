import type { Entry, Have, Unread } from '../entries/entry';
import { azureEntries, type Value, withVariables } from './azure/azure-rules';
import { type CsvRecord, hasHosts, readRecords } from './csv';
import { readHostList, readHostText } from './host-list';
import { readPorts } from './ports';

/** An ARM template or a policy as exported; or the tool's own list: an array of `{URL, Port, Notes}`. */
export function readJson(source: string): Have {
  const parsed = JSON.parse(source.replace(/^\uFEFF/, '')) as unknown;
  if (isOwnList(parsed)) return readOwnList(parsed);
  if (isTexts(parsed)) return withoutLines(readHostList(parsed.join('\n')));
  const records = flatRecords(parsed);
  if (records !== undefined) return readRecords(records);
  const value = valueOf(parsed, source);
  const variables = typeof value === 'object' && 'fields' in value ? value.fields['variables'] : undefined;
  const meant = typeof variables === 'object' && 'fields' in variables ? variables.fields : {};
  return azureEntries(
    withVariables(value, text => {
      const [, name = ''] = /^\[variables\('([^']+)'\)\]$/.exec(text) ?? [];
      return Object.hasOwn(meant, name) ? meant[name] : undefined;
    }),
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every(each => typeof each === 'string');
}

/** Lines of the list that it became are none of the file. */
function withoutLines({ entries, denials, unread }: Have): Have {
  return {
    entries: entries.map(({ pattern, port, protocol, path, text }) => ({
      ...{ pattern, text },
      ...(port === undefined ? {} : { port }),
      ...(protocol === undefined ? {} : { protocol }),
      ...(path === undefined ? {} : { path }),
    })),
    denials,
    unread: unread.map(({ text, reason }) => ({ text, reason })),
  };
}

/** A list of flat objects is a table; its fields are the headings. Undefined for anything deeper. */
function flatRecords(value: unknown): readonly CsvRecord[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const isFlat = (each: unknown): each is Readonly<Record<string, unknown>> =>
    typeof each === 'object' &&
    each !== null &&
    !Array.isArray(each) &&
    Object.values(each).every(field => field === null || typeof field !== 'object');
  const objects: readonly unknown[] = value;
  if (!objects.every(isFlat)) return undefined;
  const names = [...new Set(objects.flatMap(each => Object.keys(each)))];
  const records = objects.map(each => ({ cells: names.map(name => textOf(each[name])) }));
  return hasHosts(names) ? [{ cells: names }, ...records] : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}

interface OwnEntry {
  readonly URL: string;
  readonly Port?: string | number;
}

function isOwnList(value: unknown): value is readonly OwnEntry[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      each => typeof each === 'object' && each !== null && typeof (each as OwnEntry).URL === 'string',
    )
  );
}

function readOwnList(list: readonly OwnEntry[]): Have {
  const entries: Entry[] = [];
  const unread: Unread[] = [];
  for (const { URL: url, Port } of list) {
    const text = `${url} ${Port ?? ''}`.trim();
    const read = readHostText(url, {});
    if (!read.ok) {
      unread.push({ text, reason: read.reason });
      continue;
    }
    const { ports, udp, odd } = readPorts(String(Port ?? ''));
    if (odd || udp.length > 0) unread.push({ text, reason: 'port' });
    else if (ports.length === 0) entries.push({ ...read.entry, text });
    entries.push(...ports.map(port => ({ ...read.entry, port, text })));
  }
  return { entries, denials: [], unread };
}

/** Looking further for lines would take longer than they are worth. */
const MISSES = 20;

/** JSON knows no lines: a text is looked for where it stands first after the one before it. */
function valueOf(parsed: unknown, source: string): Value {
  let from = 0;
  let line = 1;
  let misses = 0;
  return convert(parsed);

  function convert(each: unknown): Value {
    if (typeof each === 'number') return each;
    if (typeof each === 'string') return { text: each.replace(/^\[\[/, '['), ...lineOf(each) };
    if (Array.isArray(each)) return each.map(convert);
    if (typeof each !== 'object' || each === null) return [];
    return {
      fields: Object.fromEntries(Object.entries(each).map(([name, value]) => [name, convert(value)])),
    };
  }

  function lineOf(text: string): { readonly line?: number } {
    if (misses >= MISSES) return {};
    const at = source.indexOf(JSON.stringify(text), from);
    if (at === -1) {
      misses += 1;
      return {};
    }
    line += source.slice(from, at).split('\n').length - 1;
    from = at;
    return { line };
  }
}
