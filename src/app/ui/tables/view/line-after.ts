import type { TableLine } from './table-view';

const WAYS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, End: -1, ArrowUp: -1, Home: 1 };

/** The line to which a key leads, past headings of groups; -1 where it leads nowhere. */
export function lineAfter(lines: readonly TableLine<unknown>[], from: number, key: string): number {
  const way = WAYS[key];
  if (way === undefined) return -1;
  let at = key === 'Home' ? 0 : key === 'End' ? lines.length - 1 : from + way;
  while (lines[at] !== undefined && lines[at]?.item === undefined) at += way;
  return lines[at] === undefined ? -1 : at;
}
