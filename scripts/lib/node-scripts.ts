import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

const FOLDER = join(ROOT, 'src/powershell');
/** Stands in a script where a part of `src/powershell/shared` is put in. */
const PART = /^# Shared: (.*)$/gm;

/** Names of the scripts that run on nodes, in the order of their files. */
export function nodeScriptNames(): readonly string[] {
  return readdirSync(FOLDER)
    .filter(file => file.endsWith('.ps1'))
    .map(file => file.slice(0, -'.ps1'.length))
    .sort();
}

/** A script as it runs on nodes, as the page shows it and as it is packaged: with the parts that it shares with others. */
export function nodeScript(name: string): string {
  return composeScript(name, read(`${name}.ps1`), sharedPart);
}

/**
 * Puts the shared parts in the places that a script names.
 *
 * @param partOf the text of a part; undefined when there is none of this name
 * @throws Error for a part that is not there, that is named twice, or that wants parts itself
 */
export function composeScript(
  name: string,
  text: string,
  partOf: (part: string) => string | undefined,
): string {
  const seen = new Set<string>();
  return text.replaceAll(PART, (_, part: string) => {
    const shared = partOf(part);
    if (shared === undefined)
      throw new Error(`${name}.ps1 wants ${part}, and there is no src/powershell/shared/${part}.ps1.`);
    if (seen.has(part)) throw new Error(`${name}.ps1 names ${part} twice.`);
    if (shared.search(PART) >= 0) throw new Error(`shared/${part}.ps1 may not want other parts.`);
    seen.add(part);
    return shared.trimEnd();
  });
}

function sharedPart(part: string): string | undefined {
  const files = readdirSync(join(FOLDER, 'shared'));
  return files.includes(`${part}.ps1`) ? read(`shared/${part}.ps1`) : undefined;
}

function read(path: string): string {
  return readFileSync(join(FOLDER, path), 'utf8').replaceAll('\r\n', '\n');
}
