import type { KeepSafe } from '../../wac/platform';
import {
  duration,
  type Fields,
  instant,
  integer,
  isNothing,
  oneOf,
  readOrUndefined,
  record,
  text,
  wholeList,
} from '../probe/reading';
import { tallyOf } from '../run/matrix';
import type { Tally } from '../verdict/verdicts';
import type { RunState, RunStatus } from '../run/run';
import { WAY_KINDS, type WayKind } from '../plan/way';
import { pack, unpack } from './packing';

/** So many runs of a cluster are kept, the newest. */
export const MOST_RUNS = 20;
/** Characters of all kept runs of a cluster together; browsers give an origin about five million. */
export const MOST_TEXT = 2_000_000;

/** A kept run, without its results. */
export interface ShelfEntry {
  /** When it was begun, ISO 8601: no two runs of a cluster begin in the same millisecond. */
  readonly id: string;
  /** `running`: it goes on in another window, or its page went away. */
  readonly status: RunStatus;
  readonly edition: string;
  /** The way that was forced on it; absent: none. */
  readonly way?: WayKind;
  readonly counts: Tally;
  /** Milliseconds since 1970, when it was last written. */
  readonly keptAt: number;
  /** Characters. */
  readonly size: number;
}

/** The last runs of a cluster, compressed, in the browser's memory. */
export class Shelf {
  private readonly key: string;

  constructor(
    private readonly safe: KeepSafe,
    cluster: string,
  ) {
    this.key = `runs:${cluster}`;
  }

  /** Newest first. */
  list(): readonly ShelfEntry[] {
    const kept = this.safe.read(this.key);
    return (kept !== undefined && readOrUndefined(() => wholeList(parse(kept)).map(entry))) || [];
  }

  /**
   * Keeps a run in place of its older form; the oldest make room. False when it is too large by itself.
   *
   * @param packed the run as `pack` makes it, where that was done before
   */
  put(run: RunState, now: Date, packed = pack(run)): boolean {
    const id = run.startedAt;
    const others = this.list().filter(each => each.id !== id);
    const fitting = (room: number): readonly ShelfEntry[] => {
      let left = room;
      return others.slice(0, MOST_RUNS - 1).filter(each => (left -= each.size) >= 0);
    };
    if (packed.length > MOST_TEXT) return false;
    let stay = fitting(MOST_TEXT - packed.length);
    this.forgetAllBut(others, stay);
    // The browser may have less room than we hoped for.
    while (!this.safe.write(this.keyOf(id), packed)) {
      if (stay.length === 0) return false;
      this.forgetAllBut(stay, stay.slice(0, -1));
      stay = stay.slice(0, -1);
    }
    const own: ShelfEntry = {
      id,
      status: run.status,
      edition: run.request.edition.name,
      ...(run.request.way && { way: run.request.way.kind }),
      counts: tallyOf(run),
      keptAt: now.getTime(),
      size: packed.length,
    };
    return this.write([own, ...stay].sort((a, b) => (a.id < b.id ? 1 : -1)));
  }

  /** Undefined when it is not there or not whole. */
  take(id: string): RunState | undefined {
    const packed = this.safe.read(this.keyOf(id));
    return packed === undefined ? undefined : unpack(packed);
  }

  forget(id: string): void {
    this.safe.write(this.keyOf(id), undefined);
    this.write(this.list().filter(each => each.id !== id));
  }

  private forgetAllBut(all: readonly ShelfEntry[], stay: readonly ShelfEntry[]): void {
    for (const { id } of all.filter(each => !stay.includes(each))) this.safe.write(this.keyOf(id), undefined);
  }

  private write(entries: readonly ShelfEntry[]): boolean {
    return this.safe.write(this.key, entries.length === 0 ? undefined : JSON.stringify(entries));
  }

  private keyOf(id: string): string {
    return `${this.key}:${id}`;
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function entry(value: unknown): ShelfEntry {
  const fields: Fields = record(value);
  const counts = record(fields['counts']);
  const count = (name: keyof Tally): number => integer(counts[name], 0, Number.MAX_SAFE_INTEGER);
  return {
    id: instant(fields['id']),
    status: oneOf(fields['status'], ['running', 'finished', 'cancelled', 'interrupted']),
    edition: text(fields['edition']),
    ...(!isNothing(fields['way']) && { way: oneOf(fields['way'], WAY_KINDS) }),
    counts: {
      proven: count('proven'),
      unproven: count('unproven'),
      failed: count('failed'),
      unknown: count('unknown'),
    },
    keptAt: duration(fields['keptAt']),
    size: duration(fields['size']),
  };
}
