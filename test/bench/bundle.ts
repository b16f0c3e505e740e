import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Figure, inKilobytes } from './figures.ts';

/** Scripts and styles that a page loads before it shows anything: what index.html names, and what that imports. */
const NAMED = /(?:src|href)="([^"]+\.(?:js|css))"/g;
/** `from "./x.js"` and `import "./x.js"`, not `import("./x.js")`. */
const IMPORTED = /(?:from|import)\s*["']\.\/([^"']+\.js)["']/g;

/** Size of the production build. @param folder with index.html */
export async function benchBundle(folder: string): Promise<readonly Figure[]> {
  const files = new Map<string, Buffer>();
  for (const name of await readdir(folder)) {
    if (/\.(?:js|css)$/.test(name)) files.set(name, await readFile(join(folder, name)));
  }
  const initial = new Set<string>();
  const waiting = namesIn(await readFile(join(folder, 'index.html'), 'utf8'), NAMED);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const content = files.get(name);
    if (!content || initial.has(name)) continue;
    initial.add(name);
    waiting.push(...namesIn(content.toString('utf8'), IMPORTED));
  }
  const all = [...files];
  return [
    sizeOf(
      'initial',
      all.filter(([name]) => initial.has(name)),
    ),
    sizeOf(
      'lazy',
      all.filter(([name]) => !initial.has(name)),
    ),
    sizeOf('all', all),
  ];
}

function sizeOf(what: string, files: readonly (readonly [string, Buffer])[]): Figure {
  const raw = files.reduce((sum, [, content]) => sum + content.length, 0);
  const gzip = files.reduce((sum, [, content]) => sum + gzipSync(content).length, 0);
  return {
    what: `bundle, ${what}`,
    value: inKilobytes(raw),
    note: `${inKilobytes(gzip)} gzip; ${files.length} files of JS and CSS`,
  };
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(match => match[1] ?? '');
}
