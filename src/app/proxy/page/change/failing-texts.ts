import { type Cause, isAtTheProxy } from '../../../reachability/verdict/causes';
import type { Text } from '../../../ui/words/text';
import type { FailingEndpoint } from '../../change/node-change';
import type { Wish } from '../../change/order';
import { lossesOf, type PreviewRow, stateOf } from '../../change/preview/preview';

/** Causes whose advice sends to the Proxy tab, where the reader is. */
const SENT_HERE: ReadonlySet<Cause> = new Set([
  'proxy-name-not-resolved',
  'proxy-refused',
  'proxy-no-tunnel',
  'proxy-not-http',
]);
/** Endpoints that are named; of more, that there are. */
const MOST_NAMED = 5;

/** What a node would lose, and what fails where: at the proxy itself, or behind it. */
export function failingTexts(t: Text, row: PreviewRow): readonly string[] {
  const { preFlight, wish } = row;
  if (preFlight.at !== 'tested') return [];
  const { answered, failing } = preFlight.proof;
  // In whole: who chooses the node accepts these, and no others.
  const losses = stateOf(row) === 'loses' ? [t('proxy.preview.losses', namesOf(lossesOf(row)))] : [];
  const behind = failing
    .filter(({ cause }) => !isAtTheProxy(cause))
    .map(({ endpoint, verdict }) => `${endpoint} (${t(`reachability.verdict.${verdict}`)})`);
  return [
    ...losses,
    ...(answered.length > 0
      ? [t('proxy.preview.answered', someOf(answered.map(each => each.endpoint)))]
      : []),
    ...atProxyTexts(t, failing),
    ...(behind.length > 0 ? [t(`proxy.preview.failing${laterOf(wish)}`, someOf(behind))] : []),
  ];
}

/** One text for each way in which the proxy itself fails: an endpoint's own words would lead to the wrong place. */
export function atProxyTexts(t: Text, failing: readonly FailingEndpoint[]): readonly string[] {
  const byCause = new Map<Cause, string[]>();
  for (const { cause, endpoint } of failing)
    if (isAtTheProxy(cause)) byCause.set(cause, [...(byCause.get(cause) ?? []), endpoint]);
  return [...byCause].map(([cause, endpoints]) => {
    const words = `reachability.cause.${cause}`;
    const action = SENT_HERE.has(cause) ? `proxy.at-proxy.${cause}` : `${words}.action`;
    return t('proxy.at-proxy', t(`${words}.meaning`), t(action), someOf(endpoints));
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

/** `host:port`, with the protocol only where two of them share it; ids have it always. */
export function namesOf(ids: readonly string[]): string {
  const short = (id: string): string => id.replace(/\/[a-z]+$/, '');
  return ids
    .map(id => (ids.filter(other => short(other) === short(id)).length > 1 ? id : short(id)))
    .join(', ');
}
