import { type Allowlist } from '../../allowlist/list/allowlist';
import type { CoverageFinding } from './check-file';

/** How a feature stands: each of its doors counted once. */
export interface FeatureCoverage {
  readonly id: string;
  readonly title: string;
  readonly needed: number;
  readonly covered: number;
  readonly half: number;
  readonly missing: number;
}

/** One a feature that the nodes need something for, in the list's order. */
export function byFeature(
  { groups }: Allowlist,
  findings: readonly CoverageFinding[],
): readonly FeatureCoverage[] {
  const states = new Map(findings.map(finding => [doorOf(finding), finding.state]));
  return groups.flatMap(({ feature, rows }) => {
    // What was not compared, since others than the nodes need it, has no state.
    const found = [...new Set(rows.map(doorOf))].flatMap(door => states.get(door) ?? []);
    const count = (state: CoverageFinding['state']): number => found.filter(each => each === state).length;
    return found.length === 0
      ? []
      : [
          {
            ...{ id: feature.id, title: feature.title, needed: found.length },
            ...{ covered: count('covered'), half: count('half'), missing: count('missing') },
          },
        ];
  });
}

export function doorOf({
  host,
  port,
  protocol,
}: {
  readonly host?: string;
  readonly port?: number;
  readonly protocol?: string;
}): string {
  return `${host ?? ''}:${port ?? ''}/${protocol ?? ''}`;
}
