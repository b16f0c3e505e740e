import type { LastingKeepSafe } from '../../wac/platform';
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
} from '../probe/reading';
import { tallyOf } from '../run/matrix';
import type { Tally } from '../verdict/verdicts';
import type { RunState, RunStatus } from '../run/run';
import { WAY_KINDS, type WayKind } from '../plan/way';
import { atOnce } from '../run/at-once';
import type { JudgedRun } from './judged-run';
import { pack, unpacking, unpackingJudged } from './packing';

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
  /** Of which cluster it is, as it names itself; absent in one that was kept before this was. */
  readonly cluster?: string;
  /** The way that was forced on it; absent: none. */
  readonly way?: WayKind;
  readonly counts: Tally;
  /** Milliseconds since 1970, when it was last written. */
  readonly keptAt: number;
  /** Characters. */
  readonly size: number;
}

/** When a run was begun. */
const ID = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
/** Between what the list shows of a run and the packed run: no character of either. */
const BETWEEN = '\n';

/**
 * The last runs of a cluster, compressed, in the browser's memory. Each is a text of its own, with its line of the list before it:
 * windows that keep runs at the same time cannot lose one another's, and what is damaged costs no other run.
 */
export class Shelf {
  private readonly key: string;

  constructor(
    private readonly safe: LastingKeepSafe,
    cluster: string,
  ) {
    this.key = `runs:${cluster}:`;
  }

  /** Newest first. What cannot be understood is left out. */
  list(): readonly ShelfEntry[] {
    return this.keys()
      .flatMap(key => this.entryAt(key) ?? [])
      .sort(newestFirst);
  }

  /**
   * Keeps a run in place of its older form; the oldest make room. False when there is no room for it even so: then all that was
   * there stays, its older form too.
   *
   * @param packed the run as `pack` makes it, where that was done before
   */
  put(run: RunState, now: Date, packed = pack(run)): boolean {
    const id = run.startedAt;
    if (packed.length > MOST_TEXT) return false;
    const keys = this.keys().filter(key => key !== this.keyOf(id));
    const others = keys.flatMap(key => this.entryAt(key) ?? []).sort(newestFirst);
    let left = MOST_TEXT - packed.length;
    let stay = others.slice(0, MOST_RUNS - 1).filter(each => (left -= each.size) >= 0);
    const before = this.safe.read(this.keyOf(id));
    const gone: (readonly [key: string, text: string | undefined])[] = [];
    const remove = (key: string): void => {
      gone.push([key, this.safe.read(key)]);
      this.safe.write(key, undefined);
    };
    // Also what is damaged, which nobody sees.
    for (const key of keys) if (!stay.some(each => this.keyOf(each.id) === key)) remove(key);
    const own: ShelfEntry = {
      id,
      status: run.status,
      edition: run.request.edition.name,
      cluster: run.request.cluster,
      ...(run.request.way && { way: run.request.way.kind }),
      counts: tallyOf(run),
      keptAt: now.getTime(),
      size: packed.length,
    };
    // The browser may have less room than we hoped for.
    while (!this.safe.write(this.keyOf(id), `${JSON.stringify(own)}${BETWEEN}${packed}`)) {
      const oldest = stay.at(-1);
      if (oldest === undefined) {
        for (const [key, text] of [[this.keyOf(id), before] as const, ...gone.reverse()])
          if (text !== undefined) this.safe.write(key, text);
        return false;
      }
      remove(this.keyOf(oldest.id));
      stay = stay.slice(0, -1);
    }
    return true;
  }

  /** Undefined when it is not there or not whole. */
  take(id: string): RunState | undefined {
    return atOnce(this.taking(id));
  }

  /** The same in steps that take some milliseconds each. */
  *taking(id: string): Generator<undefined, RunState | undefined> {
    const packed = this.packedAt(id);
    return packed === undefined ? undefined : yield* unpacking(packed);
  }

  /** As {@link taking}, what a comparison needs of it. */
  *takingJudged(id: string): Generator<undefined, JudgedRun | undefined> {
    const packed = this.packedAt(id);
    return packed === undefined ? undefined : yield* unpackingJudged(packed);
  }

  /** When a run was last written, ISO 8601; undefined when it is not there. */
  keptAt(id: string): string | undefined {
    const kept = this.entryAt(this.keyOf(id));
    return kept && new Date(kept.keptAt).toISOString();
  }

  /** Whether there is a run that cannot be read: this one, or any whose line of the list is damaged. */
  hasDamaged(id: string | undefined): boolean {
    const own = id === undefined ? undefined : this.keyOf(id);
    return this.keys().some(key => key === own || this.entryAt(key) === undefined);
  }

  forget(id: string): void {
    this.safe.write(this.keyOf(id), undefined);
  }

  /** Of this cluster alone, whatever another one is called. */
  private keys(): readonly string[] {
    return this.safe.keys(this.key).filter(key => ID.test(key.slice(this.key.length)));
  }

  private packedAt(id: string): string | undefined {
    const kept = this.safe.read(this.keyOf(id)) ?? '';
    const at = kept.indexOf(BETWEEN);
    return at < 0 ? undefined : kept.slice(at + BETWEEN.length);
  }

  private entryAt(key: string): ShelfEntry | undefined {
    const kept = this.safe.read(key) ?? '';
    const at = kept.indexOf(BETWEEN);
    const read = at < 0 ? undefined : readOrUndefined(() => entry(parse(kept.slice(0, at))));
    return read !== undefined && this.keyOf(read.id) === key ? read : undefined;
  }

  private keyOf(id: string): string {
    return `${this.key}${id}`;
  }
}

function newestFirst(a: ShelfEntry, b: ShelfEntry): number {
  return cameAt(b) - cameAt(a) || (a.id < b.id ? 1 : -1);
}

/** A run that a clock ahead of this browser's has dated would be the newest for years: it was there when it was kept. */
function cameAt({ id, keptAt }: ShelfEntry): number {
  return Math.min(Date.parse(id), keptAt);
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
    ...(!isNothing(fields['cluster']) && { cluster: text(fields['cluster']) }),
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
