import type { Agreement } from './agreement';
import type { Line } from './lines';

/** Of the widest usual font, px: an estimate that cuts nothing under another. */
const LETTER = { text: 8.3, hint: 7.2 } as const;
/** Of a line of text, px. */
const TEXT = 20;
const MARK = 28;
const PADDING = 8;

/** Texts of a line beside its host, which language and run decide. */
export interface StackedTexts {
  readonly hint: (line: Line & { kind: 'result' }) => string;
  /** How many letters word and scope of a cell have. */
  readonly letters: (cell: Agreement) => number;
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
    for (const cell of line.cells) needed += Math.max(24, rows(letters(cell), LETTER.text, MARK) * TEXT + 4);
    height = Math.max(height, needed);
    if (height >= most) return most;
  }
  return height;
}
