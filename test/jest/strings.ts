import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The English strings as the build would merge them, for component tests. */
export function englishStrings(): Record<string, string> {
  return stringsOf('');
}

/** The same of another language by its folder, `de-DE`; '' for English. */
export function stringsOf(language: string): Record<string, string> {
  const folder = join(process.cwd(), 'assets/strings', language);
  const merged: Record<string, string> = {};
  for (const file of readdirSync(folder).filter(name => name.endsWith('.resjson'))) {
    const entries = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>;
    for (const [key, value] of Object.entries(entries)) if (!key.startsWith('_')) merged[key] = value;
  }
  return merged;
}
