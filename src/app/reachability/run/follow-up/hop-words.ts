import type { Text } from '../../../ui/words/make-text';
import type { Hop } from './redirect-chain';

/** A place to which a redirect leads, what the list says of it, and what was seen there or why it was not tried. */
export function hopLine(hop: Hop, t: Text): string {
  const { host, port, listed } = hop;
  if (host === undefined || port === undefined) return hopState(hop, t);
  const inList = t(`reachability.hop.listed.${listed.kind}`, listed.kind === 'pattern' ? listed.pattern : '');
  return t('reachability.hop.line', `${host}:${port}`, inList, hopState(hop, t));
}

function hopState({ result, refused }: Hop, t: Text): string {
  if (refused !== undefined) return t(`reachability.hop.not.${refused}`);
  return result === undefined ? t('reachability.hop.untried') : t(`reachability.verdict.${result.verdict}`);
}
