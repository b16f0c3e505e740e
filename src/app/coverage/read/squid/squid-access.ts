import { nearIn } from '../../entries/by-name';
import { contains, overlaps } from '../../entries/contains';
import type { Entry, PortRange, Unread } from '../../entries/entry';
import { common, complement, EVERY_PORT, portOf } from '../../entries/port-ranges';
import type { Acl, Named } from './squid-acl';

type Way = 'tunnel' | 'http';
const WAYS: readonly Way[] = ['tunnel', 'http'];

/** One `http_access` line. */
export interface AccessLine {
  readonly line: number;
  readonly text: string;
  readonly action: string;
  readonly conditions: readonly string[];
}

/** A host, and those of its pattern that are not meant. */
interface Held extends Named {
  readonly but?: readonly Named[];
}

/** What a line is about, as far as its conditions are known. */
interface Region {
  /** Undefined: every host. */
  readonly hosts?: readonly Named[];
  /** Hosts that it is not about. */
  readonly but: readonly Named[];
  readonly ports: readonly PortRange[];
  readonly ways: readonly Way[];
  readonly ownPorts: boolean;
  readonly sources: readonly string[];
  /** False: it may deny less, because not all of its conditions are known. */
  readonly isExact: boolean;
}

/** A part of what a line allows, while the lines before it take from it. */
interface Part {
  readonly host: Held;
  readonly ports: readonly PortRange[];
  readonly way: Way;
}

/** What is allowed in the end. A line that cannot be judged allows nothing here, and is left. */
export function readAccess(
  lines: readonly AccessLine[],
  acls: ReadonlyMap<string, Acl>,
): { readonly entries: readonly Entry[]; readonly left: readonly Unread[] } {
  const entries: Entry[] = [];
  const left: Unread[] = [];
  const denied: Region[] = [];
  let isClosed = false;
  for (const { line, text, action, conditions } of lines) {
    const region = action === 'allow' ? regionOf(conditions, acls) : deniedBy(conditions, acls);
    if (action !== 'allow') {
      // What the list ends with says nothing of a host.
      if (conditions.join() === 'all') isClosed = true;
      else if (conditions.some(name => acls.get(name)?.isProxys === true)) continue;
      else if (region === undefined) left.push({ line, text, reason: 'may-deny' });
      else denied.push(region);
    } else if (isClosed) left.push({ line, text, reason: 'denies' });
    else if (region === undefined || conditions.length === 0) left.push({ line, text, reason: 'condition' });
    else {
      const whole = partsOf(region, { line, text });
      const parts = leftOf(whole, denied);
      const kept = new Set(parts.map(({ host }) => keyOf(host)));
      const lost = new Map(
        whole.filter(({ host }) => !kept.has(keyOf(host))).map(part => [keyOf(part.host), part.host]),
      );
      const sure =
        lost.size === 0
          ? []
          : leftOf(
              whole,
              denied.filter(({ isExact }) => isExact),
            );
      const perhaps = new Set(sure.map(({ host }) => keyOf(host)));
      for (const [key, host] of lost)
        left.push({ line: host.line, text: host.text, reason: perhaps.has(key) ? 'condition' : 'denies' });
      // One by one: there can be more than a call takes.
      for (const entry of entriesOf(parts, region)) entries.push(entry);
    }
  }
  return { entries, left };
}

/** What is left of parts when lines before them have denied. */
function leftOf(parts: readonly Part[], denied: readonly Region[]): readonly Part[] {
  return denied.reduce((rest, each) => rest.flatMap(part => without(part, each)), parts);
}

/**
 * At most what a line denies: a condition that is not known is taken to hold, and of several lists of hosts one counts.
 * Undefined where nothing else is said.
 */
function deniedBy(conditions: readonly string[], acls: ReadonlyMap<string, Acl>): Region | undefined {
  let hosts: readonly Named[] | undefined;
  const but: Named[] = [];
  let ports: readonly PortRange[] = [EVERY_PORT];
  let ways = WAYS;
  let isKnown = false;
  let isExact = true;
  for (const condition of conditions) {
    if (condition === 'all') continue;
    const isNot = condition.startsWith('!');
    const acl = acls.get(isNot ? condition.slice(1) : condition);
    if (acl === undefined || acl.kind === 'other' || acl.kind === 'sources') {
      isExact = false;
      continue;
    }
    isKnown = true;
    isExact &&= acl.isWhole;
    if (acl.kind === 'hosts' && isNot) but.push(...acl.hosts);
    else if (acl.kind === 'hosts' && hosts === undefined) hosts = acl.hosts;
    else if (acl.kind === 'ports' && (isNot || acl.isWhole))
      ports = common(ports, isNot ? complement(acl.ports) : acl.ports);
    else if (acl.kind === 'methods' && acl.methods.join() === 'CONNECT')
      ways = ways.filter(way => (way === 'tunnel') !== isNot);
    else isExact = false;
  }
  return isKnown
    ? { ...(hosts === undefined ? {} : { hosts }), but, ports, ways, ownPorts: false, sources: [], isExact }
    : undefined;
}

