import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../figures.ts';

const FILE = join(import.meta.dirname, '../../../docs/performance.md');

/** What the page may cost, by the end of a figure's name. */
const LIMITS: readonly (readonly [RegExp, number])[] = [
  [/-shown$/, 500],
  [/-busy$/, 100],
  [/-elements$/, 5000],
  [/-heap$/, 80],
];

/** Writes `docs/performance.md` from the figures of the page, and of the computer that measured. */
export function writePerformance(figures: readonly Figure[]): void {
  const computer = figures.find(({ what }) => what === 'computer');
  const rows = figures.flatMap(({ what, value, note, measured }) => {
    if (measured === undefined || !measured.figure.startsWith('page-')) return [];
    const limit = LIMITS.find(([name]) => name.test(measured.figure))?.[1];
    const judged = limit === undefined ? '' : measured.value <= limit ? 'kept' : '**not kept**';
    return [`| ${what} | ${value} | ${limit === undefined ? '' : String(limit)} | ${judged} | ${note} |`];
  });
  if (rows.length === 0) return;
  const text = `# How fast the page is

Written by \`npm run bench -- page --write\`; do not edit. Measured in Chromium on ${computer?.value ?? 'a computer'}, ${computer?.note ?? ''}.

64 nodes play what nodes of the lab once reported, for 500 endpoints; the page is the production build inside the emulator's
shell. _First frame_: from the act to the first painted frame that shows what was asked for. _Longest task_: the longest time
in which the page could not answer; browsers tell only of those above 50 ms, and other programs on a busy computer prolong it.
_Processor time_: what of the longest task was the page's own; the limit is for this. _Elements_: in the tool's document after the step.

| step | measured | limit | | note |
| ---- | -------: | ----: | - | ---- |
${rows.join('\n')}
`;
  writeFileSync(FILE, text);
}
