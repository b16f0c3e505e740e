import { type Family, familyOf } from '../../plan/family';
import type { OtherFamily } from '../../verdict/probe-result';
import { hasNoIpv6 } from '../../verdict/other-family';
import { isFailure, isUnknown } from '../../verdict/verdicts';
import type { Sentence } from '../finding';
import { type Cell, groupBy, hostsOf, type Seen } from '../seen';
import { type Draft, endpoints, sentence, where } from './draft';

/** Of fewer hosts nothing is said of a whole family. */
const ENOUGH_HOSTS = 3;
/** As many are listed; the results have the others. */
const MAX_LISTED = 40;

interface Tried extends Cell {
  readonly other: OtherFamily;
  readonly family: Family;
}

/**
 * What answered at an address of one family and fails at one of the other. The endpoint works for clients that take the first,
 * or change over, so that these claim no result: they show it. One for each family; nodes from which none of it got through
 * are told apart from those where some did.
 */
export function familyDrafts(seen: Seen): readonly Draft[] {
  const tried = seen.cells.flatMap((cell): readonly Tried[] => {
    const { otherFamily: other, verdict } = cell.result;
    // What fails by both is explained by its own result.
    if (other === undefined || isFailure(verdict) || isUnknown(other.verdict) || hasNoIpv6(other)) return [];
    return [{ ...cell, other, family: familyOf(other.address) }];
  });
  const failing = new Map<string, Tried[]>();
  for (const here of groupBy(tried, ({ result, family }) => `${result.node} ${family}`).values()) {
    const failed = here.filter(({ other }) => isFailure(other.verdict));
    const isClosed = failed.length === here.length && hostsOf(here).length >= ENOUGH_HOSTS;
    for (const cell of failed) {
      const about = `${cell.family} ${isClosed ? 'closed' : 'part'}`;
      const known = failing.get(about);
      if (known) known.push(cell);
      else failing.set(about, [cell]);
    }
  }
  const byAbout = [...failing].sort(([a], [b]) => (a < b ? -1 : 1));
  return byAbout.map(([about, cells]) => draftOf(about, cells, seen));
}

const NAMES: Readonly<Record<Family, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

function draftOf(about: string, cells: readonly Tried[], seen: Seen): Draft {
  const family = cells[0]?.family ?? 'ipv6';
  const [name, other] = [NAMES[family], NAMES[family === 'ipv4' ? 'ipv6' : 'ipv4']];
  const isClosed = about.endsWith('closed');
  return {
    kind: 'family',
    about,
    cells: [],
    shownBy: cells,
    owner: 'network',
    title: sentence(
      `finding.family.${isClosed ? 'closed' : 'part'}`,
      name,
      endpoints(cells),
      where(cells, seen),
      other,
    ),
    next: sentence('finding.family.next', name, other),
    ask: sentence('finding.family.ask', name, other),
    context: lines(cells),
  };
}

function lines(cells: readonly Tried[]): readonly Sentence[] {
  const shown = cells
    .slice(0, MAX_LISTED)
    .map(({ entry, result, other }) =>
      sentence(
        'finding.context.family',
        result.node,
        `${entry.host}:${entry.port}`,
        other.address,
        sentence(`reachability.verdict.${other.verdict}`),
      ),
    );
  const more = cells.length - shown.length;
  return more === 0 ? shown : [...shown, sentence('finding.context.slow.more', more)];
}
