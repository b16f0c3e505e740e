import { type Cause, isAtTheProxy } from '../../../reachability/verdict/causes';
import type { Text } from '../../../ui/words/text';
import type { FailingEndpoint } from '../../change/node-change';
import type { Wish } from '../../change/order';

/** Endpoints that are named; of more, that there are. */
const MOST_NAMED = 5;

/** What fails, and where: at the proxy itself, or behind it. */
export function failingTexts(t: Text, failing: readonly FailingEndpoint[], later: string): readonly string[] {
  const behind = failing
    .filter(({ cause }) => !isAtTheProxy(cause))
    .map(({ endpoint, verdict }) => `${endpoint} (${t(`reachability.verdict.${verdict}`)})`);
  return [
    ...atProxyTexts(t, failing),
    ...(behind.length > 0 ? [t(`proxy.preview.failing${later}`, someOf(behind))] : []),
  ];
}

/** One text for each way in which the proxy itself fails: an endpoint's own words would lead to the wrong place. */
export function atProxyTexts(t: Text, failing: readonly FailingEndpoint[]): readonly string[] {
  const byCause = new Map<Cause, string[]>();
  for (const { cause, endpoint } of failing)
    if (isAtTheProxy(cause)) byCause.set(cause, [...(byCause.get(cause) ?? []), endpoint]);
  return [...byCause].map(([cause, endpoints]) => {
    const words = `reachability.cause.${cause}`;
    return t('proxy.at-proxy', t(`${words}.meaning`), t(`${words}.action`), someOf(endpoints));
  });
}

/** Of the texts that speak of a setting that is tested through, or of what a node has afterwards. */
export function laterOf({ kind }: Wish): '' | '.afterwards' {
  return kind === 'set' ? '' : '.afterwards';
}

function someOf(names: readonly string[]): string {
  const named = names.slice(0, MOST_NAMED).join(', ');
  return names.length > MOST_NAMED ? `${named} …` : named;
}
