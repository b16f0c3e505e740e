import { ownerOf } from '../../verdict/causes';
import { type Cell, entriesOf, groupBy, mainCause, type Seen } from '../seen';
import { type Draft, endpoints, sentence, where } from './draft';

/**
 * Lists of revoked certificates that cannot be fetched. What fails for it fails elsewhere: Windows fetches them by
 * WinHTTP while it checks the certificate of another host.
 *
 * @param cells of hosts that serve such lists
 */
export function revocationDrafts(cells: readonly Cell[], seen: Seen): readonly Draft[] {
  return [...groupBy(cells, ({ result }) => result.route.proxy ?? '')].map(([proxy, group]): Draft => {
    const cause = mainCause(group);
    return {
      kind: 'revocation',
      about: proxy,
      cells: group,
      owner: ownerOf(cause, group[0]?.result.route.kind),
      title: sentence('finding.revocation', endpoints(group), where(group, seen)),
      context: [wayOf(proxy, group)],
    };
  });
}

function wayOf(proxy: string, cells: readonly Cell[]): ReturnType<typeof sentence> {
  const isWinHttps = cells.every(({ result }) => result.route.client === 'winhttp');
  const way = proxy === '' ? 'direct' : 'proxy';
  return sentence(`finding.context.revocation.${isWinHttps ? way : `${way}.other`}`, proxy);
}

/** What else a finding means in which hosts of such lists fail among others. */
export function revocationContext(cells: readonly Cell[]): Draft['context'] {
  return entriesOf(cells).length === 0 ? [] : [sentence('finding.context.revocation', endpoints(cells))];
}
