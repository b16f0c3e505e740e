import { doorName } from '../../allowlist/catalog/door';
import type { TriedEndpoint } from '../../allowlist/list/only-rules';
import { resultsOf } from '../../reachability/record/run-file';
import type { RunState } from '../../reachability/run/run';
import type { ProbeResult } from '../../reachability/verdict/probe-result';
import { isFailure, type VerdictCode } from '../../reachability/verdict/verdicts';
import type { Text } from '../../ui/words/make-text';
import type { ChangeRequest } from '../allowlist/change-request';

/**
 * The request for what failed in a run: which nodes ask, by which addresses and which proxy, and for each endpoint, and each
 * wildcard for which one was tried, what was seen, from where and when. What works already is not asked for.
 */
export function failedRequest(run: RunState, t: Text): ChangeRequest {
  const failed = resultsOf(run).filter(({ verdict }) => isFailure(verdict));
  const seen = new Map<string, ProbeResult[]>();
  for (const result of failed)
    for (const host of [result.host, ...result.standsFor]) {
      const door = doorName({ ...result, host });
      seen.set(door, [...(seen.get(door) ?? []), result]);
    }
  const tried = new Map(failed.map(result => [doorName(result), endpointOf(result)]));
  return {
    about: 'failed',
    facts: [
      t('finding.request.cluster', run.request.cluster),
      t('finding.request.checked', utc(run.startedAt), utc(run.endedAt ?? run.startedAt)),
      ...run.nodes.map(report => nodeFact(report, t)),
      t('request.onlyFailed'),
    ],
    reasons: new Map([...seen].map(([door, results]) => [door, evidenceOf(results, t)])),
    tried: [...tried.values()],
    features: run.request.features,
  };
}

function endpointOf({ host, port, protocol, rules, standsFor }: ProbeResult): TriedEndpoint {
  return { host, port, protocol, rules, standsFor };
}

function nodeFact({ node, sources, proxy }: RunState['nodes'][number], t: Text): string {
  const name = node.fqdn === '' ? node.name : node.fqdn;
  const from = sources.length === 0 ? name : t('request.node.sources', name, sources.join(', '));
  if (proxy === undefined) return t('request.node.unknown', from);
  return proxy === '' ? t('request.node.direct', from) : t('request.node.proxy', from, proxy);
}

/** One sentence for each host and verdict, with the nodes that saw it. */
function evidenceOf(results: readonly ProbeResult[], t: Text): string {
  const groups = new Map<
    string,
    { readonly verdict: VerdictCode; readonly door: string; readonly seen: ProbeResult[] }
  >();
  for (const result of results) {
    const { host, port, verdict } = result;
    const door = `${host}:${port}`;
    const group = groups.get(`${door} ${verdict}`) ?? { verdict, door, seen: [] };
    group.seen.push(result);
    groups.set(`${door} ${verdict}`, group);
  }
  return [...groups.values()]
    .map(({ verdict, door, seen }) => {
      const nodes = [...new Set(seen.map(({ node }) => node))].join(', ');
      const times = seen
        .map(({ startedAt }) => utc(startedAt))
        .filter(time => time !== '')
        .sort();
      const said = t('request.seen', nodes, door, t(`reachability.verdict.${verdict}`));
      return times[0] === undefined ? said : t('request.seenAt', said, times[0]);
    })
    .join(' ');
}

/** `2026-11-24 07:00:03 UTC`. */
function utc(iso: string): string {
  return iso === '' ? '' : `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}
