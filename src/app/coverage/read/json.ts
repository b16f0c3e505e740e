import type { Entry, Have, Unread } from '../entries/entry';
import { azureEntries, type Value, withVariables } from './azure-rules';
import { readHostText } from './host-list';
import { readPorts } from './ports';

/** An ARM template or a policy as exported; or the tool's own list: an array of `{URL, Port, Notes}`. */
export function readJson(source: string): Have {
  const parsed = JSON.parse(source.replace(/^\uFEFF/, '')) as unknown;
  if (isOwnList(parsed)) return readOwnList(parsed);
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
    const { ports, odd } = readPorts(String(Port ?? ''));
    if (odd) unread.push({ text, reason: 'port' });
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
