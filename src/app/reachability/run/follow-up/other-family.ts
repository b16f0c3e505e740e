import { catchError, concatMap, debounceTime, EMPTY, merge, type Observable, tap } from 'rxjs';
import { familyOf } from '../../plan/family';
import type { PlanEntry } from '../../plan/probe-plan';
import type { NameReport } from '../../probe/name-report';
import { parseObservation } from '../../probe/parse-observation';

/** What a node wrote of an endpoint at an address of the family by which it had not connected. */
export class FamilyReport {
  constructor(
    /** With the address. */
    readonly entry: PlanEntry,
    readonly report: unknown,
  ) {}
}

/** What answered directly at an address of one family, by host, and what names have of the other. */
class OtherFamilies {
  readonly #targets: ReadonlyMap<string, PlanEntry>;
  readonly #connected = new Map<string, { readonly entry: PlanEntry; readonly address: string }[]>();
  readonly #found = new Map<string, readonly string[]>();
  readonly #tried = new Map<string, PlanEntry>();

  constructor(targets: readonly PlanEntry[]) {
    this.#targets = new Map(targets.map(target => [target.id, target]));
  }

  takeReport(value: unknown): void {
    const observation = parseObservation(value);
    const entry = observation && this.#targets.get(observation.id);
    const connect = observation?.phases.find(({ phase }) => phase === 'connect');
    if (entry === undefined || observation?.route !== 'direct' || connect?.outcome !== 'ok') return;
    const host = entry.host.toLowerCase();
    const address = connect.detail.split(';')[0] ?? '';
    // Without it, neither family is the other.
    if (address === '') return;
    this.#connected.set(host, [...(this.#connected.get(host) ?? []), { entry, address }]);
  }

  takeNames({ names }: NameReport): void {
    for (const { host, addresses } of names) this.#found.set(host, addresses);
  }

  /** Endpoints with the address that is to be tried; each is given out once. */
  open(): readonly PlanEntry[] {
    const open = [...this.#found].flatMap(([host, addresses]) =>
      (this.#connected.get(host) ?? []).flatMap(({ entry, address }) => {
        const other = addresses.find(each => familyOf(each) !== familyOf(address));
        return other === undefined || this.#tried.has(entry.id) ? [] : [{ ...entry, address: other }];
      }),
    );
    for (const entry of open) this.#tried.set(entry.id, entry);
    return open;
  }

  tried(report: unknown): PlanEntry | undefined {
    const id = typeof report === 'object' && report !== null && 'id' in report ? report.id : undefined;
    return typeof id === 'string' ? this.#tried.get(id) : undefined;
  }
}

/** After so long without an answer the most have come. */
const QUIET_MS = 500;

/**
 * Tries what answered at an address of one family at one of the other, where the name has both: a probe that takes what comes
 * first says nothing of the second. What goes wrong here takes nothing from the check.
 *
 * @param measured what the node writes of the endpoints
 * @param measure measures endpoints at the addresses that they have, and emits what the node writes of them
 */
export function tryOtherFamilies(
  measured: Observable<unknown>,
  names: Observable<NameReport>,
  targets: readonly PlanEntry[],
  measure: (entries: readonly PlanEntry[]) => Observable<unknown>,
): Observable<FamilyReport> {
  const families = new OtherFamilies(targets);
  const round = (): Observable<FamilyReport> => {
    const entries = families.open();
    if (entries.length === 0) return EMPTY;
    return measure(entries).pipe(
      concatMap(report => {
        const entry = families.tried(report);
        return entry === undefined ? EMPTY : [new FamilyReport(entry, report)];
      }),
    );
  };
  return merge(
    measured.pipe(tap(value => families.takeReport(value))),
    names.pipe(tap(report => families.takeNames(report))),
  ).pipe(
    debounceTime(QUIET_MS),
    concatMap(round),
    catchError(() => EMPTY),
  );
}
