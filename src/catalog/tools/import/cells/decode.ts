import { readFileSync } from 'node:fs';
import { WrongUse } from '../outcome.ts';
import type { Problem } from '../problem.ts';

const IN_UTF8 = 'save it in UTF-8';

/**
 * The text of a file in UTF-8, or in UTF-16 with its mark, as PowerShell 5.1 writes it. Other encodings are refused where
 * they show: guessing one would change names. A file that cannot be read is a wrong use.
 */
export function readText(path: string): string | Problem {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new WrongUse(`${path} cannot be read.`);
  }
  return decoded(bytes);
}

export function decoded(bytes: Uint8Array): string | Problem {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  if (bytes.includes(0))
    return { line: 1, text: `it is in UTF-16 or UTF-32 without its mark, or no text: ${IN_UTF8}` };
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { line: lineOf(bytes), text: `it is not in UTF-8: ${IN_UTF8}` };
  }
}

/** By its mark; that of UTF-32 begins like one of UTF-16. */
function wideEncoding([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const isWider = third === 0 && fourth === 0;
  return first === 0xff && second === 0xfe && !isWider ? 'utf-16le' : undefined;
}

/** The line of the first byte that no UTF-8 text has there. */
function lineOf(bytes: Uint8Array): number {
  const [before = ''] = new TextDecoder('utf-8').decode(bytes).split('\uFFFD');
  return linesOf(before).length;
}

/** Lines of a text, whatever ends them. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
}
