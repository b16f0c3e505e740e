import type { NodeReport, RunState } from './run';

/** Proxies by which a node's endpoints were tried, other than its machine-wide one: those that clients have of their own. */
export function otherProxies(run: RunState, { node, proxy }: NodeReport): readonly string[] {
  const used = new Set<string>();
  for (const { route } of run.cells.get(node.name)?.values() ?? [])
    if (route.kind === 'proxy' && route.proxy !== undefined && route.proxy !== '') used.add(route.proxy);
  if (proxy !== undefined) used.delete(proxy);
  return [...used].sort();
}
