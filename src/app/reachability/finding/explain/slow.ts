import type { Owner } from '../../verdict/causes';
import type { SlowStep } from '../../verdict/times/slow';
import type { Sentence } from '../finding';
import { type Cell, groupBy, hostsOf, isMeasured, type Seen, without } from '../seen';
import { type Draft, duration, endpoints, sentence, where } from './draft';

/** Of fewer hosts nothing is said of a whole node. */
const ENOUGH_HOSTS = 3;
/** As many are listed; the results have the others. */
const MAX_LISTED = 40;

/**
 * What answered only after a large part of its time. That is no failure, so that these claim no result: they show it. One
 * for each step and proxy; what is slow at a node altogether is the node's own.
 */
export function slowDrafts(seen: Seen): readonly Draft[] {
  const slow = seen.cells.filter(({ result }) => result.slow !== undefined);
  const atNode = [...groupBy(slow, ({ result }) => result.node).values()]
    .filter(cells => isNodesOwn(cells, seen))
    .flat();
  const groups = groupBy(without(slow, atNode), ({ result }) =>
    `${result.slow?.step ?? ''} ${result.route.proxy ?? ''}`.trimEnd(),
  );
  return [
    ...(atNode.length === 0 ? [] : [draftOf('node', '', atNode, seen)]),
    ...[...groups].map(([about, cells]) =>
      draftOf(cells[0]?.result.slow?.step ?? 'http', about, cells, seen),
    ),
  ];
}

/**
 * Whether a node is busy, or its line full: no step stands out, or a step that leads to as many servers as there are hosts
 * is slow for most of them.
 */
function isNodesOwn(slow: readonly Cell[], seen: Seen): boolean {
  const [first] = slow;
  if (first === undefined || hostsOf(slow).length < ENOUGH_HOSTS) return false;
  const steps = [...groupBy(slow, ({ result }) => result.slow?.step).values()].map(({ length }) => length);
  const most = Math.max(...steps);
  if (most * 3 < slow.length * 2) return true;
  const measured = seen.of(first.result.node).filter(({ result }) => isMeasured(result));
  const step = slow.find(
    ({ result }) => SHARED.has(result.slow?.step ?? 'http') || result.route.kind === 'proxy',
  );
  return step === undefined && slow.length * 2 > measured.length;
}

/** One server does it for all hosts of a node, so that it alone can be slow. */
const SHARED: ReadonlySet<SlowStep> = new Set(['name', 'proxy']);

function draftOf(step: SlowStep | 'node', about: string, cells: readonly Cell[], seen: Seen): Draft {
  const longest = Math.max(...cells.map(({ result }) => totalMs(result)));
  return {
    kind: 'slow',
    about: step === 'node' ? step : about,
    cells: [],
    shownBy: cells,
    owner: ownerOf(step, cells),
    title: sentence(
      'finding.slow',
      endpoints(cells),
      duration(Math.round(longest / 1000)),
      where(cells, seen),
      sentence(`finding.slow.step.${step}`),
    ),
    next: sentence(`finding.slow.next.${step}`),
    ask: sentence(`finding.slow.ask.${step}`),
    context: measurements(cells),
  };
}

/** What a proxy does, and what is behind it, is the proxy team's. */
function ownerOf(step: SlowStep | 'node', cells: readonly Cell[]): Owner {
  if (step === 'node') return 'server';
  if (step === 'name') return 'dns';
  return step !== 'connect' && cells.every(({ result }) => result.route.kind === 'proxy')
    ? 'proxy'
    : 'network';
}

function measurements(cells: readonly Cell[]): readonly Sentence[] {
  const shown = cells
    .slice(0, MAX_LISTED)
    .map(({ entry, result }) =>
      sentence(
        'finding.context.slow',
        result.node,
        `${entry.host}:${entry.port}`,
        sentence(`reachability.details.phase.${result.slow?.step ?? 'http'}`),
        result.slow?.ms ?? 0,
        Math.round(totalMs(result)),
        `${result.startedAt.slice(0, 10)} ${result.startedAt.slice(11, 19)}`,
      ),
    );
  const more = cells.length - shown.length;
  return more === 0 ? shown : [...shown, sentence('finding.context.slow.more', more)];
}

function totalMs({ phases }: Cell['result']): number {
  return phases.reduce((sum, { ms }) => sum + ms, 0);
}
