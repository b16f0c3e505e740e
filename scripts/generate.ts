import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  AuthoritiesFile,
  PublicAuthoritiesFile,
} from '../src/catalog/tools/checks/files/authorities.ts';
import { readLanguages, textsOf } from '../src/catalog/tools/languages.ts';
import { CATALOG, readCatalog, readJson } from '../src/catalog/tools/read-catalog.ts';
import { aloneScript } from './lib/alone-script.ts';
import { httpEvidence } from './lib/http-evidence.ts';
import { nodeScript, nodeScriptNames } from './lib/node-scripts.ts';
import { webDarkTheme, webLightTheme } from '@fluentui/tokens';

/** Makes what the build needs from sources that are not TypeScript: node scripts, strings, lists and authorities. */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sdkStrings = join(root, 'node_modules/@microsoft/windows-admin-center-sdk/core/assets/strings');

/** Key of our strings inside the SDK's string tree. */
const STRINGS_KEY = 'OutboundConnectivity';

export async function generate(): Promise<void> {
  await generateScripts();
  await generateStrings();
  await generateTheme();
  await generateCatalog();
  await generateLanguages();
  await generateAuthorities();
}

/**
 * `.generated/scripts/scripts.json`: each node script's own text by name; the tool fetches it when it starts. `alone.json`:
 * the one that runs without the tool, fetched when it is asked for.
 */
async function generateScripts(): Promise<void> {
  const texts: Record<string, string> = {};
  for (const name of nodeScriptNames()) {
    // The first line is how the gateway finds a script's name, for its audit and "show script".
    texts[name] = `##${name}##:${name}.ps1\n${preferModule(name, nodeScript(name))}`;
  }
  await writeIfChanged(join(root, '.generated/scripts/scripts.json'), JSON.stringify(texts));
  await writeIfChanged(
    join(root, '.generated/scripts/alone.json'),
    JSON.stringify({ script: aloneScript() }),
  );
}

/**
 * `.generated/catalog`: each edition as the tool fetches it, and `editions.json`: what the choice of one needs to know.
 */
async function generateCatalog(): Promise<void> {
  const editions = readCatalog();
  const index = editions.map(
    ({ id, title, published, printedDate, appliesTo, builds, clouds, regions, vendors }) => ({
      id,
      title,
      published,
      printedDate,
      appliesTo,
      builds,
      clouds,
      regions,
      vendors,
    }),
  );
  await writeFolder(
    'catalog',
    new Map<string, unknown>([
      ...editions.map(edition => [edition.id, { ...edition, $schema: undefined }] as const),
      ['editions', index],
    ]),
  );
}

/** `.generated/languages`: what the lists' texts are in another language, fetched where the page has it. */
async function generateLanguages(): Promise<void> {
  await writeFolder('languages', new Map([...readLanguages()].map(([name, file]) => [name, textsOf(file)])));
}

/** One JSON file a name. What is gone leaves no file behind. */
async function writeFolder(name: string, files: ReadonlyMap<string, unknown>): Promise<void> {
  const folder = join(root, '.generated', name);
  for (const file of await readdir(folder).catch(() => []))
    if (!files.has(basename(file, '.json'))) await rm(join(folder, file), { force: true });
  for (const [each, content] of files)
    await writeIfChanged(join(folder, `${each}.json`), JSON.stringify(content));
}

/**
 * `.generated/authorities`: what verdicts compare, without the sources and notes that only readers need. The tool fetches
 * `known.json` when it starts.
 */
async function generateAuthorities(): Promise<void> {
  const folder = join(root, '.generated/authorities');
  const { roots, issuing } = readJson(join(CATALOG, 'certificate-authorities.json')) as AuthoritiesFile;
  const { authorities } = readJson(join(CATALOG, 'public-authorities.json')) as PublicAuthoritiesFile;
  const known = {
    roots: roots.map(({ commonName, organization, thumbprint }) => ({
      commonName,
      organization,
      thumbprint,
    })),
    issuing: issuing.map(each => each.thumbprint),
    issuingNames: [...new Set(issuing.map(each => each.commonName))],
    publicRoots: Object.fromEntries(authorities.map(({ thumbprint, subject }) => [thumbprint, subject])),
  };
  await writeIfChanged(join(folder, 'known.json'), JSON.stringify(known));
  await writeIfChanged(join(folder, 'http-evidence.json'), JSON.stringify(httpEvidence()));
}

