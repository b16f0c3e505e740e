/**
 * The way into every command of this project: `node scripts/bootstrap.mjs COMMAND [ARGUMENT]…`.
 * Plain JavaScript without dependencies, for any Node from 20 on. Brings what the command needs, saying what it
 * does, and hands over to `scripts/COMMAND.ts`. Messages go to stderr: stdout belongs to the command.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './bootstrap/browser.mjs';
import { ensureDotnet } from './bootstrap/dotnet.mjs';
import { ensureNetworkTools } from './bootstrap/network-tools.mjs';
import { ensureNode } from './bootstrap/node.mjs';
import { ensurePackages } from './bootstrap/packages.mjs';
import { BootstrapError, root } from './bootstrap/shared.mjs';

/** What each command needs besides Node and the packages. */
const NEEDS = {
  allowlist: [],
  bench: [ensureBrowser, ensureNetworkTools, ensureDotnet],
  build: [],
  dev: [ensureNetworkTools, ensureDotnet],
  'catalog-import': [],
  format: [],
  generate: [],
  lint: [],
  package: [],
  start: [ensureNetworkTools, ensureDotnet],
  test: [ensureBrowser, ensureNetworkTools, ensureDotnet],
};

async function main([command = '', ...rest]) {
  const needs = Object.hasOwn(NEEDS, command) ? NEEDS[command] : undefined;
  if (!needs) throw new BootstrapError(`Usage: node scripts/bootstrap.mjs ${Object.keys(NEEDS).join('|')}`);
  const env = { ...process.env };
  const node = await ensureNode(env);
  await ensurePackages(env);
  for (const ensure of needs) await ensure(env);
  return run(node, [join(root, 'scripts', `${command}.ts`), ...rest], env);
}

/** Runs the command in our place: same streams, same signals, same exit code. */
function run(node, args, env) {
  const child = spawn(node, args, { cwd: root, env, stdio: 'inherit' });
  // The terminal sends Ctrl+C to the child too; stay until it has tidied up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : code));
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
