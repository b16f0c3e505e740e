import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkFile } from '../checks/checks.ts';
import type { EditionFile } from '../compose.ts';
import { readText } from './cells/decode.ts';
import { compactJson } from './compact-json.ts';
import type { ImportedEdition } from './facts.ts';
import { importList, type ListText } from './import-list.ts';
import { isManifestImport, importManifests } from './import-manifests.ts';
import { readImportOptions, USAGE } from './options.ts';
import type { Outcome } from './outcome.ts';
import { problems, WrongUse } from './outcome.ts';
import { readWords } from './words.ts';
import { CATALOG, composeWhole, readParts } from '../read-catalog.ts';

const NO_DATE =
  "catalog:import: The list has no date, so the edition keeps its own or takes the month of its id: --published gives the commit's.\n";

/** Runs the command with these arguments. Nothing is written unless it ends with 0. */
export async function runImport(args: readonly string[]): Promise<Outcome> {
  if (args.includes('--help')) return { exitCode: 0, stdout: USAGE, stderr: '' };
  try {
    return await (isManifestImport(args) ? importManifests([...args]) : importFiles([...args]));
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    return { exitCode: 2, stdout: '', stderr: `catalog:import: ${error.message} See --help.\n` };
  }
}

async function importFiles(args: string[]): Promise<Outcome> {
  const folder = join(CATALOG, 'editions');
  const options = readImportOptions(args, folder);
  const file = join(options.folder, `${options.edition}.json`);
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ImportedEdition) : undefined;
  const parts = readParts();
  const texts: ListText[] = [];
  const unread: string[] = [];
  for (const path of options.files) {
    const text = readText(path);
    if (typeof text === 'string')
      texts.push({ file: path, text, origin: options.origin, date: options.published });
    else unread.push(`${path}:${text.line}: ${text.text}.`);
  }
  if (unread.length > 0) return problems(unread);
  const result = importList(
    before,
    options.headFor(before),
    options.target,
    texts,
    readWords(),
    host => parts.hosts.hosts[host]?.purpose !== undefined,
  );
  if (!result.ok) return problems(result.problems);
  const found = checkFile('edition', relative(process.cwd(), file), result.edition);
  if (found.length > 0) return problems(found);
  composeWhole(result.edition as unknown as EditionFile, parts);
  writeFileSync(file, await compactJson(result.edition));
  const stdout = `Written: ${relative(process.cwd(), file)}\n`;
  return { exitCode: 0, stdout, stderr: options.published === undefined ? NO_DATE : '' };
}
