import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import type { NodeCells, RunState } from '../run/run';
import { readRunRecord } from './read/read-run-file';
import { resultRecord, runRecord } from './run-file';

/** Between the parts of a packed run; no character of base64. */
const BETWEEN = '.';

/** What has not changed is not packed again: most nodes of a large cluster, most of the time. */
const packedCells = new WeakMap<NodeCells, string>();

/** Text of a tenth of the JSON's length: the run without results, then a part for each node's. */
export function pack(run: RunState): string {
  const work = packing(run);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps that take some milliseconds each; the last one gives the text. */
export function* packing(run: RunState): Generator<undefined, string> {
  const parts = [packed(runRecord({ ...run, cells: new Map() }))];
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
  try {
    const [run, ...results] = text.split(BETWEEN).map(unpacked);
    return results.length === 0 || typeof run !== 'object'
      ? readRunRecord(run)
      : readRunRecord({ ...run, results: results.flat() });
  } catch {
    return undefined;
  }
}

function packed(value: object): string {
  return btoa(strFromU8(deflateSync(strToU8(JSON.stringify(value))), true));
}

function unpacked(text: string): unknown {
  return JSON.parse(strFromU8(inflateSync(strToU8(atob(text), true))));
}
