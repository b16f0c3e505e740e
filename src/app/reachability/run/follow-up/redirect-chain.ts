import { doorName } from '../../../allowlist/catalog/door';
import { covers } from '../../../allowlist/catalog/host-pattern';
import { type Client, CLIENTS } from '../../plan/client-routes';
import { pathOf } from '../../plan/http-evidence';
import { type PlanEntry, type ProbePlan, targetsById } from '../../plan/probe-plan';
import type { NextHost } from '../../verdict/endpoint-facts';
import type { RunState } from '../run';
import type { ProbeResult } from '../../verdict/probe-result';
import { domainsOf, type HopRefusal, redirectOf, type RedirectRules } from '../../verdict/answers/redirect';

/** A redirect is followed so far from its endpoint. */
export const MAX_HOPS = 5;
/** So many hosts beside the run's endpoints are tried from a node. */
export const MAX_EXTRA_HOSTS = 20;

/**
 * What the list says of a host: has it `itself`, under a wildcard (`pattern`), `other-port`: itself or so, but not this port; or
 * not at all.
 */
export type Listing =
  | { readonly kind: 'itself' | 'other-port' | 'none' }
  | { readonly kind: 'pattern'; readonly pattern: string };

/** One place to which a chain of redirects leads. */
export interface Hop {
  /** Undefined where it could not be read. */
  readonly host?: string;
  readonly port?: number;
  readonly listed: Listing;
  /** What the node saw there; absent: it was not tried. */
  readonly result?: ProbeResult;
  /** Why it is not tried; the chain ends here. */
  readonly refused?: HopRefusal;
}

/** What a chain is made of, of one node. */
export interface Trail {
  readonly plan: ProbePlan;
  readonly rules: RedirectRules;
  /** A result of one of the run's endpoints; undefined: none yet. */
  readonly endpoint: (id: string) => ProbeResult | undefined;
  /** The same of a host beside them, by {@link hopId}. */
  readonly extra: (id: string) => ProbeResult | undefined;
  readonly extras: number;
}

/** A host can be asked by several clients' ways, so its own id is not enough. */
export function hopId(host: NextHost, client: Client | undefined): string {
  return `> ${doorName(host)}${client === undefined ? '' : ` ${client}`}`;
}

/** The client by whose way a host of this id was asked. */
export function clientOf(hop: string): Client | undefined {
  return CLIENTS.find(client => hop.endsWith(` ${client}`));
}

/** What else is asked of places, by a run's list and its nodes' full names. */
export function rulesOf(plan: ProbePlan, fqdns: readonly string[]): RedirectRules {
  const web = [...plan.targets, ...plan.untested].filter(
    ({ protocol }) => protocol === 'https' || protocol === 'http',
  );
  return { ports: new Set(web.map(({ port }) => port)), domains: domainsOf(fqdns) };
}

/** What a run has of one node's redirects. */
export function trailOf(run: RunState, node: string): Trail {
  const cells = run.cells.get(node);
  const hops = run.hops?.get(node);
  const fqdns = run.nodes.map(report => report.node.fqdn);
  return {
    plan: run.plan,
    rules: rulesOf(run.plan, fqdns),
    endpoint: id => cells?.get(id),
    extra: id => hops?.get(id),
    extras: hops?.size ?? 0,
  };
}

/** Where the redirect of each result of a run leads; {@link chainOf}. */
export function chainsOf(run: RunState): (result: ProbeResult) => readonly Hop[] {
  const trails = new Map<string, Trail>();
  const entries = targetsById(run.plan);
  return result => {
    const { node, http } = result;
    const entry = entries.get(doorName(result));
    if (entry === undefined || (http?.location ?? '') === '') return [];
    const trail = trails.get(node) ?? trailOf(run, node);
    trails.set(node, trail);
    return chainOf(trail, entry);
  };
}

/** Where the redirects of an endpoint lead, hop by hop, as far as it was followed; empty: nowhere else. */
export function chainOf(trail: Trail, entry: PlanEntry): readonly Hop[] {
  return walk(trail, entry).hops;
}

