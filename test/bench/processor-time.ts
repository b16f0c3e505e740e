import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in ticks of this length (USER_HZ). */
const TICK_MS = 10;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** Its own, and that of ended children which it has waited for, ms. */
  readonly own: number;
  readonly ended: number;
}

/**
 * Processor time so far of this process and of all below it, ms, by program; what an engine's ended children took (its
 * `curl`) stands under its name and ` children`. Empty where there is no `/proc`.
 */
export function processorTimes(): ReadonlyMap<string, number> {
  const processes = readProcesses();
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isOurs = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at))
      if (at === process.pid) return true;
    return false;
  };
  const times = new Map<string, number>();
  const add = (name: string, ms: number): void => {
    if (ms > 0) times.set(name, (times.get(name) ?? 0) + ms);
  };
  for (const { pid, name, own, ended } of processes.filter(each => isOurs(each.pid))) {
    add(pid === process.pid ? 'this process' : name, own);
    if (name.startsWith('dotnet')) add(`${name} children`, ended);
  }
  return times;
}

/** What was used between two looks, the most first. */
export function between(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): readonly (readonly [string, number])[] {
  return [...after]
    .map(([name, ms]) => [name, ms - (before.get(name) ?? 0)] as const)
    .filter(([, ms]) => ms > 0)
    .sort(([, one], [, other]) => other - one);
}

function readProcesses(): readonly Process[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync('/proc').filter(name => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((pid): readonly Process[] => {
    try {
      // proc(5): the name stands in brackets and may hold any letter.
      const [, name = '', rest = ''] =
        /^\d+ \((.*)\) (.*)$/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8').trim()) ?? [];
      const fields = rest.trim().split(' ').map(Number);
      const ticks = (...at: readonly number[]): number =>
        at.reduce((sum, index) => sum + (fields[index] ?? 0), 0) * TICK_MS;
      return [{ pid: Number(pid), parent: fields[1] ?? 0, name, own: ticks(11, 12), ended: ticks(13, 14) }];
    } catch {
      // It has ended in the meantime.
      return [];
    }
  });
}
