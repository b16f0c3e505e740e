import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tool } from './tool.ts';

const FOLDER = join(import.meta.dirname, '../names');
/** With this variable the snapshots are written anew, to be read like a diff. */
const WRITES = process.env['WRITE_NAMES'] === '1';

/** Whose names a reader meets without what stands around them: by Tab, or in a list of the page's controls. */
const CONTROLS: ReadonlySet<string> = new Set([
  'button',
  'checkbox',
  'combobox',
  'gridcell',
  'searchbox',
  'spinbutton',
  'switch',
  'tab',
  'textbox',
]);
/** What leads a reader through a page. */
const PLACES: ReadonlySet<string> = new Set([
  'columnheader',
  'dialog',
  'grid',
  'group',
  'heading',
  'link',
  'list',
  'main',
  'progressbar',
  'region',
  'row',
  'rowgroup',
  'rowheader',
  'table',
  'tablist',
  'tabpanel',
  'term',
]);
/** Comes and goes with how busy the machine is that runs the test. */
const ONLY_WHEN_BUSY = /^"\d+ findings? about slow answers"$/;
/** Of the rows of a table these many are kept. */
const MOST = 3;

/** A line of the tree: one element, and how deep it stands. */
interface Line {
  readonly depth: number;
  readonly role: string;
  readonly name: string;
  /** As it is kept. */
  readonly text: string;
}

/**
 * Holds roles and names of the tool's document, as assistive programs get them, against the snapshot of this name; and
 * that each control has a name and shares it with no other.
 *
 * What a machine, a browser or an hour changes is not in it: texts without a role, times, what was measured, slow answers.
 *
 * @param within selector of the part that is meant
 */
export async function keepsNames(tool: Tool, name: string, within = 'body'): Promise<void> {
  const lines = readTree(await tool.frame.locator(within).ariaSnapshot());
  assert.deepEqual(unclear(lines), [], `${name}: names that say nothing by themselves`);
  const text = `${shorten(lines).join('\n')}\n`;
  const path = join(FOLDER, `${name}.txt`);
  if (WRITES) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(path, text);
  }
  assert.ok(
    existsSync(path),
    `${path} is missing: run this test once with WRITE_NAMES=1, and read what it wrote.`,
  );
  assert.equal(
    text,
    readFileSync(path, 'utf8'),
    `${name}: names or roles changed. If they are as they should be, run this test with WRITE_NAMES=1.`,
  );
}

/** Playwright's own tree, a line an element, two blanks a level. */
function readTree(snapshot: string): readonly Line[] {
  return snapshot.split('\n').flatMap((line): Line[] => {
    const [, indent = '', entry = ''] = /^( *)- (.*)$/.exec(line) ?? [];
    // Where a name has a colon, the whole entry stands in quotes.
    const whole = /^'(.*)':?/.exec(entry)?.[1]?.replaceAll("''", "'") ?? entry;
    const [, role = '', name = '', state = ''] =
      /^([a-z]+)(?: ("(?:[^"\\]|\\.)*"))?((?: \[[^\]]*\])*)/.exec(whole) ?? [];
    if (!CONTROLS.has(role) && !PLACES.has(role)) return [];
    // A row's name is that of its cells, one after the other.
    const clean = role === 'row' ? '' : timeless(name || textOf(role, whole));
    if (ONLY_WHEN_BUSY.test(clean)) return [];
    return [
      {
        depth: indent.length / 2,
        role,
        name: clean,
        text: `${role}${clean === '' ? '' : ` ${clean}`}${state.replace(/ \[(?:active|cursor)[^\]]*\]/g, '')}`,
      },
    ];
  });
}

/** Terms, and the groups of `<details>`, are named by what they hold. */
function textOf(role: string, entry: string): string {
  if (role !== 'term' && role !== 'group') return '';
  const [, text = ''] = /^[a-z]+: (.*)$/.exec(entry) ?? [];
  return text === '' ? '' : JSON.stringify(text.replace(/^"|"$/g, ''));
}

/** Hosts are broken before their dots where they are long, which Playwright takes for blanks; times are the hour's. */
function timeless(name: string): string {
  return name
    .replace(/ (?=[.:][\w*])/g, '')
    .replace(/\d{1,2}:\d{2}(?::\d{2})? [AP]M/g, '(time)')
    .replace(/[A-Z][a-z]{2} \d{1,2}, 20\d{2}, \(time\)|\d{1,2}\/\d{1,2}\/\d{2}, \(time\)/g, '(time)')
    .replace(/\d+(?:\.\d+)? (?:ms|s)\b/g, '(duration)');
}

function unclear(lines: readonly Line[]): readonly string[] {
  const seen = new Set<string>();
  return lines.flatMap(({ role, name }, index) => {
    // What opens one of several `<details>` is a control, too.
    if (!CONTROLS.has(role) && (role !== 'group' || name === '')) return [];
    // A heading of a column, of which each table has its own; Tab does not stop there.
    if (lines[index - 1]?.role === 'columnheader') return [];
    const own = `${role} ${name}`;
    if (name === '') return [`${role} without a name`];
    if (seen.has(own)) return [`two of ${own}`];
    seen.add(own);
    return [];
  });
}

/** Indented lines; of many rows one after the other, with what they hold, only the first. */
function shorten(lines: readonly Line[]): readonly string[] {
  const kept: string[] = [];
  /** By depth: the role seen last there, and how often in a row. */
  const runs: { role: string; count: number }[] = [];
  let hidden = Infinity;
  // Depths of what is left out by its role would be holes.
  const shown: number[] = [];
  for (const { depth, role, text } of lines) {
    if (depth > hidden) continue;
    hidden = Infinity;
    runs.length = Math.min(runs.length, depth + 1);
    const run = runs[depth];
    const count = run?.role === role ? run.count + 1 : 1;
    runs[depth] = { role, count };
    if (role === 'row' && count > MOST) {
      hidden = depth;
      continue;
    }
    while ((shown.at(-1) ?? -1) >= depth) shown.pop();
    kept.push(`${'  '.repeat(shown.length)}${text}`);
    shown.push(depth);
  }
  return kept;
}
