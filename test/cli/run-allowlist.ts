import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

export const SCRIPT = 'scripts/allowlist.ts';

/** Runs the command as `npm run allowlist` does. */
export function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

export function entries(...args: string[]): { URL: string; Port: string; Notes: string }[] {
  const { status, stdout } = run(...args, '--format', 'json');
  assert.equal(status, 0);
  return JSON.parse(stdout) as { URL: string; Port: string; Notes: string }[];
}

export const doors = (...args: string[]) => entries(...args).map(entry => `${entry.URL} ${entry.Port}`);

export const CLOUDS = ['public', 'usgov', 'china'];
/** All that ship. */
export const EDITIONS = readdirSync('src/catalog/editions').map(name => name.replace('.json', ''));
