import type { Line } from './lines';

/** Where the reader is: index of a line with results, and of a cell in it. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const PAGE = 10;

/** Where a key leads; undefined for keys that do not move. Headings of features are stepped over. */
export function moveIn(lines: readonly Line[], from: Place, key: string, ctrl: boolean): Place | undefined {
  switch (key) {
    case 'ArrowUp':
      return step(lines, from, -1, 1);
    case 'ArrowDown':
      return step(lines, from, 1, 1);
    case 'PageUp':
      return step(lines, from, -1, PAGE);
    case 'PageDown':
      return step(lines, from, 1, PAGE);
    case 'ArrowLeft':
      return inLine(lines, from.line, from.column - 1);
    case 'ArrowRight':
      return inLine(lines, from.line, from.column + 1);
    case 'Home':
      return inLine(lines, ctrl ? edge(lines, 1) : from.line, 0);
    case 'End':
      return inLine(lines, ctrl ? edge(lines, -1) : from.line, Number.MAX_SAFE_INTEGER);
    default:
      return undefined;
  }
}

function step(lines: readonly Line[], from: Place, by: 1 | -1, times: number): Place {
  let at = from.line;
  let left = times;
  for (let next = at + by; next >= 0 && next < lines.length && left > 0; next += by) {
    if (lines[next]?.kind !== 'result') continue;
    at = next;
    left -= 1;
  }
  return inLine(lines, at, from.column);
}

function inLine(lines: readonly Line[], line: number, column: number): Place {
  const at = lines[line];
  const last = at?.kind === 'result' ? at.cells.length - 1 : 0;
  return { line, column: Math.min(last, Math.max(0, column)) };
}

/** The first line with results, from the start or the end. */
function edge(lines: readonly Line[], by: 1 | -1): number {
  const found =
    by === 1
      ? lines.findIndex(({ kind }) => kind === 'result')
      : lines.findLastIndex(({ kind }) => kind === 'result');
  return Math.max(0, found);
}

/** Lines in the order in which they were shown, new ones at the end: nothing moves under the reader. */
export function keepLines(shown: readonly Line[], next: readonly Line[]): readonly Line[] {
  const place = new Map(shown.map((line, index) => [line.key, index]));
  const placeOf = (line: Line): number => place.get(line.key) ?? shown.length;
  return [...next].sort((a, b) => placeOf(a) - placeOf(b));
}
