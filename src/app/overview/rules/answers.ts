import type { Blocked } from '../../allowlist/catalog/catalog';
import type { Ability, CapabilityState } from '../../reachability/finding/capabilities';
import type { Sentence } from '../../reachability/finding/finding';

/** One line of the overview: can the cluster do this, and if not, what about it. */
export interface Answer {
  readonly id: Blocked;
  readonly state: Ability;
  readonly sentence: Sentence;
  /** Which results to look at next; undefined when there are none. */
  readonly next: 'failures' | 'unproven' | 'untested' | undefined;
  /** ISO 8601; undefined before the first check. */
  readonly checkedAt: string | undefined;
}

/** The sentence that says why nothing is known yet although a check was made. */
export type Coming = 'overview.reading' | 'overview.checking' | 'finding.explaining';

/** In this order lines are shown: what is broken first. */
const WORST_FIRST: readonly Ability[] = ['no', 'limited', 'not-checked', 'not-proven', 'yes'];
/** As many nodes are named. */
const NAMED = 3;

/**
 * The capabilities as sentences, worst first, otherwise in the catalog's order.
 *
 * @param nodes how many nodes the run was about; 0 before the first
 * @param coming why there are no capabilities of a run yet; undefined where no check was made
 */
export function answersOf(
  capabilities: readonly CapabilityState[],
  nodes: number,
  coming?: Coming,
): readonly Answer[] {
  const rank = ({ state }: Answer): number => WORST_FIRST.indexOf(state);
  return capabilities
    .map((each): Answer => ({
      id: each.id,
      state: each.state,
      sentence: sentenceOf(each, nodes, coming),
      next: nextOf(each, coming),
      checkedAt: each.checkedAt,
    }))
    .sort((a, b) => rank(a) - rank(b));
}

function sentenceOf(
  { state, about, limiting, sampled, nodes, untold, checkedAt, counts }: CapabilityState,
  all: number,
  coming: Coming | undefined,
): Sentence {
  const where = whereOf(nodes, all, untold);
  switch (state) {
    case 'yes':
      return { key: 'overview.yes', values: [] };
    case 'no': {
      const stops = { key: 'overview.no', values: [about, where] };
      const also = { key: 'overview.also-limits', values: [limiting] };
      return limiting === 0 ? stops : { key: 'overview.no-and', values: [stops, also] };
    }
    case 'limited':
      return { key: 'overview.limited', values: [about, where] };
    case 'not-checked':
      return checkedAt === undefined
        ? {
            key: coming ?? (nodes.length > 0 ? 'overview.nothing-tested' : 'overview.not-checked'),
            values: [],
          }
        : { key: 'overview.not-all-checked', values: [about, where] };
    case 'not-proven': {
      if (counts.notProven === 0) return { key: 'overview.sampled', values: [sampled] };
      const unproven = { key: 'overview.not-proven', values: [about] };
      const also = { key: 'overview.also-sampled', values: [sampled] };
      return sampled === 0 ? unproven : { key: 'overview.not-proven-and', values: [unproven, also] };
    }
  }
}

/** "all nodes", "node3 only", "node3 only; not tested from node4", "node1, node3", "5 nodes". */
function whereOf(nodes: readonly string[], all: number, untold: readonly string[]): Sentence {
  if (nodes.length === all && all > 1) return { key: 'overview.where.all', values: [] };
  if (nodes.length === 1) {
    const [only = ''] = nodes;
    if (untold.length === 0) return { key: 'overview.where.only', values: [only] };
    return untold.length <= NAMED
      ? { key: 'overview.where.untold', values: [only, untold.join(', ')] }
      : { key: 'overview.where.untold-many', values: [only, untold.length] };
  }
  return nodes.length <= NAMED
    ? { key: 'overview.where.some', values: [nodes.join(', ')] }
    : { key: 'overview.where.many', values: [nodes.length] };
}

function nextOf({ state, checkedAt, nodes }: CapabilityState, coming: Coming | undefined): Answer['next'] {
  switch (state) {
    case 'yes':
      return undefined;
    case 'no':
    case 'limited':
      return 'failures';
    case 'not-checked':
      return checkedAt !== undefined || (nodes.length > 0 && coming === undefined) ? 'untested' : undefined;
    case 'not-proven':
      return 'unproven';
  }
}
