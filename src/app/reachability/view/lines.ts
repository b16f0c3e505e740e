import { hostKey, sortedBy, type Sorting } from '../../ui/tables/sorting';
import type { MatrixRow } from '../run/matrix';
import { isFailure, isUnknown, VERDICTS, type VerdictCode } from '../verdict/verdicts';
import { type Agreement, agreementsOf, failsSomewhere } from './agreement';
import type { EntryFacts } from './entry-facts';

/** What is said of all endpoints of a feature, whichever of them are shown. */
export interface SectionCounts {
  readonly endpoints: number;
  readonly failing: number;
  /** Of which no node has told anything. */
  readonly untold: number;
}

/** The heading of a feature's endpoints. */
export interface SectionLine extends SectionCounts {
  readonly kind: 'section';
  readonly key: string;
  readonly id: string;
  /** '' for endpoints whose rules are not in the list. */
  readonly title: string;
}

/** An endpoint and what is shown of its results. */
export interface ResultLine {
  readonly kind: 'result';
  readonly key: string;
  readonly row: MatrixRow;
  readonly cells: readonly Agreement[];
}

export type Line = SectionLine | ResultLine;

/** `short`: nodes that agree are one cell. `nodes`: a cell each. `list`: a line for each endpoint and node. */
export type Layout = 'short' | 'nodes' | 'list';

/** By what results are sorted beside the column of a node. The worst result is the greatest. */
export const RESULT_SORTINGS = ['endpoint', '-endpoint', '-result', 'result'] as const;
const NODE = 'node:';

/** The column of a node in {@link Sorting}. */
export function nodeColumn(node: string): string {
  return `${NODE}${node}`;
}

/** Lines without headings, by one column: over all features the worst, or what stands beside one another by name. */
export function sortedLinesOf(
  rows: readonly MatrixRow[],
  layout: Layout,
  silent: ReadonlySet<number>,
  sorting: Sorting,
  nodes: readonly string[],
): readonly Line[] {
  const sorted = sortedBy(rows, sorting, (row, column) => {
    if (column === 'endpoint') return hostKey(row.door);
    const verdict = row.cells[nodes.indexOf(column.slice(NODE.length))]?.verdict;
    return column === 'result' ? worstOf(row) : verdict === undefined ? -1 : badnessOf(verdict);
  });
  return sorted.flatMap(row => resultLines(row, layout, silent));
}

/** By the id under which the endpoints stand. */
export function countsOfSections(
  rows: readonly MatrixRow[],
  factsOf: (row: MatrixRow) => EntryFacts,
): ReadonlyMap<string, SectionCounts> {
  const sections = new Map<string, SectionCounts>();
  for (const row of rows) {
    const id = sectionOf(factsOf(row));
    const { endpoints = 0, failing = 0, untold = 0 } = sections.get(id) ?? {};
    sections.set(id, {
      endpoints: endpoints + 1,
      failing: failing + Number(failsSomewhere(row)),
      untold: untold + Number(isUntold(row)),
    });
  }
  return sections;
}

function sectionOf({ features: [first] }: EntryFacts): string {
  return first?.id ?? '';
}

/** Rows under the first feature that needs them; features with the worst failures first, then in the list's order. */
export function linesOf(
  rows: readonly MatrixRow[],
  layout: Layout,
  silent: ReadonlySet<number>,
  factsOf: (row: MatrixRow) => EntryFacts,
  counts: ReadonlyMap<string, SectionCounts>,
): readonly Line[] {
  const sections = new Map<string, { title: string; rows: MatrixRow[]; worst: number; place: number }>();
  rows.forEach(row => {
    const facts = factsOf(row);
    const id = sectionOf(facts);
    const section = sections.get(id);
    const worst = worstOf(row);
    if (section === undefined) {
      sections.set(id, { title: facts.features[0]?.title ?? '', rows: [row], worst, place: sections.size });
    } else {
      section.rows.push(row);
      section.worst = Math.max(section.worst, worst);
    }
  });
  const sorted = [...sections].sort(
    ([, first], [, second]) =>
      Number(second.worst > 1) - Number(first.worst > 1) || first.place - second.place,
  );
  return sorted.flatMap(([id, section]): readonly Line[] => [
    {
      kind: 'section',
      key: `section ${id}`,
      id,
      title: section.title,
      ...(counts.get(id) ?? { endpoints: 0, failing: 0, untold: 0 }),
    },
    ...section.rows.flatMap(row => resultLines(row, layout, silent)),
  ]);
}

function resultLines(row: MatrixRow, layout: Layout, silent: ReadonlySet<number>): readonly ResultLine[] {
  const { id } = row.entry;
  if (layout === 'short') return [{ kind: 'result', key: id, row, cells: agreementsOf(row, silent) }];
  return layout === 'nodes'
    ? [new LineOfNodes(row)]
    : row.cells.map((_, index) => ({
        kind: 'result',
        key: `${index} ${id}`,
        row,
        cells: [cellOf(row, index)],
      }));
}

/** A cell for each node; made when somebody looks: of 32,000 a screen shows some hundred. */
class LineOfNodes implements ResultLine {
  readonly kind = 'result';
  readonly key: string;
  #cells: readonly Agreement[] | undefined;

  constructor(readonly row: MatrixRow) {
    this.key = row.entry.id;
  }

  get cells(): readonly Agreement[] {
    return (this.#cells ??= this.row.cells.map((_, index) => cellOf(this.row, index)));
  }
}

function cellOf({ cells }: MatrixRow, index: number): Agreement {
  return { scope: 'named', verdict: cells[index]?.verdict, nodes: [index] };
}

function isUntold({ cells }: MatrixRow): boolean {
  return cells.every(cell => cell === undefined || isUnknown(cell.verdict));
}

/** 0: nothing known; 1: nothing wrong; more: how bad the worst failure is. */
function worstOf({ cells }: MatrixRow): number {
  let worst = 0;
  for (const cell of cells) {
    if (cell === undefined) continue;
    worst = Math.max(worst, badnessOf(cell.verdict));
  }
  return worst;
}

function badnessOf(verdict: VerdictCode): number {
  return isFailure(verdict) ? VERDICTS.indexOf(verdict) + 1 : 1;
}