/** Undefined where a condition is not known, or what several say together. */
function regionOf(conditions: readonly string[], acls: ReadonlyMap<string, Acl>): Region | undefined {
  let hosts: readonly Named[] | undefined;
  const but: Named[] = [];
  let ports: readonly PortRange[] = [EVERY_PORT];
  let ways = WAYS;
  let ownPorts = false;
  const sources: string[] = [];
  for (const condition of conditions) {
    if (condition === 'all') continue;
    const isNot = condition.startsWith('!');
    const acl = acls.get(isNot ? condition.slice(1) : condition);
    if (acl === undefined || acl.kind === 'other') return undefined;
    if (acl.kind === 'sources') sources.push(`${condition} (${acl.values.join(' ')})`);
    else if (acl.kind === 'ports') {
      if (!acl.isWhole) return undefined;
      ports = common(ports, isNot ? complement(acl.ports) : acl.ports);
      ownPorts ||= !isNot;
    } else if (acl.kind === 'methods') {
      // Other methods than CONNECT apart: services use several.
      if (acl.methods.join() !== 'CONNECT') return undefined;
      ways = ways.filter(way => (way === 'tunnel') !== isNot);
    } else if (isNot) {
      if (!acl.isWhole) return undefined;
      but.push(...acl.hosts);
    } else if (hosts === undefined) hosts = acl.hosts;
    else return undefined;
  }
  return { ...(hosts === undefined ? {} : { hosts }), but, ports, ways, ownPorts, sources, isExact: true };
}

function partsOf(
  { hosts, but, ports, ways }: Region,
  place: { line: number; text: string },
): readonly Part[] {
  const named = hosts ?? [{ ...place, pattern: { kind: 'all' } as const }];
  return named.flatMap(host => butFor(host, but)).flatMap(host => ways.map(way => ({ host, ports, way })));
}

/** What is left of a part when a line before it has denied. */
function without(part: Part, { hosts, but, ports, ways }: Region): readonly Part[] {
  if (!ways.includes(part.way)) return [part];
  const inside = common(part.ports, ports);
  if (inside.length === 0) return [part];
  const outside = common(part.ports, complement(ports));
  const kept = outside.length === 0 ? [] : [{ ...part, ports: outside }];
  // Denied is what is among the hosts, and not among those that are left out.
  const free = hosts === undefined ? [] : butFor(part.host, hosts);
  const spared = nearIn(but)(part.host.pattern).flatMap(({ each }) => meet(part.host, each.pattern));
  return [...kept, ...[...free, ...spared].map(host => ({ ...part, host, ports: inside }))];
}

/** The host without others; nothing where they are all of it. */
function butFor(host: Held, others: readonly Named[]): readonly Held[] {
  let { pattern: kept } = host;
  const but: Named[] = [];
  for (const { each } of nearIn(others)(host.pattern)) {
    const { pattern } = each;
    if (contains(pattern, kept)) return [];
    if (!overlaps(kept, pattern)) continue;
    if (kept.kind === 'below' && pattern.kind === 'exact' && pattern.name === kept.name)
      kept = { ...kept, apex: false };
    else but.push(each);
  }
  return [
    { ...host, pattern: kept, but: but.length === 0 ? (host.but ?? []) : [...(host.but ?? []), ...but] },
  ];
}

function keyOf({ line, text }: Named): string {
  return `${line} ${text}`;
}

/** What both open, where one holds the other. */
function meet(host: Held, pattern: Held['pattern']): readonly Held[] {
  if (contains(pattern, host.pattern)) return [host];
  return contains(host.pattern, pattern) ? [{ ...host, pattern }] : [];
}

function entriesOf(parts: readonly Part[], { ownPorts, sources }: Region): readonly Entry[] {
  return parts.flatMap(({ host, ports, way }) =>
    ports.map(range => ({
      ...{ pattern: host.pattern, line: host.line, text: host.text },
      ...(host.but === undefined || host.but.length === 0 ? {} : { but: host.but }),
      ...{ port: portOf(range), protocol: way },
      ...(ownPorts ? {} : { sitePorts: true as const }),
      ...(sources.length === 0 ? {} : { sources: sources.join(' ') }),
    })),
  );
}
