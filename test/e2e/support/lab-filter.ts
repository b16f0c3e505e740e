import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { membersBelow } from '../../lab/processes.ts';

/** A table of packet filter rules that is gone with `delete table ip killed`. */
export function killing(...rules: readonly string[]): string {
  return `table ip killed { chain input { type filter hook input priority -10; ${rules.join('; ')}; }; }`;
}

/** Changes the packet filter of the lab, where all servers are; gives what it lists. */
export function inLab(rules: string, mayFail = false): string {
  const lab = membersBelow(process.pid).find(({ pid }) => isLab(pid));
  if (lab === undefined) throw new Error('The lab does not run.');
  try {
    const enter = ['--target', String(lab.pid), '--net', 'nft', '-f', '-'];
    return execFileSync('nsenter', enter, {
      ...{ input: `${rules}\n`, stdio: ['pipe', 'pipe', 'ignore'], encoding: 'utf8' },
    });
  } catch (error) {
    if (!mayFail) throw error;
    return '';
  }
}

function isLab(pid: number): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words[1]?.endsWith('lab-main.ts') === true;
  } catch {
    return false;
  }
}

/** While the network lets through what it drops for a node otherwise. @param link the node's, `link0` for the first */
export async function withoutDrops(link: string, work: () => Promise<void>): Promise<void> {
  const dropped = /elements = (\{[^}]*\})/.exec(inLab(`list set ip lab ${link}_drop`))?.[1] ?? '';
  inLab(`flush set ip lab ${link}_drop`);
  try {
    await work();
  } finally {
    inLab(`add element ip lab ${link}_drop ${dropped}`);
  }
}
