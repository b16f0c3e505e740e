import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const ROOT = join(import.meta.dirname, '../..');

/**
 * What `entry` exports of the product, which is written for a bundler; paths in it begin at the root. `STRINGS` in it stands
 * for the English strings. `change` may put another text in place of a file.
 */
export async function bundleTool<T>(entry: string, change?: ChangedFile): Promise<T> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: ROOT, loader: 'ts' },
    define: { STRINGS: JSON.stringify(strings()) },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: ['stream'],
    logLevel: 'error',
    plugins: change === undefined ? [] : [changed(change)],
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)) as T;
}

/** A file by the end of its path, and its new text made of the old. */
export interface ChangedFile {
  readonly path: string;
  readonly text: (old: string) => string;
}

function changed({ path, text }: ChangedFile): Plugin {
  const filter = new RegExp(`${path.replace(/[./]/g, '[$&]').replaceAll('[/]', '[\\\\/]')}$`);
  return {
    name: 'changed',
    setup(bundle) {
      bundle.onLoad({ filter }, file => ({ contents: text(readFileSync(file.path, 'utf8')), loader: 'ts' }));
    },
  };
}

/** For an entry that judges: nothing is judged before the authorities are known. */
export const LEARN_AUTHORITIES = `
import authorities from './.generated/authorities/known.json';
import { learnAuthorities } from './src/app/reachability/verdict/certificates/known-authorities';
learnAuthorities(authorities);
`;

function strings(): Readonly<Record<string, string>> {
  const folder = join(ROOT, 'assets/strings');
  const files = readdirSync(folder).filter(name => name.endsWith('.resjson'));
  return Object.assign(
    {},
    ...files.map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>),
  ) as Record<string, string>;
}
