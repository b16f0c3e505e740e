/**
 * Checks the editions: `node scripts/catalog-check.ts [FILE…]`, by default all of `src/catalog/editions`.
 * Exit codes: 0 all well, 1 mistakes found (one a line on stdout), 2 wrong use.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkEdition } from './catalog-checks/checks.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const EDITIONS = join(ROOT, 'src/catalog/editions');

function main(args: readonly string[]): number {
  const option = args.find(arg => arg.startsWith('-'));
  if (option !== undefined)
    return wrongUse(`unknown option ${option}. Usage: node scripts/catalog-check.ts [FILE]...`);
  const files =
    args.length > 0
      ? args
      : readdirSync(EDITIONS)
          .filter(name => name.endsWith('.json'))
          .map(name => join(EDITIONS, name));
  const problems: string[] = [];
  for (const file of files) {
    const text = read(file);
    if (text === undefined) return wrongUse(`${file} cannot be read.`);
    problems.push(...check(relative(process.cwd(), file), text));
  }
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  return problems.length > 0 ? 1 : 0;
}

function check(file: string, text: string): readonly string[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return [`${file}: json: ${String(error)}`];
  }
  return checkEdition(file, json);
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
