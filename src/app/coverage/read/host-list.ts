import type { Protocol } from '../../allowlist/catalog/catalog';
import type { Entry, Have, Unread } from '../entries/entry';
import { readPattern, type Semantics } from '../entries/read-pattern';
import { isPort, readPorts } from './ports';

/**
 * A list of hosts, one a line or several, perhaps with a port behind: plain, an external dynamic list (PAN-OS: closing
 * slash, `^` for one label), or a file of Squid's `dstdomain` (`.x` is `x` and all below it). URLs are taken apart: scheme,
 * port, path.
 */
export function readHostList(text: string): Have {
  const entries: Entry[] = [];
  const unread: Unread[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    // A hash begins a comment; hosts hold none.
    const content = raw.replace(/#.*$/, '').trim();
    if (content !== '') readLine(content, index + 1, entries, unread);
  }
  return { entries, denials: [], unread };
}

/** What stands before an item of a list in a text: never a host by itself. */
const BULLET = /^(?:[-*\u2022\u2013]|\d{1,4}[.)])\s+(?=\S*[a-z])/i;
/** A file of hosts keeps a name from being found by giving it an address of this computer. */
const HOSTS_FILE = /^(?:0\.0\.0\.0|127(?:\.\d{1,3}){3}|::1?)\s+\S*[a-z]/i;

/** Prose is no list: a line is taken as a whole, or not at all. */
function readLine(content: string, line: number, entries: Entry[], unread: Unread[]): void {
  if (HOSTS_FILE.test(content)) return void unread.push({ line, text: content, reason: 'may-deny' });
  const parts = content
    .replace(BULLET, '')
    .split(/[\s,;]+/)
    .filter(part => part !== '');
  const found: Entry[] = [];
  let problem: Unread['reason'] | undefined;
  for (const part of parts) {
    const last = found.at(-1);
    if (/^\d+$/.test(part) && last !== undefined) {
      if (!isPort(Number(part))) problem ??= 'port';
      // A second port is another door.
      else found.push({ ...(last.port === undefined ? (found.pop() ?? last) : last), port: Number(part) });
      continue;
    }
    const read = readHostText(part, { leadingDot: 'below-and-apex', caret: true, bareStar: true });
    if (!read.ok) problem ??= read.reason;
    else found.push({ ...read.entry, line, text: parts.length <= 2 ? content : part });
  }
  if (problem === undefined) entries.push(...found);
  else unread.push({ line, text: content, reason: problem });
}

export type HostText =
  | { readonly ok: true; readonly entry: Pick<Entry, 'pattern' | 'port' | 'protocol' | 'path'> }
  | { readonly ok: false; readonly reason: Unread['reason'] };

const SCHEMES: Readonly<Record<string, { readonly protocol: Protocol; readonly port: number }>> = {
  https: { protocol: 'https', port: 443 },
  http: { protocol: 'http', port: 80 },
};

/** A host as people write it: perhaps with a scheme, a port and a path. */
export function readHostText(text: string, semantics: Semantics): HostText {
  const [, scheme, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/i.exec(text.trim()) ?? [];
  const [authority = ''] = rest.split(/[/?]/);
  const hasPath = !/^(?:\/\*?)?$/.test(rest.slice(authority.length));
  const [, name = authority, typed] = /^([^:]+):(\d[\d-]*|\*)$/.exec(authority) ?? [];
  const known = scheme === undefined ? undefined : SCHEMES[scheme.toLowerCase()];
  if (scheme !== undefined && known === undefined) return { ok: false, reason: 'no-host' };
  const read = typed === undefined ? undefined : readPorts(typed);
  if (read?.odd === true) return { ok: false, reason: 'port' };
  const port = read === undefined ? known?.port : read.ports[0];
  // A network's slash is no path.
  const isNetwork = /^(?:[\d.]+|\[?[0-9a-f]*:[0-9a-f:.]+\]?)\/[\d.]{1,15}$/i.test(rest);
  const host = readPattern(isNetwork ? rest : name, semantics);
  if (!host.ok) return host;
  return {
    ok: true,
    entry: {
      pattern: host.pattern,
      ...(port === undefined ? {} : { port }),
      ...(known === undefined ? {} : { protocol: known.protocol }),
      ...(hasPath && !isNetwork ? { path: true as const } : {}),
    },
  };
}
