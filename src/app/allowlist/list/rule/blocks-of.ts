import { joinBlocks, severityOf } from '../../catalog/blocks';
import {
  type Blocked,
  type Blocks,
  type Feature,
  REQUIREMENTS,
  type Requirement,
  SEVERITIES,
  type Severity,
} from '../../catalog/catalog';
import type { AllowlistRow } from '../row';

/** What a row blocks, and who says so: a manifest of Microsoft's validator, or the catalog for the whole feature. */
export interface RowBlocks extends Blocks {
  readonly from: 'manifest' | 'feature';
}

/** Operations that the validator checks for. Of the others it says nothing, so they stay the feature's. */
const CHECKED: readonly Blocked[] = ['deployment', 'update', 'workload'];

/**
 * What does not work while the row's endpoint is not reachable. Nothing (`what` is empty) only for rules of the
 * administrator's own, of which no source says anything.
 */
export function blocksOf(row: Pick<AllowlistRow, 'use' | 'feature' | 'requirement'>): RowBlocks {
  const feature = blocksOfFeature(row.feature, row.requirement);
  if (row.use.blocks === undefined) return { ...feature, from: 'feature' };
  const { what, severity, less } = row.use.blocks;
  const beside = feature.what.filter(each => !CHECKED.includes(each));
  return {
    ...joinBlocks([
      { what, severity, less },
      ...beside.map(each => ({
        what: [each],
        severity: weaker(severityOf(feature, each) ?? 'informational', severity),
      })),
    ]),
    from: 'manifest',
  };
}

/** What several rows of one door block together. */
export function blocksOfAll(rows: readonly AllowlistRow[]): RowBlocks {
  const all = rows.map(blocksOf);
  return {
    ...joinBlocks(all),
    from: all.some(({ from }) => from === 'manifest') ? 'manifest' : 'feature',
  };
}

/** A rule that the feature needs less than others blocks it less hard. */
function blocksOfFeature({ blocks, uses }: Feature, requirement: Requirement): Blocks {
  if (blocks === undefined) return { what: [], severity: 'informational' };
  const rank = (each: Requirement): number => REQUIREMENTS.indexOf(each);
  const strongest = Math.min(rank(requirement), ...uses.map(use => rank(use.requirement)));
  const most = SEVERITIES[rank(requirement) - strongest] ?? 'informational';
  return joinBlocks(
    blocks.what.map(each => ({
      what: [each],
      severity: weaker(severityOf(blocks, each) ?? blocks.severity, most),
    })),
  );
}

function weaker(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b) ? a : b;
}
