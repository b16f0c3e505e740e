/** How the tests of a file, or of all, came out. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What came out, with what those that failed have said. */
export interface Result extends Count {
  readonly complaints: readonly string[];
}

/**
 * Counts what node's TAP reporter has written (its closing lines `# tests N`, `# pass N`, …): only what has no children
 * is a test. Without closing lines nothing is counted.
 */
export function readTap(text: string): { readonly count: Count; readonly last: string } {
  const number = (name: string): number => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const passed = number('pass');
  const skipped = number('skipped') + number('todo');
  const names = [...text.matchAll(/^\s*# Subtest: (.*)$/gm)].map(match => match[1] ?? '');
  return {
    count: { passed, skipped, failed: number('tests') - passed - skipped },
    last: names.at(-1) ?? 'nothing',
  };
}
