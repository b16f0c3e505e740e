import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Page, Request, Route } from 'playwright-core';
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

/** Adds rules to the lab once the next probe is on its way to a node, which has asked for nothing yet. */
export async function killBeforeProbe(page: Page, ...rules: readonly string[]): Promise<void> {
  const isProbe = (request: Request): boolean =>
    request.postData()?.includes('##Test-EndpointByCurl##') === true;
  let isKilled = false;
  const kill = async (route: Route): Promise<void> => {
    if (isProbe(route.request()) && !isKilled) {
      isKilled = true;
      inLab(killing(...rules));
    }
    await route.continue();
  };
  await page.route('**/api/**', kill);
  await page.waitForResponse(response => isProbe(response.request()));
  await page.unroute('**/api/**', kill);
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
