import type { Text } from '../../ui/words/make-text';
import { OWN_WAY } from '../plan/way';
import type { Elsewhere } from './elsewhere';
import { isForced, type RunState } from './run';

/** The way that a run went, in a word or two. */
export function wayWord({ request }: Pick<RunState, 'request'>, t: Text): string {
  const { kind, proxy } = request.way ?? OWN_WAY;
  return kind === 'proxy'
    ? t('reachability.details.route.proxy', proxy ?? '')
    : t(`reachability.options.way.${kind}`);
}

/** That another way was forced on a run than the nodes' own, and what that means; '' where none was. */
export function forcedWay(run: RunState | undefined, t: Text): string {
  if (run === undefined || !isForced(run)) return '';
  const { kind, proxy } = run.request.way ?? OWN_WAY;
  const isTime = kind !== 'direct' && run.plan.targets.some(({ protocol }) => protocol === 'udp');
  return [
    t(`reachability.way.${kind}`, proxy ?? ''),
    isTime ? t('reachability.way.udp') : '',
    t('reachability.way.meaning'),
  ]
    .filter(sentence => sentence !== '')
    .join(' ');
}

/** That a run is of another cluster than this, and what that means; '' where it is of this one. */
export function elsewhereText(run: RunState | undefined, why: Elsewhere | undefined, t: Text): string {
  if (run === undefined || why === undefined) return '';
  const nodes = run.nodes.map(({ node }) => node.name).join(', ');
  return t(`reachability.elsewhere.${why}`, run.request.cluster, nodes);
}
