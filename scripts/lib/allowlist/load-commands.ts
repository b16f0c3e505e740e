import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { build as Build, Plugin } from 'esbuild';
import type {
  AllowlistOptions,
  CheckOptions,
  Command,
  DiffOptions,
} from '../../../src/cli/allowlist-contract.ts';
import { httpEvidence } from '../http-evidence.ts';
import { ROOT } from '../paths.ts';

/** Where the few packages are with which the command is made (`scripts/bootstrap/packages.mjs`). */
const PACKAGES = process.env['ALLOWLIST_PACKAGES'] ?? ROOT;

export interface Commands {
  readonly allowlistCommand: Command<AllowlistOptions>;
  readonly checkCommand: Command<CheckOptions>;
  readonly diffCommand: Command<DiffOptions>;
  readonly FORMAT_NAMES: readonly string[];
}

/** The tool's own code (`src/cli`), bundled in memory because `src` is written for a bundler. */
export async function loadCommands(): Promise<Commands> {
  const { build } = (await import(
    pathToFileURL(join(PACKAGES, 'node_modules/esbuild/lib/main.js')).href
  )) as Bundler;
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'src/cli/commands.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
    plugins: [packagesFrom(PACKAGES), evidence],
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)) as Commands;
}

/** Takes packages from one folder: the project's own may be half installed, by another command at the same time. */
function packagesFrom(folder: string): Plugin {
  return {
    name: 'packages',
    setup(bundle) {
      bundle.onResolve({ filter: /^[^./]/ }, ({ path, kind, pluginData }) => {
        // A part of a package that only runs in Node, and not here.
        if (isBuiltin(path)) return { path, external: true };
        return kind === 'entry-point' || pluginData === folder
          ? undefined
          : bundle.resolve(path, { kind, resolveDir: folder, pluginData: folder });
      });
    },
  };
}

/** What the build makes of the catalog for the tool, without the build. */
const evidence: Plugin = {
  name: 'evidence',
  setup(bundle) {
    const filter = /\.generated\/authorities\/http-evidence\.json$/;
    bundle.onResolve({ filter }, ({ path }) => ({ path, namespace: 'evidence' }));
    bundle.onLoad({ filter, namespace: 'evidence' }, () => ({
      contents: JSON.stringify(httpEvidence()),
      loader: 'json',
    }));
  },
};

interface Bundler {
  readonly build: typeof Build;
}
