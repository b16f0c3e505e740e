import type { Have, Unread } from '../../entries/entry';
import { type Acl, builtIn, readAcl } from './squid-acl';
import { type AccessLine, readAccess } from './squid-access';

/** What can still refuse a request that `http_access` has let through. */
const LATER = ['adapted_http_access', 'http_access2', 'http_reply_access', 'miss_access'];

/** Without comments. A line whose last sign is a backslash goes on in the next, a comment behind it too (Squid 5.7, tried). */
function wholeLines(source: string): readonly { readonly line: number; readonly text: string }[] {
  const lines: { line: number; text: string }[] = [];
  let isOpen = false;
  for (const [index, raw] of source.split(/\r?\n/).entries()) {
    // A line that is a comment as a whole is passed over, wherever it stands.
    if (/^\s*#/.test(raw)) continue;
    const last = lines.at(-1);
    const piece = raw.replace(/\\$/, '');
    if (isOpen && last !== undefined) last.text += piece;
    else lines.push({ line: index + 1, text: piece });
    isOpen = raw.endsWith('\\');
  }
  return lines.map(({ line, text }) => ({ line, text: text.replace(/(^|\s)#.*$/, '').trim() }));
}

/**
 * A Squid configuration: what the `http_access` lines make, in their order, of lists of hosts, ports and methods. Without
 * a line that allows, the lists themselves. Squid decides by the first line that fits (squid-cache/squid, src/cf.data.pre,
 * http_access).
 */
export function readSquid(source: string): Have {
  const unread: Unread[] = [];
  const acls = builtIn();
  const own = new Set<string>();
  const access: AccessLine[] = [];
  for (const { line, text } of wholeLines(source)) {
    const words = text.split(/\s+/);
    const place = { line, text };
    const [directive, first = '', ...rest] = words;
    if (directive === 'acl') {
      // A site's own list of that name stands in place of the one that Squid knows.
      if (!own.has(first)) acls.delete(first);
      own.add(first);
      readAcl(words, place, acls, unread);
    } else if (directive === 'http_access') access.push({ ...place, action: first, conditions: rest });
    else if (
      (LATER.includes(directive ?? '') && first === 'deny') ||
      (directive === 'ssl_bump' && first === 'terminate')
    )
      unread.push({ ...place, reason: 'may-deny' });
    else if (directive === 'include') unread.push({ ...place, reason: 'elsewhere' });
  }
  if (access.some(({ action }) => action === 'allow')) {
    const { entries, left } = readAccess(access, acls);
    return { entries, denials: [], unread: [...unread, ...left] };
  }
  const lists = [...acls.values()].filter(({ kind }: Acl) => kind === 'hosts');
  return {
    entries: lists.flatMap(({ hosts }) => hosts.map(host => ({ ...host, protocol: 'tcp' as const }))),
    denials: [],
    unread: [
      ...unread,
      ...access
        .filter(({ conditions }) => conditions.join() !== 'all')
        .map(({ line, text }) => ({ line, text, reason: 'may-deny' as const })),
    ],
  };
}
