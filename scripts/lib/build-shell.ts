import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './paths.ts';

/** Makes the emulator's shell page: `.generated/shell/` with index.html, shell.js, shell.css and the SDK's strings. */

const source = join(ROOT, 'emulator/shell');
const sdkStrings = join(ROOT, 'node_modules/@microsoft/windows-admin-center-sdk/core/assets/strings');

export const SHELL_FOLDER: string = join(ROOT, '.generated/shell');

export async function buildShell(): Promise<void> {
  await rm(SHELL_FOLDER, { recursive: true, force: true });
  await mkdir(join(SHELL_FOLDER, 'assets'), { recursive: true });
  await build({
    entryPoints: [join(source, 'browser/main.ts')],
    outfile: join(SHELL_FOLDER, 'shell.js'),
    tsconfig: join(source, 'browser/tsconfig.json'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    // Part of the SDK reads it; a browser has none.
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  for (const file of ['index.html', 'shell.css']) await cp(join(source, file), join(SHELL_FOLDER, file));
  await cp(sdkStrings, join(SHELL_FOLDER, 'assets/strings'), { recursive: true });
}