/**
 * Begins a script with the same command of the extension's own module, where that is on the node: signed by the site, it
 * runs in the full language where an unsigned script may not.
 */
export function preferModule(name: string, text: string): string {
  const { powerShellModuleName } = readJson(join(root, 'manifest.json')) as { powerShellModuleName: string };
  const first = 'Set-StrictMode -Version 2.0\n';
  if (!text.includes(first)) throw new Error(`${name}.ps1 does not begin with ${first.trim()}.`);
  const lines = [
    `$signed = Get-Command -Name '${powerShellModuleName}\\${name}' -ErrorAction SilentlyContinue`,
    'if ($null -ne $signed) { & $signed @PSBoundParameters; return }',
  ];
  return text.replace(first, () => `${lines.join('\n')}\n${first}`);
}

/** `.generated/theme/theme.css`: Fluent's design tokens, light and dark, only those that our styles use. */
async function generateTheme(): Promise<void> {
  const used = new Set<string>();
  for (const file of await readdir(join(root, 'src'), { recursive: true })) {
    if (!/\.(ts|css|html)$/.test(file)) continue;
    const text = await readFile(join(root, 'src', file), 'utf8');
    for (const match of text.matchAll(/var\(\s*--([A-Za-z0-9]+)/g)) used.add(match[1] ?? '');
  }
  const tokens = (theme: Readonly<Record<string, string | number>>): string =>
    Object.entries(theme)
      .filter(([name]) => used.has(name))
      .map(([name, value]) => `  --${name}: ${value};`)
      .join('\n');
  const css = `:root {\n${tokens({ ...webLightTheme })}\n}\n:root[data-theme='dark'] {\n${tokens({ ...webDarkTheme })}\n}\n`;
  await writeIfChanged(join(root, '.generated/theme/theme.css'), css);
}

/** `.generated/strings`: the SDK's own strings in every language, with ours merged in. */
async function generateStrings(): Promise<void> {
  const ours = await readResjson(join(root, 'assets/strings'));
  for (const locale of ['', ...(await subfolders(sdkStrings))]) {
    const file = join(sdkStrings, locale, 'strings.json');
    const sdk = JSON.parse(await readFile(file, 'utf8')) as { Strings: Record<string, unknown> };
    const local = locale === '' ? ours : await readResjson(join(root, 'assets/strings', locale));
    const strings = Object.keys(local).length > 0 ? { ...sdk.Strings, [STRINGS_KEY]: local } : sdk.Strings;
    await writeIfChanged(
      join(root, '.generated/strings', locale, 'strings.json'),
      JSON.stringify({ Strings: strings }),
    );
  }
}

/** Merges a folder's resjson files; comments (`_…`) are left out, a key in two files is an error. */
export async function readResjson(folder: string): Promise<Record<string, string>> {
  const merged: Record<string, string> = {};
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(entry => entry.endsWith('.resjson')).sort()) {
    const entries = JSON.parse(await readFile(join(folder, name), 'utf8')) as Record<string, unknown>;
    for (const [key, value] of Object.entries(entries)) {
      if (key.startsWith('_')) continue;
      if (typeof value !== 'string') throw new Error(`${name}: ${key} is not a text.`);
      if (key in merged) throw new Error(`${name}: ${key} stands in another file too.`);
      merged[key] = value;
    }
  }
  return merged;
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter(entry => entry.isDirectory()).map(entry => entry.name);
}

/** Leaves an unchanged file alone, so that what depends on it stays fresh. Another command never reads half of one. */
async function writeIfChanged(file: string, text: string): Promise<void> {
  const old = await readFile(file, 'utf8').catch(() => undefined);
  if (old === text) return;
  await mkdir(dirname(file), { recursive: true });
  const folder = join(root, '.generated/new');
  await mkdir(folder, { recursive: true });
  const fresh = join(folder, `${process.pid}-${basename(file)}`);
  await writeFile(fresh, text);
  await rename(fresh, file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generate();
