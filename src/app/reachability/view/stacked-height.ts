import type { Agreement } from './agreement';
import type { Line, ResultLine } from './lines';

/** Of the widest usual font, px: an estimate that cuts nothing under another. */
const LETTER = { text: 8.3, hint: 7.2 } as const;
/** Of a line of text, px. */
const TEXT = 20;
const MARK = 28;
const PADDING = 8;

/** Texts of a line beside its host, which language and run decide. */
export interface StackedTexts {
  readonly hint: (line: ResultLine) => string;
  /** How many letters the words of a cell have, as {@link lettersIn} counts. */
  readonly letters: (cell: Agreement, line: ResultLine) => number;
}

/** Capitals count more: names of nodes are often written in them. */
export function lettersIn(text: string): number {
  return text.length + 0.3 * (text.match(/\p{Lu}/gu)?.length ?? 0);
}

/**
 * The height in px that every line has where results stand below their endpoint: enough for the one that needs most, so
 * that nothing is cut, and between two bounds.
 *
 * @param width of a line's text, px
 */
export function stackedHeight(
  lines: readonly Line[],
  width: number,
  { hint, letters }: StackedTexts,
  least: number,
  most: number,
): number {
  const rows = (count: number, letter: number, before = 0): number =>
    Math.ceil((count * letter + before) / Math.max(width, 1));
  let height = least;
  for (const line of lines) {
    if (line.kind !== 'result') continue;
    const text = hint(line);
    let needed = PADDING + rows(line.row.door.length, LETTER.text) * TEXT;
    if (text !== '') needed += rows(text.length, LETTER.hint) * TEXT;
    for (const cell of line.cells)
      needed += Math.max(24, rows(letters(cell, line), LETTER.text, MARK) * TEXT + 4);
    height = Math.max(height, needed);
    if (height >= most) return most;
  }
  return height;
}

/**
 * How many rows of results every line has room for where results stand beside their endpoint: as many as the one needs
 * whose nodes differ most, so that none is cut and none stands on another.
 *
 * @param width of all results of a line, px
 */
export function mostRows(lines: readonly Line[], width: number, letters: StackedTexts['letters']): number {
  let most = 1;
  for (const line of lines) {
    if (line.kind !== 'result') continue;
    let rows = 1;
    let used = 0;
    for (const cell of line.cells) {
      const needed = letters(cell, line) * LETTER.text + MARK;
      if (used > 0 && used + needed > width) {
        rows += 1;
        used = 0;
      }
      used += needed;
    }
    most = Math.max(most, rows);
  }
  return most;
}
