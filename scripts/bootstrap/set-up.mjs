import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { takeLock } from './lock.mjs';
import { root, watchPrograms } from './shared.mjs';

/**
 * Brings what is missing of the pieces that a command needs, side by side where one does not need another. One command
 * of a checkout does so at a time; the others wait, and find it done.
 *
 * @param pieces by name, each `{isThere(env), bring(env, others)}`: `isThere` also makes it known in `env`, `others` are
 *   promises of the pieces by name
 * @returns a program that builds ahead and may still run
 */
export async function setUp(pieces, env) {
  if (missing(pieces, env).length === 0) return undefined;
  const lock = await takeLock('set-up', 'sets this folder up');
  watchPrograms(child => lock.holdFor(child));
  try {
    return await bringAll(pieces, missing(pieces, env), env);
  } finally {
    await lock.release();
    watchPrograms(() => undefined);
  }
}

function missing(pieces, env) {
  return Object.keys(pieces).filter(name => !pieces[name].isThere(env));
}

async function bringAll(pieces, names, env) {
  const others = {};
  const bring = async name => {
    if (!names.includes(name)) return;
    // Packages are installed with the Node that they will run on.
    if (name.toLowerCase().endsWith('packages')) await others.node;
    await pieces[name].bring(env, others);
    pieces[name].isThere(env);
  };
  for (const name of Object.keys(pieces)) others[name] = bring(name);
  const ahead = buildHostAhead(pieces, names, others, env);
  const outcomes = await Promise.allSettled(Object.values(others));
  const failed = outcomes.find(outcome => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return await ahead;
}

/**
 * The .NET programs need no packages: they are built while these come. The command itself waits for the end of that
 * build, or reports its failure, when it builds what it needs.
 */
async function buildHostAhead(pieces, names, { node, dotnet }, env) {
  if (!('dotnet' in pieces) || !names.includes('packages')) return undefined;
  try {
    await Promise.all([node, dotnet]);
  } catch {
    return undefined;
  }
  return spawn(pieces.node.program(), [join(root, 'scripts/build-host.ts'), 'powershell-host'], {
    cwd: root,
    env,
    stdio: ['ignore', 2, 'ignore'],
  });
}
