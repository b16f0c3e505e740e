import type { Agreement } from './agreement';
import type { ResultLine } from './lines';
import { lettersIn, mostRows, stackedHeight } from './stacked-height';

const NONE = { hint: () => '', letters: () => 10 };

function line(door: string, cells: number): ResultLine {
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

describe('The rows of results beside their endpoint', () => {
  const letters = { all: (): number => 12, verdict: (): number => 6 };

  it('are one as long as all stand beside each other, however many lines there are', () => {
    expect(mostRows([], 600, letters)).toBe(1);
    expect(mostRows([line('a.example:443', 4), line('b.example:443', 2)], 600, letters)).toBe(1);
  });

  it('are as many as the line needs whose nodes differ most', () => {
    const lines = [line('a.example:443', 1), line('b.example:443', 7)];
    expect(mostRows(lines, 600, letters)).toBe(2);
    expect(mostRows(lines, 300, letters)).toBe(4);
    // A result wider than the room has a row of its own, and the next one too.
    expect(mostRows([line('a.example:443', 3)], 100, letters)).toBe(3);
  });

  it('do not grow only to spell out the nodes that no other result names', () => {
    const { row, key } = line('a.example:443', 0);
    const cells: readonly Agreement[] = [
      { scope: 'others', verdict: 'reachable', nodes: [0, 1] },
      { scope: 'named', verdict: 'refused', nodes: [2] },
    ];
    expect(mostRows([{ kind: 'result', key, row, cells }], 210, letters)).toBe(1);
    expect(mostRows([{ kind: 'result', key, row, cells }], 190, letters)).toBe(2);
  });

  it('have room for names in capitals', () => {
    expect(lettersIn('NODE1')).toBeGreaterThan(lettersIn('node1'));
  });
});
