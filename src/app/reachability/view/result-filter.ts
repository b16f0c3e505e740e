import type { Requirement } from '../../allowlist/catalog/catalog';
import type { Sorting } from '../../ui/tables/sorting';
import type { MatrixRow } from '../run/matrix';
import { type Grade, gradeOf, GRADES, isUnknown, VERDICTS, type VerdictCode } from '../verdict/verdicts';
import type { EntryFacts } from './entry-facts';

/** '' stands for no wish. */
export interface ResultFilter {
  /** Part of a host name and port; a pasted URL counts by its host, a wildcard also finds its examples. */
  readonly text: string;
  readonly kind: Grade | '';
  readonly verdict: VerdictCode | '';
  /** Only what this node measured counts for `kind` and `verdict`. */
  readonly node: string;
  readonly feature: string;
  readonly requirement: Requirement | '';
  readonly blocks: string;
  readonly onlyDifferences: boolean;
  /** Leaves no row out, but gives each node its own cell. */
  readonly everyNode: boolean;
  /** Leaves no row out, either. */
  readonly sorting: Sorting;
}

export const NO_RESULT_FILTER: ResultFilter = {
  text: '',
  kind: '',
  verdict: '',
  node: '',
  feature: '',
  requirement: '',
  blocks: '',
  onlyDifferences: false,
  everyNode: false,
  sorting: '',
};

/** How many wishes narrow the rows, without those that the page shows open. */
export function wishesOf({ verdict, node, feature, requirement, blocks }: ResultFilter): number {
  return [verdict, node, feature, requirement, blocks].filter(wish => wish !== '').length;
}

/** The rows that meet every wish. */
export function filterResults(
  rows: readonly MatrixRow[],
  filter: ResultFilter,
  nodes: readonly string[],
  factsOf: (row: MatrixRow) => EntryFacts,
): readonly MatrixRow[] {
  const text = filter.text.trim().toLowerCase();
  const node = filter.node === '' ? -1 : nodes.indexOf(filter.node);
  return rows.filter(row => {
    if (text !== '' && !matchesText(row, text)) return false;
    if (!matchesVerdict(row, filter, node)) return false;
    if (filter.onlyDifferences && !nodesDiffer(row)) return false;
    if (filter.feature === '' && filter.requirement === '' && filter.blocks === '') return true;
    const facts = factsOf(row);
    return (
      (filter.feature === '' || facts.features.some(({ id }) => id === filter.feature)) &&
      (filter.requirement === '' || facts.requirements.has(filter.requirement)) &&
      (filter.blocks === '' || facts.blocks.has(filter.blocks))
    );
  });
}

function matchesText({ entry }: MatrixRow, text: string): boolean {
  const host = text.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return (
    `${entry.host}:${entry.port}`.toLowerCase().includes(host) ||
    (host.includes('*') && entry.standsFor.some(pattern => pattern.toLowerCase().includes(host)))
  );
}

function matchesVerdict(row: MatrixRow, { kind, verdict }: ResultFilter, node: number): boolean {
  if (kind === '' && verdict === '') return true;
  const cells = node < 0 ? row.cells : row.cells.slice(node, node + 1);
  return cells.some(
    cell =>
      cell !== undefined &&
      (kind === '' || gradeOf(cell.verdict) === kind) &&
      (verdict === '' || cell.verdict === verdict),
  );
}

/** Only measurements are compared. */
function nodesDiffer(row: MatrixRow): boolean {
  let first: VerdictCode | undefined;
  for (const cell of row.cells) {
    if (cell === undefined || isUnknown(cell.verdict)) continue;
    first ??= cell.verdict;
    if (cell.verdict !== first) return true;
  }
  return false;
}

const TEXT_LIMIT = 200;

/** As text that survives a reload. */
export function keepResultFilter(filter: ResultFilter): string {
  return JSON.stringify(filter);
}

/** What other code may have written there becomes no wish. */
export function readResultFilter(kept: string | undefined): ResultFilter {
  let json: unknown;
  try {
    json = JSON.parse(kept ?? '{}');
  } catch {
    return NO_RESULT_FILTER;
  }
  const fields = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  const text = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' && value.length <= TEXT_LIMIT ? value : '';
  };
  return {
    text: text('text'),
    kind: GRADES.find(kind => kind === fields['kind']) ?? '',
    verdict: VERDICTS.find(verdict => verdict === fields['verdict']) ?? '',
    node: text('node'),
    feature: text('feature'),
    requirement:
      (['required', 'recommended', 'optional'] as const).find(
        requirement => requirement === fields['requirement'],
      ) ?? '',
    blocks: text('blocks'),
    onlyDifferences: fields['onlyDifferences'] === true,
    everyNode: fields['everyNode'] === true,
    sorting: text('sorting'),
  };
}
