import { inject, Injectable, PendingTasks, signal } from '@angular/core';
import { HOST } from '../../wac/host';
import { CLOCK, KEEP_SAFE, LASTING_KEEP_SAFE } from '../../wac/platform';
import type { JudgedRun } from '../record/judged-run';
import { pack, packing } from '../record/packing';
import { Shelf, type ShelfEntry } from '../record/shelf';
import type { RunState } from '../run/run';
import { interruptRun } from '../run/run-steps';
import { inSteps } from './in-steps';

/** What a run has measured is kept so often: more would be lost with the page. */
const KEEP_MS = 2000;
/** A run that was not written for so long does not go on in another window. */
const STILL_RUNNING_MS = 15_000;
/** Runs with more results are packed and read a node at a time, so that the page can answer meanwhile. */
const MANY_RESULTS = 2000;

/** `not-kept`, `a-part`: there was no room for it, or for what it measured since it was last kept. */
export type Loss = 'damaged' | 'not-kept' | 'a-part';

/** Puts runs on the shelf of their cluster while they go on and when they are over, and takes them back. */
@Injectable({ providedIn: 'root' })
export class RunKeeper {
  private readonly clock = inject(CLOCK);
  private readonly tab = inject(KEEP_SAFE);
  private readonly connection = inject(HOST).connection;
  private readonly shelf = new Shelf(inject(LASTING_KEEP_SAFE), this.connection.name);
  private readonly key = `reachability:${this.connection.name}`;
  /** Under it, when the tab's last run was begun, if there was no room for all of it. */
  private readonly unkeptKey = `reachability-unkept:${this.connection.name}`;
  private readonly listed = signal(this.shelf.list());
  private readonly tooLarge = signal(false);
  private readonly lossFound = signal<Loss | undefined>(undefined);
  private readonly pending = inject(PendingTasks);
  private kept: RunState | undefined;
  /** Ends packing that is under way; undefined when none is. */
  private stop: (() => void) | undefined;
  private keptAt = 0;
  private keepMs = KEEP_MS;

  /** Newest first. */
  readonly runs = this.listed.asReadonly();
  /** What is missing of the run that {@link readLast} wanted, or of the shown one. */
  readonly loss = this.lossFound.asReadonly();
  /** Whether there was no room for the run that was kept last. */
  readonly isTooLarge = this.tooLarge.asReadonly();

  /**
   * A run of another hand that takes the place of no other: where one that was begun at the same time has measured something else, a
   * millisecond later.
   */
  beside(run: RunState): RunState {
    this.finish();
    for (let at = Date.parse(run.startedAt); ; at += 1) {
      const own = { ...run, startedAt: new Date(at).toISOString() };
      const kept = this.shelf.take(own.startedAt);
      // What cannot be read any more is no loss.
      if (kept === undefined || pack(asOver(kept)) === pack(own)) return own;
    }
  }

  /** At once, or soon where packing takes long. */
  keep(run: RunState): void {
    // What another run has measured must not go with its packing.
    if (this.kept?.startedAt !== run.startedAt) this.finish();
    this.stop?.();
    this.kept = run;
    this.remember(run);
    const results = [...run.cells.values()].reduce((sum, cells) => sum + cells.size, 0);
    if (results <= MANY_RESULTS) this.put(run, undefined, 0);
    else this.keepInSteps(run);
  }

  /** What {@link keep} has begun is over now. */
  finish(): void {
    const { kept, stop } = this;
    if (stop === undefined || kept === undefined) return;
    stop();
    this.put(kept, undefined, 0);
  }

  private keepInSteps(run: RunState): void {
    const work = packing(run);
    let spent = 0;
    const timed = (): IteratorResult<undefined, string> => {
      const began = this.clock.now().getTime();
      const step = work.next();
      spent += this.clock.now().getTime() - began;
      return step;
    };
    const stop = inSteps({ next: timed }, this.pending, packed => {
      this.stop = undefined;
      this.put(run, packed, spent);
    });
    this.stop = () => {
      this.stop = undefined;
      stop();
    };
  }

