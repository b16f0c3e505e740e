import type { Allowlist } from '../../allowlist/list/allowlist';
import { listIds } from './list-ids';

/** The rules inside the network as a JSON array; the document has no shape for them, so they have one of ours. */
export function internalJson(allowlist: Allowlist): string {
  const { edition, internal } = allowlist;
  const [id, region] = listIds(allowlist);
  const entries = internal.map(
    ({ group, from, to, protocol, ports, requirement, purpose, note, origins }) => ({
      ...{ direction: 'internal', group, from, to, protocol, ports, requirement, purpose },
      ...(note !== undefined && { note }),
      edition: id,
      ...(region !== undefined && { region }),
      sources: origins.map(
        ({ source, section }) => `${edition.sources[source]?.title ?? source}: ${section}`,
      ),
    }),
  );
  return `${JSON.stringify(entries, null, 2)}\n`;
}