/** The hosts beside the run's endpoints of which an endpoint's chain speaks, by {@link hopId}. */
export function extrasOf(trail: Trail, entry: PlanEntry): readonly string[] {
  return walk(trail, entry).extras;
}

/** The next place of an endpoint's chain that is to be tried; undefined: none. */
export function nextToTry(trail: Trail, entry: PlanEntry): PlanEntry | undefined {
  return walk(trail, entry).open;
}

interface Walk {
  readonly hops: readonly Hop[];
  readonly extras: readonly string[];
  readonly open?: PlanEntry;
}

function walk(trail: Trail, entry: PlanEntry): Walk {
  const hops: Hop[] = [];
  const extras: string[] = [];
  const end = (last?: Hop): Walk => ({ hops: last ? [...hops, last] : hops, extras });
  let from = trail.endpoint(entry.id);
  const been = new Set([doorOf(entry)]);
  while (from !== undefined) {
    const redirect = redirectOf(from, trail.rules);
    if (redirect === undefined) break;
    const place = redirect.kind === 'leads' ? redirect.to : redirect;
    const { host, port } = place;
    const where = {
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
      listed: host === undefined || port === undefined ? NOT_LISTED : listingOf(trail.plan, host, port),
    };
    if (redirect.kind === 'refused') return end({ ...where, refused: redirect.reason });
    const { to } = redirect;
    if (been.has(doorOf(to))) return end({ ...where, refused: 'loop' });
    if (hops.length === MAX_HOPS) return end({ ...where, refused: 'too-many' });
    been.add(doorOf(to));
    const own = ownEntry(trail.plan, to);
    const id = hopId(to, entry.connects);
    const result = own === undefined ? trail.extra(id) : trail.endpoint(own.id);
    if (result === undefined && own === undefined) {
      if (trail.extras >= MAX_EXTRA_HOSTS) return end({ ...where, refused: 'limit' });
      return { ...end(where), open: extraEntry(id, to, entry) };
    }
    if (own === undefined) extras.push(id);
    hops.push({ ...where, ...(result !== undefined && { result }) });
    from = result;
  }
  return end();
}

const NOT_LISTED: Listing = { kind: 'none' };

function doorOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${host.toLowerCase()}:${port}`;
}

/** The run's endpoint at a place. */
function ownEntry({ targets }: ProbePlan, to: NextHost): PlanEntry | undefined {
  return targets.find(
    ({ host, port, protocol }) =>
      host.toLowerCase() === to.host && port === to.port && protocol === to.protocol,
  );
}

function extraEntry(
  id: string,
  { host, port, protocol, path }: NextHost & { readonly path?: string },
  { connects }: PlanEntry,
): PlanEntry {
  return {
    ...{ id, host, port, protocol, rules: [], standsFor: [] },
    ...(path === undefined ? pathOf(host, protocol) : { path }),
    ...(connects !== undefined && { connects }),
  };
}

const listings = new WeakMap<ProbePlan, Map<string, Listing>>();

/** What the checked list says of a place; looked up once a plan, since thousands of redirects lead to a few places. */
export function listingOf(plan: ProbePlan, host: string, port: number): Listing {
  const known = listings.get(plan) ?? new Map<string, Listing>();
  listings.set(plan, known);
  const place = `${host}:${port}`;
  const listing = known.get(place) ?? lookUp(plan, host, port);
  known.set(place, listing);
  return listing;
}

function lookUp({ targets, untested }: ProbePlan, host: string, port: number): Listing {
  let best = NOT_LISTED;
  for (const entry of [...targets, ...untested]) {
    for (const pattern of [entry.host, ...entry.standsFor]) {
      if (!covers(pattern.toLowerCase(), host)) continue;
      if (entry.port !== port) {
        if (best.kind === 'none') best = { kind: 'other-port' };
      } else if (!pattern.includes('*')) return { kind: 'itself' };
      else best = { kind: 'pattern', pattern };
    }
  }
  return best;
}
