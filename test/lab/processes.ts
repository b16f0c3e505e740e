import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** A process, told from a later one with the same number by when it started. */
export interface Member {
  readonly pid: number;
  readonly started: string;
}

/**
 * Every process that one started, directly or not, and every other process that is in a namespace of theirs but not
 * of this process.
 */
export function membersBelow(root: number): readonly Member[] {
  const all = running();
  const found = new Set(descendants(root, all));
  const mine = new Set(namespacesOf(process.pid));
  const theirs = new Set([...found].flatMap(namespacesOf).filter(each => !mine.has(each)));
  return all
    .filter(pid => found.has(pid) || namespacesOf(pid).some(each => theirs.has(each)))
    .map(pid => ({ pid, started: startOf(pid) }));
}

/** Network namespaces that processes are in, this process's own left out. */
export function networksOf(members: readonly Member[]): ReadonlySet<string> {
  const mine = new Set(namespacesOf(process.pid));
  const networks = members.flatMap(({ pid }) => namespacesOf(pid)).filter(each => each.startsWith('net:'));
  return new Set(networks.filter(each => !mine.has(each)));
}

/** Those that still run. */
export function leftOvers(members: readonly Member[]): readonly Member[] {
  return members.filter(({ pid, started }) => started !== '' && startOf(pid) === started && !isZombie(pid));
}

/** Waits until a condition holds; fails with its name when it does not within the time. */
export async function until(what: string, condition: () => boolean, ms = 60_000): Promise<void> {
  const end = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Not within ${ms} ms: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

function descendants(root: number, all: readonly number[]): readonly number[] {
  const children = Map.groupBy(all, pid => parentOf(pid) ?? 0);
  const found: number[] = [];
  for (let next = [root]; next.length > 0;) {
    next = next.flatMap(pid => children.get(pid) ?? []);
    found.push(...next);
  }
  return found;
}

function running(): readonly number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number);
}

function namespacesOf(pid: number): readonly string[] {
  return ['net', 'mnt', 'pid', 'user'].flatMap(kind => {
    try {
      return [readlinkSync(`/proc/${pid}/ns/${kind}`)];
    } catch {
      // It has ended, or is somebody else's.
      return [];
    }
  });
}

/** Fields after the program's name, which is in brackets and may hold anything. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function parentOf(pid: number): number | undefined {
  const parent = statOf(pid)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** Clock tick of its start; '' when it has ended. */
function startOf(pid: number): string {
  return statOf(pid)?.[19] ?? '';
}

function isZombie(pid: number): boolean {
  return statOf(pid)?.[0] === 'Z';
}
