import type { Protocol } from '../../allowlist/catalog/catalog';
import type { Entry, Have, Unread } from '../entries/entry';
import { readPattern, type Semantics } from '../entries/read-pattern';
import { isPort } from './ports';

/**
 * A list of hosts, one a line: plain, an external dynamic list (PAN-OS: closing slash, `^` for one label), or a file of
 * Squid's `dstdomain` (`.x` is `x` and all below it). URLs are taken apart: scheme, port, path.
 */
export function readHostList(text: string): Have {
  const entries: Entry[] = [];
  const unread: Unread[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    // A hash begins a comment; hosts hold none.
    const content = raw.replace(/#.*$/, '').trim();
    if (content === '') continue;
    const [host = '', second, ...more] = content.split(/[\s,;]+/).filter(part => part !== '');
    const port = second === undefined ? undefined : Number(second);
    if (more.length > 0 || (port !== undefined && !isPort(port))) {
      unread.push({
        line,
        text: content,
        reason: second !== undefined && /^\d+$/.test(second) ? 'port' : 'no-host',
      });
      continue;
    }
    const read = readHostText(host, { leadingDot: 'below-and-apex', caret: true, bareStar: true });
    if (read.ok)
      entries.push({ ...read.entry, ...(port === undefined ? {} : { port }), line, text: content });
    else unread.push({ line, text: content, reason: read.reason });
  }
  return { entries, unread };
}

export type HostText =
  | { readonly ok: true; readonly entry: Pick<Entry, 'pattern' | 'port' | 'protocol'> }
  | { readonly ok: false; readonly reason: Unread['reason'] };

const SCHEMES: Readonly<Record<string, { readonly protocol: Protocol; readonly port: number }>> = {
  https: { protocol: 'https', port: 443 },
  http: { protocol: 'http', port: 80 },
};

/** A host as people write it: perhaps with a scheme, a port and a path. */
export function readHostText(text: string, semantics: Semantics): HostText {
  const [, scheme, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/i.exec(text.trim()) ?? [];
  const [authority = ''] = rest.split(/[/?]/);
  const [, name = authority, typed] = /^([^:]+):(\d+)$/.exec(authority) ?? [];
  const known = scheme === undefined ? undefined : SCHEMES[scheme.toLowerCase()];
  if (scheme !== undefined && known === undefined) return { ok: false, reason: 'no-host' };
  const port = typed === undefined ? known?.port : Number(typed);
  if (port !== undefined && !isPort(port)) return { ok: false, reason: 'port' };
  // A network's slash is no path.
  const isNetwork = /^[\d.]+\/\d{1,2}$/.test(rest);
  const read = readPattern(isNetwork ? rest : name, semantics);
  if (!read.ok) return read;
  return {
    ok: true,
    entry: {
      pattern: read.pattern,
      ...(port === undefined ? {} : { port }),
      ...(known === undefined ? {} : { protocol: known.protocol }),
    },
  };
}
