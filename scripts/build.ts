import { fileURLToPath } from 'node:url';
import { buildHost, type Program } from './build-host.ts';
import { buildShell } from './lib/build-shell.ts';
import { generate } from './generate.ts';
import { runPackage, runProgram } from './lib/run-program.ts';
import { buildIfStale, type Product } from './lib/stale.ts';

/** `npm run build`: the tool's production build in `dist/app`. */

const APP: Product = {
  name: 'the tool',
  inputs: [
    'src',
    'assets',
    '.generated/authorities',
    '.generated/catalog',
    '.generated/languages',
    '.generated/scripts',
    '.generated/strings',
    '.generated/theme',
    'angular.json',
    'manifest.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.app.json',
  ],
  output: 'dist/app/index.html',
  build: buildApp,
};

const SHELL: Product = {
  name: 'the shell page',
  inputs: ['emulator/shell', 'scripts/lib/build-shell.ts', 'package-lock.json'],
  output: '.generated/shell/index.html',
  build: buildShell,
};

export type Log = (message: string) => void;

/** Builds the tool where its sources changed. */
export async function buildTool(log: Log): Promise<void> {
  await generate();
  await buildIfStale(APP, log);
}

/** What of it a command needs: the check of node scripts serves only the tests. */
const EMULATOR: readonly Program[] = ['powershell-host'];

/** Builds all that the emulator needs, side by side. */
export async function buildAll(log: Log, hostPrograms = EMULATOR): Promise<void> {
  await allDone([buildTool(log), buildEmulator(log, hostPrograms)]);
}

/** Builds the emulator's own programs. */
export async function buildEmulator(log: Log, hostPrograms = EMULATOR): Promise<void> {
  await allDone([buildIfStale(SHELL, log), buildHost(log, hostPrograms)]);
}

/** Waits for all before it fails, so that nothing goes on behind a message. */
async function allDone(builds: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(builds)).find(outcome => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

/** A list with a mistake in it must not be shipped. */
async function buildApp(): Promise<void> {
  const checked = await runProgram(process.execPath, ['scripts/catalog-check.ts'], process.env, 2);
  if (checked !== 0) throw new Error('The catalog has mistakes: see the messages above.');
  const code = await runPackage('@angular/cli/bin/ng.js', ['build', '--configuration', 'production'], 2);
  if (code !== 0) throw new Error('The build of the tool failed: see the messages above.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildTool(message => {
    console.error(message);
  });
}
