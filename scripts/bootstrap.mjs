/**
 * The way into every command of this project: `node scripts/bootstrap.mjs COMMAND [ARGUMENT]…`.
 * Plain JavaScript without dependencies, for any Node from 20 on. Brings what the command needs, saying what it
 * does, and hands over to `scripts/COMMAND.ts`. Messages go to stderr: stdout belongs to the command.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { browser } from './bootstrap/browser.mjs';
import { dotnet } from './bootstrap/dotnet.mjs';
import { networkTools } from './bootstrap/network-tools.mjs';
import { onceNpmIsGone } from './bootstrap/lost-parent.mjs';
import { node } from './bootstrap/node.mjs';
import { allowlistPackages, packages } from './bootstrap/packages.mjs';
import { setUp } from './bootstrap/set-up.mjs';
import { BootstrapError, endProgramsOnSignal, root } from './bootstrap/shared.mjs';

const EMULATOR = { packages, networkTools, dotnet };

/** What each command needs besides Node. */
const NEEDS = {
  allowlist: { allowlistPackages },
  bench: { ...EMULATOR, browser },
  build: { packages },
  dev: EMULATOR,
  'catalog-import': { packages },
  examples: { packages },
  format: { packages },
  generate: { packages },
  lint: { packages },
  package: { packages },
  screenshots: { ...EMULATOR, browser },
  start: EMULATOR,
  test: { ...EMULATOR, browser },
};

async function main([command = '', ...rest]) {
  const needs = Object.hasOwn(NEEDS, command) ? NEEDS[command] : undefined;
  if (!needs) throw new BootstrapError(`Usage: node scripts/bootstrap.mjs ${Object.keys(NEEDS).join('|')}`);
  const env = { ...process.env };
  const forget = endProgramsOnSignal();
  const ahead = await setUp({ node, ...needs }, env);
  forget();
  try {
    return await run(node.program(), [join(root, 'scripts', `${command}.ts`), ...rest], env);
  } finally {
    ahead?.kill();
  }
}

/** Runs the command in our place: same streams, same signals, same exit code. */
function run(program, args, env) {
  const child = spawn(program, args, { cwd: root, env, stdio: 'inherit' });
  // The terminal sends Ctrl+C to the child too; stay until it has tidied up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  onceNpmIsGone(() => child.kill('SIGTERM'));
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
