import { runOf } from '../../../../test/jest/runs';
import { endedAt } from '../../../../test/jest/observations';
import { matrixRows, type MatrixRow } from '../run/matrix';
import { countsOfSections, linesOf } from './lines';
import { keepLines } from './moves';
import { filterResults, NO_RESULT_FILTER, type ResultFilter } from './result-filter';

const FACTS = { features: [], requirements: new Set<string>(), blocks: new Set<string>() };
const NODES = ['n1', 'n2', 'n3'];
const run = runOf(
  NODES,
  ['a.example:443', 'b.example:443', 'c.example:443', 'd.example:443'],
  (node, { host }) => {
    const dropped = endedAt({ phase: 'connect', outcome: 'timeout' });
    if (node === 'n3') return undefined;
    if (host === 'c.example') return dropped;
    return host === 'd.example' && node === 'n2' ? dropped : {};
  },
);
const rows = matrixRows(run);
const hosts = (left: readonly MatrixRow[]): readonly string[] => left.map(row => row.entry.host);
const left = (filter: Partial<ResultFilter>): readonly string[] =>
  hosts(filterResults(rows, { ...NO_RESULT_FILTER, ...filter }, NODES, () => FACTS));

describe('Filtering results', () => {
  it('leaves all of them where nothing is wished', () => {
    expect(left({})).toHaveLength(4);
  });

  it('finds failures, and takes a node that measured nothing for none', () => {
    expect(left({ kind: 'failed' })).toEqual(['c.example', 'd.example']);
    expect(left({ kind: 'failed', node: 'n1' })).toEqual(['c.example']);
    expect(left({ kind: 'failed', node: 'n3' })).toEqual([]);
  });

  it('finds the endpoints on which nodes differ, comparing measurements only', () => {
    expect(left({ onlyDifferences: true })).toEqual(['d.example']);
    expect(left({ onlyDifferences: true, text: 'C.EXAMPLE' })).toEqual([]);
  });

  it('takes a pasted address by its host', () => {
    expect(left({ text: 'https://b.example/x?y' })).toEqual(['b.example']);
  });
});

describe('The heading of a feature', () => {
  it('tells of all its endpoints, also where a filter shows only some', () => {
    const failed = filterResults(rows, { ...NO_RESULT_FILTER, kind: 'failed' }, NODES, () => FACTS);
    const counts = countsOfSections(rows, () => FACTS);
    const [heading, ...shown] = linesOf(failed, 'short', new Set(), () => FACTS, counts);
    expect(heading).toMatchObject({ kind: 'section', endpoints: 4, failing: 2, untold: 0 });
    expect(shown).toHaveLength(2);
  });
});

describe('Lines under the reader', () => {
  it('stay where they are, and new ones come at the end', () => {
    const lines = linesOf(rows, 'short', new Set(), () => FACTS, new Map());
    const shown = [...lines].reverse().slice(0, 3);
    expect(keepLines(shown, lines).slice(0, 3)).toEqual(shown);
    expect(keepLines(shown, lines)).toHaveLength(lines.length);
  });
});
