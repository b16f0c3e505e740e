import { catchError, concat, concatMap, debounceTime, defer, EMPTY, type Observable, tap } from 'rxjs';
import { observationOf, parseObservation } from '../../probe/parse-observation';
import { type PlanEntry, type ProbePlan, targetsById } from '../../plan/probe-plan';
import { endpointFacts } from '../../verdict/endpoint-facts';
import { KNOWN_AUTHORITIES, type KnownAuthorities } from '../../verdict/certificates/known-authorities';
import type { ProbeResult } from '../../verdict/probe-result';
import type { RedirectRules } from '../../verdict/answers/redirect';
import { toResult } from '../../verdict/result';
import { listingOf, MAX_EXTRA_HOSTS, nextToTry, type Trail, trailOf } from './redirect-chain';
import type { RunState } from '../run';

/** What a node wrote of a host to which a redirect led. */
export class HopReport {
  constructor(
    readonly entry: PlanEntry,
    readonly report: unknown,
  ) {}
}

/** What a report says of a host beside the endpoints; undefined: it is not about it, or not of the right shape. */
export function hopResult(
  plan: ProbePlan,
  node: string,
  entry: PlanEntry,
  report: unknown,
  authorities: KnownAuthorities,
): ProbeResult | undefined {
  const observation = observationOf(entry, report);
  if (observation === undefined) return undefined;
  const { kind } = listingOf(plan, entry.host, entry.port);
  // Of a host that no list has, no authority and no mark is known.
  const facts = { ...endpointFacts(plan, entry), own: kind === 'none' };
  return toResult(node, entry, observation, authorities, facts);
}

/** Where the redirects lead that one node gets while it is measured, and which of these hosts it has tried. */
export class RedirectTrail implements Trail {
  readonly plan: ProbePlan;
  readonly rules: RedirectRules;
  readonly #before: Trail;
  readonly #results = new Map<string, ProbeResult>();
  readonly #tried = new Map<string, PlanEntry>();

  /** @param run as it is before the node is measured: what it keeps may lead on, too */
  constructor(
    run: RunState,
    private readonly node: string,
    private readonly authorities: KnownAuthorities = KNOWN_AUTHORITIES,
  ) {
    this.#before = trailOf(run, node);
    this.plan = this.#before.plan;
    this.rules = this.#before.rules;
  }

  get extras(): number {
    return this.#tried.size;
  }

  endpoint(id: string): ProbeResult | undefined {
    return this.#results.get(id) ?? this.#before.endpoint(id);
  }

  extra(id: string): ProbeResult | undefined {
    return this.#results.get(id) ?? (this.#tried.has(id) ? undefined : this.#before.extra(id));
  }

  /** Something that the node wrote of an endpoint. */
  take(value: unknown): void {
    if (!leadsOn(value)) return;
    const observation = parseObservation(value);
    const entry = observation && targetsById(this.plan).get(observation.id);
    if (observation === undefined || entry === undefined) return;
    const facts = endpointFacts(this.plan, entry);
    this.#results.set(entry.id, toResult(this.node, entry, observation, this.authorities, facts));
  }

  takeHop({ entry, report }: HopReport): void {
    const result = hopResult(this.plan, this.node, entry, report, this.authorities);
    if (result !== undefined) this.#results.set(entry.id, result);
  }

  /** Hosts that are to be tried next; each is given out once. */
  open(): readonly PlanEntry[] {
    const open: PlanEntry[] = [];
    for (const target of this.plan.targets) {
      const next = nextToTry(this, target);
      if (next === undefined || this.#tried.has(next.id) || this.#tried.size >= MAX_EXTRA_HOSTS) continue;
      this.#tried.set(next.id, next);
      open.push(next);
    }
    return open;
  }

  /** The host of this id, of those that were given out. */
  entry(id: unknown): PlanEntry | undefined {
    return typeof id === 'string' ? this.#tried.get(id) : undefined;
  }
}

/** Most answers do not, and need no second reading. */
function leadsOn(value: unknown): boolean {
  const http = typeof value === 'object' && value !== null && 'http' in value ? value.http : null;
  return typeof http === 'object' && http !== null && 'location' in http && http.location !== '';
}

/** After so long without an answer the most have come. */
const QUIET_MS = 500;

/**
 * Tries hosts to which redirects lead, while what is silent has its time; one hop after the other. What goes wrong here takes
 * nothing from the check: then the hosts stay untried, and that is said.
 *
 * @param measured what the node writes of the endpoints
 * @param measure measures others, and emits what the node writes of them
 */
export function followRedirects(
  measured: Observable<unknown>,
  trail: RedirectTrail,
  measure: (entries: readonly PlanEntry[]) => Observable<unknown>,
): Observable<HopReport> {
  const round = (): Observable<HopReport> => {
    const entries = trail.open();
    if (entries.length === 0) return EMPTY;
    const reports = measure(entries).pipe(
      concatMap(report => {
        const id = typeof report === 'object' && report !== null && 'id' in report ? report.id : undefined;
        const entry = trail.entry(id);
        return entry === undefined ? EMPTY : [new HopReport(entry, report)];
      }),
      tap(hop => trail.takeHop(hop)),
    );
    return concat(reports, defer(round));
  };
  return measured.pipe(
    tap(value => trail.take(value)),
    debounceTime(QUIET_MS),
    concatMap(() => round()),
    catchError(() => EMPTY),
  );
}
