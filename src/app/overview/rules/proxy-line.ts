import type { Sentence } from '../../reachability/finding/finding';
import type { RunState } from '../../reachability/run/run';

/** What a check learned of the nodes' proxies, in one sentence. Nothing is read for it. */
export function proxyLine(run: RunState | undefined): Sentence {
  const known = (run?.nodes ?? []).flatMap(({ proxy }) => (proxy === undefined ? [] : [proxy]));
  const [first] = known;
  if (first === undefined) return { key: 'overview.proxy.unread', values: [] };
  const all = run?.nodes.length === known.length;
  const different = new Set(known).size;
  if (different > 1) return { key: 'overview.proxy.differs', values: [different] };
  const where: Sentence = all
    ? { key: 'overview.where.all', values: [] }
    : { key: 'overview.where.many', values: [known.length] };
  return first === ''
    ? { key: 'overview.proxy.none', values: [where] }
    : { key: 'overview.proxy.same', values: [where, first] };
}
