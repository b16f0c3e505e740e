import { doorName } from '../../allowlist/catalog/door';
import { type Connects, notNode, type Protocol, type Rule } from '../../allowlist/catalog/catalog';
import { type Client, CLIENTS } from './client-routes';
import { pathOf, servesRevocation } from './http-evidence';
import { isWildcard } from '../../allowlist/catalog/host-pattern';

/** What the plan needs of an allowlist row. */
export interface PlanRow {
  /** Placeholders are filled in; still a wildcard when nobody knows more. */
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly connects?: Connects;
  /** `open`: the administrator could give the name, and did not. */
  readonly placeholderState?: 'none' | 'open' | 'filled';
  readonly rule: Pick<Rule, 'id' | 'representatives' | 'authority'>;
}

/** A host and port of the list: a line of the matrix. */
export interface PlanEntry {
  /** `host:port/protocol`; unique in a plan. */
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** What to ask for over plain HTTP, where the host's real client asks for more than `/`. */
  readonly path?: string;
  /** Where to connect, in place of what the name resolves to; absent: as the name says. */
  readonly address?: string;
  /** Ids of the rules that it stands for. */
  readonly rules: readonly string[];
  /** Wildcards for which this host is a known example. Reaching it does not prove them open. */
  readonly standsFor: readonly string[];
  /** Who on the node connects, where all rules agree that it is not WinINet; absent: WinINet, or several. */
  readonly connects?: Client;
  /** The organization's own authority signs for it: no public one is expected. */
  readonly authority?: 'organization';
}

/** Why nothing is sent to an endpoint; each is a cause with its sentences. */
export const UNTESTED_REASONS = [
  'wildcard-without-known-host',
  'wildcard-without-name',
  'needed-by-browser',
  'needed-by-guest',
  'needed-by-appliance',
  'needed-by-gateway',
  'udp-not-probed',
] as const;
export type UntestedReason = (typeof UNTESTED_REASONS)[number];

export interface UntestedEntry extends PlanEntry {
  readonly reason: UntestedReason;
}

export interface ProbePlan {
  /** Concrete hosts, which are measured. */
  readonly targets: readonly PlanEntry[];
  /** What a node cannot try or need not reach: listed, and says that it was not tested and why. */
  readonly untested: readonly UntestedEntry[];
}

/**
 * Each concrete host, port and protocol once, in the order of the list; wildcards through their representatives.
 * What one feature needs from elsewhere and another from the nodes is tested.
 */
export function makePlan(rows: readonly PlanRow[]): ProbePlan {
  const targets = new Map<string, PlanEntry>();
  const untested = new Map<string, UntestedEntry>();
  const tested = new Set<string>();
  for (const row of rows) {
    if (reasonFor(row) !== undefined) continue;
    tested.add(doorName(row));
    const hosts = isWildcard(row.host) ? representativesOf(row) : [row.host];
    for (const host of hosts) add(targets, entry(row, host, host === row.host ? [] : [row.host]));
  }
  for (const row of rows) {
    const reason = reasonFor(row);
    if (reason !== undefined && !tested.has(doorName(row)))
      add(untested, { ...entry(row, row.host, []), reason });
  }
  return { targets: [...targets.values()], untested: [...untested.values()] };
}

const indexes = new WeakMap<ProbePlan, ReadonlyMap<string, PlanEntry>>();

/** Made once a plan: every one of 32,000 reports looks its endpoint up. */
export function targetsById(plan: ProbePlan): ReadonlyMap<string, PlanEntry> {
  const known = indexes.get(plan);
  if (known !== undefined) return known;
  const index = new Map(plan.targets.map(target => [target.id, target]));
  indexes.set(plan, index);
  return index;
}

/** The one question over UDP that Windows itself can ask from a node. */
const NTP = 123;

function reasonFor(row: PlanRow): UntestedReason | undefined {
  const other = notNode(row.connects);
  if (other !== undefined) return `needed-by-${other}`;
  if (row.protocol === 'udp' && row.port !== NTP) return 'udp-not-probed';
  if (!isWildcard(row.host) || representativesOf(row).length > 0) return undefined;
  return row.placeholderState === 'open' ? 'wildcard-without-name' : 'wildcard-without-known-host';
}

function representativesOf({ rule }: PlanRow): readonly string[] {
  return (rule.representatives ?? []).map(({ host }) => host);
}

function entry(row: PlanRow, host: string, standsFor: readonly string[]): PlanEntry {
  const { port, protocol, rule } = row;
  // Windows fetches these by WinHTTP, whichever feature names them (CryptoAPI: CryptRetrieveObjectByUrl).
  const client = servesRevocation(host, protocol) ? 'winhttp' : CLIENTS.find(each => each === row.connects);
  const authority = rule.authority === undefined ? {} : { authority: rule.authority };
  return {
    id: doorName({ ...row, host }),
    ...{ host, port, protocol },
    ...pathOf(host, protocol),
    ...(client !== undefined && { connects: client }),
    ...{ rules: [rule.id], standsFor },
    ...authority,
  };
}

/** The first to want an endpoint gives the reason. */
function add<E extends PlanEntry>(entries: Map<string, E>, next: E): void {
  const known = entries.get(next.id);
  const { connects, ...first } = known ?? next;
  entries.set(next.id, {
    ...(first as E),
    ...(connects !== undefined && connects === next.connects && { connects }),
    rules: union(known?.rules ?? [], next.rules),
    standsFor: union(known?.standsFor ?? [], next.standsFor),
  });
}

function union(first: readonly string[], second: readonly string[]): readonly string[] {
  return [...new Set([...first, ...second])];
}
