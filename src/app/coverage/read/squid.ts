import type { Have, Unread } from '../entries/entry';
import { type Acl, builtIn, readAcl } from './squid-acl';
import { readAccess } from './squid-access';

/** One `http_access` line. */
export interface AccessLine {
  readonly line: number;
  readonly text: string;
  readonly action: string;
  readonly conditions: readonly string[];
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
  for (const [index, raw] of source.split(/\r?\n/).entries()) {
    const text = raw.replace(/(^|\s)#.*$/, '').trim();
    const words = text.split(/\s+/);
    const place = { line: index + 1, text };
    const [directive, first = '', ...rest] = words;
    if (directive === 'acl') {
      // A site's own list of that name stands in place of the one that Squid knows.
      if (!own.has(first)) acls.delete(first);
      own.add(first);
      readAcl(words, place, acls, unread);
    } else if (directive === 'http_access') access.push({ ...place, action: first, conditions: rest });
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
        .map(({ line, text }) => ({ line, text, reason: 'denies' as const })),
    ],
  };
}
