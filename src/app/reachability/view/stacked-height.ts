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

/** How many letters the words of a cell have beside its endpoint. */
export interface RowLetters {
  readonly all: StackedTexts['letters'];
  /** Of its verdict alone: the nodes that no other cell names need not be spelt out. */
  readonly verdict: (cell: Agreement) => number;
}

/**
 * How many rows of results every line has room for where results stand beside their endpoint: one as long as each line can
 * show its verdicts and the nodes that differ, else as many as the line needs whose nodes differ most. None is cut then, and
 * none stands on another.
 *
 * @param width of all results of a line, px
 */
export function mostRows(lines: readonly Line[], width: number, letters: RowLetters): number {
  const results = lines.filter(line => line.kind === 'result');
  const least = (line: ResultLine): readonly number[] =>
    line.cells.map(cell => (isUnnamed(cell) ? letters.verdict(cell) : letters.all(cell, line)));
  if (results.every(line => rowsOf(least(line), width) === 1)) return 1;
  return Math.max(
    ...results.map(line =>
      rowsOf(
        line.cells.map(cell => letters.all(cell, line)),
        width,
      ),
    ),
  );
}

/** The cell of the nodes that no other cell of its line names. */
export function isUnnamed({ scope }: Agreement): boolean {
  return scope === 'others' || scope === 'otherAnswered';
}

function rowsOf(cells: readonly number[], width: number): number {
  let rows = 1;
  let used = 0;
  for (const letters of cells) {
    const needed = letters * LETTER.text + MARK;
    if (used > 0 && used + needed > width) {
      rows += 1;
      used = 0;
    }
    used += needed;
  }
  return rows;
}
