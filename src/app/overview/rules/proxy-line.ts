import type { Sentence } from '../../reachability/finding/finding';
import { otherProxies } from '../../reachability/run/other-proxies';
import { isForced, type RunState } from '../../reachability/run/run';
import { named } from '../../ui/words/named';
import type { Coming } from './answers';

/**
 * What a check learned of the nodes' proxies, in one sentence. Nothing is read for it.
 *
 * @param coming why there is no run yet; undefined where no check was made
 */
export function proxyLine(run: RunState | undefined, coming?: Coming): Sentence {
  const known = (run?.nodes ?? []).flatMap(({ proxy }) => (proxy === undefined ? [] : [proxy]));
  const [first] = known;
  if (first === undefined)
    return { key: (run === undefined && coming) || 'overview.proxy.unread', values: [] };
  const others = [...new Set(run?.nodes.flatMap(report => (isForced(run) ? [] : otherProxies(run, report))))];
  const machine = machineLine(known, run?.nodes.length ?? 0);
  return others.length === 0 ? machine : { key: 'overview.proxy.others', values: [machine, named(others)] };
}

function machineLine(known: readonly string[], nodes: number): Sentence {
  const [first = ''] = known;
  const all = nodes === known.length;
  const different = new Set(known).size;
  if (different > 1) return { key: 'overview.proxy.differs', values: [different] };
  const where: Sentence = all
    ? { key: 'overview.where.all', values: [] }
    : { key: 'overview.where.many', values: [known.length] };
  return first === ''
    ? { key: 'overview.proxy.none', values: [where] }
    : { key: 'overview.proxy.same', values: [where, first] };
}
