import { format, resolveConfig } from 'prettier';
import { join } from 'node:path';
import { CATALOG } from '../files.ts';

/** JSON in the project's style, wherever it goes; objects without objects inside on one line, as far as they fit. */
export async function compactJson(value: unknown): Promise<string> {
  const text = JSON.stringify(value, undefined, 2).replace(
    /\{\s+("[^{}]*?)\s+\}/g,
    (_, inner: string) => `{ ${inner.replace(/\n\s+/g, ' ')} }`,
  );
  const style = await resolveConfig(join(CATALOG, 'editions', 'any.json'));
  return format(text, { ...style, parser: 'json' });
}