  /** @param spent milliseconds that packing took already */
  private put(run: RunState, packed: string | undefined, spent: number): void {
    const began = this.clock.now();
    const isKept = this.shelf.put(run, began, packed);
    this.tooLarge.set(!isKept);
    this.tab.write(this.unkeptKey, isKept ? undefined : run.startedAt);
    this.listed.set(this.shelf.list());
    this.keptAt = this.clock.now().getTime();
    // A large run is written less often, so that writing takes a small part of the time only.
    this.keepMs = Math.max(KEEP_MS, 20 * (spent + this.keptAt - began.getTime()));
  }

  /** The same, when it is time and something was measured since. */
  keepSometimes(run: RunState): void {
    if (
      this.stop === undefined &&
      run !== this.kept &&
      this.clock.now().getTime() - this.keptAt >= this.keepMs
    )
      this.keep(run);
  }

  /** The tab shows this run again after a reload. */
  remember(run: RunState): void {
    this.tab.write(this.key, run.startedAt);
    this.lossFound.set(this.isUnkept(run.startedAt) ? 'a-part' : undefined);
  }

  private isUnkept(id: string | undefined): boolean {
    return id !== undefined && this.tab.read(this.unkeptKey) === id;
  }

  /** {@link read}s the run that this tab had last; in a new tab the newest that does not go on elsewhere. */
  readLast(taken: (run: RunState | undefined) => void): () => void {
    const isOver = ({ status, keptAt }: ShelfEntry): boolean =>
      status !== 'running' || this.clock.now().getTime() - keptAt > STILL_RUNNING_MS;
    const id = this.tab.read(this.key) ?? this.shelf.list().find(isOver)?.id;
    const told = (run: RunState | undefined): void => {
      const isDamaged = run === undefined && this.shelf.hasDamaged(id);
      this.lossFound.set(
        isDamaged ? 'damaged' : this.isUnkept(id) ? (run ? 'a-part' : 'not-kept') : undefined,
      );
      taken(run);
    };
    if (id !== undefined) return this.read(id, told);
    told(undefined);
    return () => undefined;
  }

  /**
   * Takes a run back: at once, or soon where that takes long.
   *
   * @param taken gets undefined when it is not there any more or not whole
   * @returns what stops it; then `taken` is not called
   */
  read(id: string, taken: (run: RunState | undefined) => void): () => void {
    const counts = this.runs().find(entry => entry.id === id)?.counts ?? {};
    const results = Object.values<number>(counts).reduce((sum, count) => sum + count, 0);
    if (results > MANY_RESULTS)
      return inSteps(this.shelf.taking(id), this.pending, run =>
        taken(run && asOver(run, this.shelf.keptAt(id))),
      );
    taken(this.take(id));
    return () => undefined;
  }

  /** What a comparison needs of a run, as {@link read}. */
  readJudged(id: string, taken: (run: JudgedRun | undefined) => void): () => void {
    // What nobody measured is a result, too, once a run is over.
    if (this.runs().find(entry => entry.id === id)?.status === 'running') return this.read(id, taken);
    return inSteps(this.shelf.takingJudged(id), this.pending, taken);
  }

  /** Undefined when it is not there any more. */
  take(id: string): RunState | undefined {
    const run = this.shelf.take(id);
    return run && asOver(run, this.shelf.keptAt(id));
  }

  /** Changes a run that is kept and not shown; one that is not there any more stays away. */
  change(id: string, step: (run: RunState) => RunState): void {
    this.finish();
    const run = this.shelf.take(id);
    const changed = run && step(run);
    if (changed === undefined || changed === run) return;
    this.shelf.put(changed, this.clock.now());
    this.listed.set(this.shelf.list());
  }

  forget(id: string): void {
    if (this.kept?.startedAt === id) this.stop?.();
    this.shelf.forget(id);
    this.listed.set(this.shelf.list());
  }
}

/**
 * A run that was written while it ran.
 *
 * @param keptAt when it was, ISO 8601; undefined: not known, as of a file, and then it ended with the last that it measured
 */
export function asOver(run: RunState, keptAt?: string): RunState {
  if (run.status !== 'running') return run;
  return interruptRun(run, keptAt !== undefined && keptAt > run.startedAt ? keptAt : lastMeasured(run));
}

function lastMeasured({ cells, startedAt }: RunState): string {
  const times = [...cells.values()].flatMap(known => [...known.values()].map(result => result.startedAt));
  return times.reduce((latest, next) => (next > latest ? next : latest), startedAt);
}
