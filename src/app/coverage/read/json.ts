import type { Have } from '../entries/entry';
import { azureEntries, type Value } from './azure-rules';
import { readHostText } from './host-list';
import { readPorts } from './ports';

/** An ARM template or a policy as exported; or the tool's own list: an array of `{URL, Port, Notes}`. */
export function readJson(source: string): Have {
  const parsed = JSON.parse(source) as unknown;
  return isOwnList(parsed) ? readOwnList(parsed) : azureEntries(valueOf(parsed, source));
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
  const have = list.map(({ URL: url, Port }): Have => {
    const text = `${url} ${Port ?? ''}`.trim();
    const read = readHostText(url, {});
    if (!read.ok) return { entries: [], unread: [{ text, reason: read.reason }] };
    const ports = Port === undefined ? 'every' : readPorts(String(Port));
    if (ports === 'every') return { entries: [{ ...read.entry, text }], unread: [] };
    if (ports.length === 0) return { entries: [], unread: [{ text, reason: 'port' }] };
    return { entries: ports.map(port => ({ ...read.entry, port, text })), unread: [] };
  });
  return { entries: have.flatMap(each => each.entries), unread: have.flatMap(each => each.unread) };
}

/** JSON knows no lines: a text is looked for where it stands first after the one before it. */
function valueOf(parsed: unknown, source: string): Value {
  let from = 0;
  let line = 1;
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
    const at = source.indexOf(JSON.stringify(text), from);
    if (at === -1) return {};
    line += source.slice(from, at).split('\n').length - 1;
    from = at;
    return { line };
  }
}
