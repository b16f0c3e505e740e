/**
 * Checks the catalog: `node scripts/catalog-check.ts [FILE…]`, by default everything in `src/catalog`, part by part
 * and put together. A file is taken for what its folder says, and for an edition elsewhere.
 * Exit codes: 0 all well, 1 mistakes found (one a line on stdout), 2 wrong use.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type CatalogFileKind, checkFile, SINGLE_FILES } from '../src/catalog/tools/checks/checks.ts';
import { type ComposedEdition, ComposeError, type EditionFile } from '../src/catalog/tools/compose.ts';
import { CATALOG, composeWhole, jsonFiles, readParts } from '../src/catalog/tools/read-catalog.ts';
import type { HostsFile } from '../src/catalog/tools/checks/files/hosts.ts';
import { commonProblems, protocolProblems } from '../src/catalog/tools/checks/whole-catalog.ts';
import { blocksProblems } from '../src/catalog/tools/checks/files/blocks.ts';
import { coverageProblems, uselessExceptions } from '../src/catalog/tools/validator/coverage.ts';
import { manifestsOf, readManifests } from '../src/catalog/tools/validator/read-manifests.ts';

function main(args: readonly string[]): number {
  const option = args.find(arg => arg.startsWith('-'));
  if (option !== undefined)
    return wrongUse(`unknown option ${option}. Usage: node scripts/catalog-check.ts [FILE]...`);
  const files = args.length > 0 ? args : allFiles();
  const problems: string[] = [];
  for (const file of files) {
    const text = read(file);
    if (text === undefined) return wrongUse(`${file} cannot be read.`);
    problems.push(...check(relative(process.cwd(), file), text));
  }
  // Only parts that are well can be put together.
  if (problems.length === 0)
    problems.push(...composeProblems(files.filter(file => kindOf(file) === 'edition')));
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  return problems.length > 0 ? 1 : 0;
}

function allFiles(): readonly string[] {
  const single = SINGLE_FILES.map(name => join(CATALOG, `${name}.json`));
  const manifests = [...readManifests().keys()].flatMap(edition => jsonFiles(join('validator', edition)));
  const folders = ['editions', 'lists', 'internal', 'languages'].flatMap(jsonFiles);
  return [...folders, ...manifests, ...single];
}

function kindOf(file: string): CatalogFileKind {
  const folder = basename(dirname(file));
  if (folder === 'lists') return 'list';
  if (folder === 'internal') return 'internal';
  if (folder === 'languages') return 'language';
  if (basename(dirname(dirname(file))) === 'validator') return 'manifest';
  const name = basename(file, '.json');
  return SINGLE_FILES.find(single => single === name) ?? 'edition';
}

function composeProblems(files: readonly string[]): readonly string[] {
  const parts = readParts();
  const newest = jsonFiles('editions').at(-1);
  const editions: ComposedEdition[] = [];
  const problems = files.flatMap(file => {
    try {
      const whole = composeWhole(JSON.parse(readFileSync(file, 'utf8')) as EditionFile, parts);
      const name = relative(process.cwd(), file);
      const manifests = manifestsOf(whole.id, parts.manifests);
      const uncovered =
        newest !== undefined && basename(file) === basename(newest)
          ? [
              ...coverageProblems(whole, manifests, parts.validator),
              ...uselessExceptions(manifests, parts.validator),
            ]
          : [];
      editions.push(whole);
      return [
        ...commonProblems(whole, parts.words).map(problem => `${name}: stated-facts: ${problem}`),
        ...blocksProblems(whole).map(problem => `${name}: blocks: ${problem}`),
        ...uncovered.map(problem => `${name}: coverage: ${problem}`),
      ];
    } catch (error) {
      if (error instanceof ComposeError)
        return [`${relative(process.cwd(), file)}: compose: ${error.message}`];
      throw error;
    }
  });
  const hosts = parts.hosts as HostsFile;
  return [
    ...problems,
    ...protocolProblems(hosts, editions).map(problem => `src/catalog/hosts.json: stated-facts: ${problem}`),
  ];
}

function check(file: string, text: string): readonly string[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return [`${file}: json: ${String(error)}`];
  }
  return checkFile(kindOf(file), file, json);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function wrongUse(message: string): number {
  process.stderr.write(`catalog-check: ${message}\n`);
  return 2;
}

process.exitCode = main(process.argv.slice(2));
