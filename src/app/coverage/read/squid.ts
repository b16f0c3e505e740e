import type { Protocol } from '../../allowlist/catalog/catalog';
import type { Entry, HostPattern, PortRange, Unread, Have } from '../entries/entry';
import { readPattern } from '../entries/read-pattern';
import { readPorts } from './ports';

interface Named {
  readonly pattern: HostPattern;
  readonly line: number;
  readonly text: string;
}

interface Acl {
  readonly hosts: Named[];
  readonly ports: (number | PortRange)[];
  methods: string[];
  /** Holds a list of hosts, also when none could be read. */
  isHosts: boolean;
}

/**
 * A Squid configuration: `dstdomain` lists, and what `http_access allow` makes of them with ports, CONNECT and lists that
 * are left out. Without such a line, the lists themselves.
 */
export function readSquid(source: string): Have {
  const unread: Unread[] = [];
  const acls = new Map<string, Acl>();
  const access: { readonly line: number; readonly words: readonly string[]; readonly text: string }[] = [];
  for (const [index, raw] of source.split(/\r?\n/).entries()) {
    const line = index + 1;
    const text = raw.replace(/(^|\s)#.*$/, '').trim();
    const words = text.split(/\s+/);
    if (words[0] === 'acl') readAcl(words, line, text, acls, unread);
    else if (words[0] === 'http_access') access.push({ line, words: words.slice(1), text });
  }
  const entries = access.some(({ words }) => words[0] === 'allow')
    ? access.flatMap(each => readAccess(each, acls, unread))
    : [...acls.values()].flatMap(({ hosts }) => hosts);
  return { entries, unread };
}

function readAcl(
  [, name = '', type = '', ...rest]: readonly string[],
  line: number,
  text: string,
  acls: Map<string, Acl>,
  unread: Unread[],
): void {
  const acl = acls.get(name) ?? { hosts: [], ports: [], methods: [], isHosts: false };
  acls.set(name, acl);
  const values = rest.filter(value => !/^-[-a-z]*$/i.test(value));
  if (type === 'port') {
    const ports = readPorts(values.join(' '));
    if (ports !== 'every') acl.ports.push(...ports);
  } else if (type === 'method') acl.methods = [...acl.methods, ...values.map(value => value.toUpperCase())];
  else if (type === 'dstdomain' || type === 'ssl::server_name' || type === 'dstdom_regex') {
    acl.isHosts = true;
    for (const value of values) {
      if (value.startsWith('"')) {
        unread.push({ line, text, reason: 'elsewhere' });
        continue;
      }
      const pattern = type === 'dstdom_regex' ? partOf(value) : hostOf(value);
      if (pattern === undefined)
        unread.push({ line, text, reason: type === 'dstdom_regex' ? 'expression' : 'no-host' });
      else acl.hosts.push({ pattern, line, text: value });
    }
  }
}

function hostOf(value: string): HostPattern | undefined {
  const read = readPattern(value, { leadingDot: 'below-and-apex' });
  // A star is an ordinary sign to dstdomain, and matches nothing.
  return read.ok && !value.includes('*') ? read.pattern : undefined;
}

/** The one expression that this tool writes itself: a label that begins with a text, before a name. */
function partOf(value: string): HostPattern | undefined {
  const [, start, name] =
    /^\^([a-z0-9-]+)\[a-z0-9_-\]\*\\\.((?:[a-z0-9_-]+\\\.)+[a-z0-9-]+)\$$/i.exec(value) ?? [];
  return start === undefined || name === undefined
    ? undefined
    : { kind: 'part', start: start.toLowerCase(), name: name.replaceAll('\\.', '.').toLowerCase() };
}

function readAccess(
  {
    line,
    words: [action, ...conditions],
    text,
  }: { readonly line: number; readonly words: readonly string[]; readonly text: string },
  acls: ReadonlyMap<string, Acl>,
  unread: Unread[],
): readonly Entry[] {
  if (action !== 'allow') {
    // What the list ends with says nothing of a host.
    if (conditions.join() !== 'all') unread.push({ line, text, reason: 'denies' });
    return [];
  }
  const used = conditions.map(condition => {
    const isNot = condition.startsWith('!');
    return { isNot, acl: acls.get(isNot ? condition.slice(1) : condition) };
  });
  const hosts = used.find(({ isNot, acl }) => !isNot && acl?.isHosts === true)?.acl?.hosts ?? [];
  const left = used.flatMap(({ isNot, acl }) => (isNot ? (acl?.hosts ?? []) : []));
  const ports = used.flatMap(({ isNot, acl }) => (isNot ? [] : (acl?.ports ?? [])));
  const protocol = protocolOf(used);
  return hosts.flatMap(host => {
    const pattern = without(host.pattern, left);
    if (pattern === undefined) {
      unread.push({ line: host.line, text: host.text, reason: 'denies' });
      return [];
    }
    const door = protocol === undefined ? {} : { protocol };
    return ports.length === 0
      ? [{ ...host, pattern, ...door }]
      : ports.map(port => ({ ...host, pattern, port, ...door }));
  });
}

/** With CONNECT everything that is carried in a tunnel, which is all but plain HTTP; without it plain HTTP. */
function protocolOf(
  used: readonly { readonly isNot: boolean; readonly acl: Acl | undefined }[],
): Protocol | undefined {
  const connect = used.find(({ acl }) => acl?.methods.includes('CONNECT') === true);
  return connect === undefined ? undefined : connect.isNot ? 'http' : 'tcp';
}

/** What is left of a pattern when names are taken out; undefined when that cannot be said as a pattern. */
function without(pattern: HostPattern, left: readonly Named[]): HostPattern | undefined {
  let kept: HostPattern = pattern;
  for (const { pattern: out } of left) {
    if (out.kind !== 'exact') return undefined;
    if (kept.kind === 'below' && out.name === kept.name) kept = { ...kept, apex: false };
    else if (
      kept.kind === 'exact'
        ? kept.name === out.name
        : out.name.endsWith(`.${'name' in kept ? kept.name : ''}`)
    )
      return undefined;
  }
  return kept;
}
