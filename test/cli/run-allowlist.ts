import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { answer } from '../../scripts/lib/allowlist/answer.ts';
import { loadCommands } from '../../scripts/lib/allowlist/load-commands.ts';
import { readCatalog } from '../../src/catalog/tools/read-catalog.ts';

export const SCRIPT = 'scripts/allowlist.ts';

const COMMANDS = await loadCommands();
const CATALOG = readCatalog();

/** What `npm run allowlist` answers, without a process for each question; `allowlist.test.ts` holds the process to it. */
export function run(...args: string[]) {
  const { status, stdout, stderr } = answer(args, COMMANDS, CATALOG);
  return { status, stdout: Buffer.from(stdout).toString(), stderr };
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
