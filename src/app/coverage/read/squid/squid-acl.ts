import type { HostPattern, PortRange, Unread } from '../../entries/entry';
import { rangeOf } from '../../entries/port-ranges';
import { readPattern } from '../../entries/read-pattern';
import { readPorts } from '../ports';

export interface Named {
  readonly pattern: HostPattern;
  readonly line: number;
  readonly text: string;
}

/**
 * A named list of conditions. `hosts`, `ports`, `methods`: what they say is known. `sources`: from where. `other`: what
 * this tool cannot judge.
 */
export interface Acl {
  kind: 'hosts' | 'ports' | 'methods' | 'sources' | 'other';
  readonly hosts: Named[];
  ports: readonly PortRange[];
  methods: readonly string[];
  /** Its values, for people. */
  readonly values: string[];
  /** Whether all of its values could be read. */
  isWhole: boolean;
  /** It is of the proxy's own computer or its manager: never of what a node asks for. */
  readonly isProxys?: true;
}

const KINDS: Readonly<Record<string, Acl['kind']>> = {
  ...{ dstdomain: 'hosts', 'ssl::server_name': 'hosts', dstdom_regex: 'hosts' },
  ...{ port: 'ports', method: 'methods', src: 'sources', myportname: 'sources', localport: 'sources' },
};

/** Those that Squid knows without being told. `localhost` is the proxy's own computer: no node. */
export function builtIn(): Map<string, Acl> {
  const other = (): Acl => ({ ...newAcl('other'), isProxys: true });
  return new Map([
    ['CONNECT', { ...newAcl('methods'), methods: ['CONNECT'] }],
    ...['localhost', 'manager', 'to_localhost', 'to_linklocal'].map(name => [name, other()] as const),
  ]);
}

function newAcl(kind: Acl['kind']): Acl {
  return { kind, hosts: [], ports: [], methods: [], values: [], isWhole: true };
}

/** Reads one `acl` line; lines of one name add up. */
export function readAcl(
  [, name = '', type = '', ...rest]: readonly string[],
  { line, text }: { readonly line: number; readonly text: string },
  acls: Map<string, Acl>,
  unread: Unread[],
): void {
  const kind = KINDS[type] ?? 'other';
  const acl = acls.get(name) ?? newAcl(kind);
  acls.set(name, acl);
  const options = rest.filter(value => /^-[-a-z]*$/i.test(value));
  const values = rest.filter(value => !options.includes(value));
  acl.values.push(...values);
  if (kind !== acl.kind) acl.kind = 'other';
  else if (kind === 'ports') {
    const { ports, udp, odd } = readPorts(values.join(' '));
    acl.ports = [...acl.ports, ...ports.map(rangeOf)];
    if (odd || udp.length > 0) leave('port');
  } else if (kind === 'methods') acl.methods = [...acl.methods, ...values.map(value => value.toUpperCase())];
  else if (kind === 'hosts') for (const value of values) readHost(value);

  function readHost(value: string): void {
    if (value.startsWith('"')) return leave('elsewhere');
    const isExpression = type === 'dstdom_regex';
    const pattern = isExpression ? partOf(value, options) : hostOf(value);
    if (pattern === undefined) return leave(isExpression ? 'expression' : 'no-host');
    acl.hosts.push({ pattern, line, text: value });
  }

  function leave(reason: Unread['reason']): void {
    acl.isWhole = false;
    unread.push({ line, text, reason });
  }
}

function hostOf(value: string): HostPattern | undefined {
  // A star is an ordinary sign to dstdomain, and matches nothing.
  if (value.includes('*')) return undefined;
  const read = readPattern(value, { leadingDot: 'below-and-apex' });
  return read.ok ? read.pattern : undefined;
}

/** The one expression that this tool writes itself: a label that begins with a text, before a name. */
function partOf(value: string, options: readonly string[]): HostPattern | undefined {
  const [, start, name] =
    /^\^([a-z0-9-]+)\[a-z0-9_-\]\*\\\.((?:[a-z0-9_-]+\\\.)+[a-z0-9-]+)\$$/.exec(value) ?? [];
  return start === undefined || name === undefined || !options.includes('-i')
    ? undefined
    : { kind: 'part', start, name: name.replaceAll('\\.', '.') };
}
