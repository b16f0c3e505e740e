import { editionName } from '../../allowlist/choice/edition-words';
import type { Allowlist } from '../../allowlist/list/allowlist';
import type { Text } from '../../ui/words/make-text';
import type { RunRequest } from './run';

/** What a check of this list asks, for the cluster of this name. */
export function requestOf(
  { edition, choice, groups }: Allowlist,
  { cluster, timeoutMs }: Pick<RunRequest, 'cluster' | 'timeoutMs'>,
  t: Text,
): RunRequest {
  return {
    cluster,
    cloud: choice.cloud,
    features: groups.filter(({ rows }) => rows.length > 0).map(({ feature }) => feature.id),
    edition: { id: edition.id, published: edition.published, name: editionName(edition, t) },
    ...(choice.region !== undefined && { region: choice.region }),
    ...(choice.vendor !== undefined && { vendor: choice.vendor }),
    ...(choice.arcGateway && { arcGateway: true }),
    timeoutMs,
  };
}
