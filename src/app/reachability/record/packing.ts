import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import type { Fields } from '../probe/reading';
import { atOnce } from '../run/at-once';
import type { NodeCells, RunState } from '../run/run';
import { readRunRecord, withResults } from './read/read-run-file';
import { resultRecord, runRecord } from './run-file';
import { judgedRecord, type JudgedRun, withJudged } from './judged-run';

/** Between the parts of a packed run; no character of base64. */
const BETWEEN = '.';

/** What has not changed is not packed again: most nodes of a large cluster, most of the time. */
const packedCells = new WeakMap<NodeCells, string>();

/** Text of a tenth of the JSON's length: the run without results, then a part for each node's. */
export function pack(run: RunState): string {
  return atOnce(packing(run));
}

/** The same in steps that take some milliseconds each; the last one gives the text. */
export function* packing(run: RunState): Generator<undefined, string> {
  // What goes on is not compared.
  const judged = run.status === 'running' ? {} : { judged: judgedRecord(run) };
  const parts = [packed(runRecord({ ...run, cells: new Map() }, judged))];
  const entries = [...run.plan.targets, ...run.plan.untested];
  for (const { node } of run.nodes) {
    const cells = run.cells.get(node.name);
    if (cells === undefined || cells.size === 0) continue;
    let part = packedCells.get(cells);
    if (part === undefined) {
      yield undefined;
      part = packed(entries.flatMap(({ id }) => cells.get(id) ?? []).map(resultRecord));
      packedCells.set(cells, part);
    }
    parts.push(part);
  }
  return parts.join(BETWEEN);
}

/** Undefined for anything that was not packed here. */
export function unpack(text: string): RunState | undefined {
  return atOnce(unpacking(text));
}

/** The same in steps, one for each node's results; what is done with the run is no part of the last one. */
export function* unpacking(text: string): Generator<undefined, RunState | undefined> {
  const [first = '', ...parts] = text.split(BETWEEN);
  let run = readRunRecord(unpacked(first));
  for (const part of parts) {
    yield undefined;
    run = run && withResults(run, unpacked(part));
    if (run === undefined) return undefined;
  }
  if (parts.length > 0) yield undefined;
  return run;
}

/** What a comparison needs of it: at once where it was packed so, else in the same steps. */
export function* unpackingJudged(text: string): Generator<undefined, JudgedRun | undefined> {
  const first = unpacked(text.split(BETWEEN, 1)[0] ?? '');
  const run = readRunRecord(first);
  return (run && withJudged(run, (first as Fields)['judged'])) ?? (yield* unpacking(text));
}

function packed(value: object): string {
  return btoa(strFromU8(deflateSync(strToU8(JSON.stringify(value))), true));
}

/** Undefined for what is damaged, which no reader takes. */
function unpacked(text: string): unknown {
  try {
    return JSON.parse(strFromU8(inflateSync(strToU8(atob(text), true))));
  } catch {
    return undefined;
  }
}
