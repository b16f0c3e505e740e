import { isReachableState } from '../../cluster/cluster';
import { countText } from '../../ui/words/count';
import type { Text } from '../../ui/words/make-text';
import type { Tally } from '../verdict/verdicts';
import { tallyOf } from './matrix';
import { progressOf, type RunState } from './run';

/** The sentence on how many results say what. */
export function summaryOf(run: RunState, t: Text): string {
  return tallySentence(tallyOf(run), t);
}

export function tallySentence({ proven, unproven, failed, unknown }: Tally, t: Text): string {
  const count = (each: number): string => countText(each, t);
  return t('reachability.summary', count(proven), count(unproven), count(failed), count(unknown));
}

export function progressText({ done, total }: { done: number; total: number }, t: Text): string {
  return t('reachability.progress', countText(done, t), countText(total, t));
}

/** Whether it is over because the gateway went, and not because all of it is done. */
function isCutOff({ nodes }: RunState): boolean {
  return nodes.some(({ ended }) => ended === 'gateway-failed');
}

/**
 * What a screen reader is told of a run: start, quarters and end, and nothing in between. The same sentence stands until
 * the next milestone, so that it is spoken once.
 */
export function announcementOf(run: RunState, t: Text): string {
  switch (run.status) {
    case 'finished':
      return t(`reachability.live.${isCutOff(run) ? 'lost' : 'finished'}`, summaryOf(run, t));
    case 'cancelled':
    case 'interrupted':
      return t('reachability.live.cancelled', summaryOf(run, t));
    case 'running': {
      const { done, total } = progressOf(run);
      // All is measured a moment before it is over; the end speaks for itself.
      const quarter = total === 0 ? 0 : Math.min(3, Math.floor((4 * done) / total)) * 25;
      if (quarter > 0) return t('reachability.live.progress', quarter);
      const nodes = run.nodes.filter(({ node }) => isReachableState(node.state)).length;
      const { length } = run.plan.targets;
      return t(
        'reachability.live.started',
        t('reachability.live.nodes', nodes),
        t('reachability.live.endpoints', length),
      );
    }
  }
}
