import type { Agreement } from './agreement';
import type { Line } from './lines';
import { stackedHeight } from './stacked-height';

const NONE = { hint: () => '', letters: () => 10 };

function line(door: string, cells: number): Line {
  const cell: Agreement = { scope: 'named', verdict: 'reachable', nodes: [0] };
  return {
    kind: 'result',
    key: door,
    row: { door } as never,
    cells: Array.from({ length: cells }, () => cell),
  };
}

describe('The height of stacked results', () => {
  it('is the least where that is enough, and never more than the most', () => {
    expect(stackedHeight([line('a.example:443', 1)], 260, NONE, 84, 240)).toBe(84);
    expect(stackedHeight([], 260, NONE, 84, 240)).toBe(84);
    expect(stackedHeight([line('a.example:443', 40)], 260, NONE, 84, 240)).toBe(240);
  });

  it('has room for each verdict of a line, for a long name, for its wildcard and for a long scope', () => {
    const plain = stackedHeight([line('a.example:443', 2)], 260, NONE, 0, 999);
    expect(stackedHeight([line('a.example:443', 3)], 260, NONE, 0, 999)).toBeGreaterThan(plain);
    expect(stackedHeight([line(`${'a'.repeat(60)}.example:443`, 2)], 260, NONE, 0, 999)).toBeGreaterThan(
      plain,
    );
    const hint = { ...NONE, hint: () => 'Checked for *.example' };
    expect(stackedHeight([line('a.example:443', 2)], 260, hint, 0, 999)).toBeGreaterThan(plain);
    const long = { ...NONE, letters: () => 45 };
    expect(stackedHeight([line('a.example:443', 2)], 260, long, 0, 999)).toBeGreaterThan(plain);
  });
});
