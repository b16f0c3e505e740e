import type { Allowlist } from '../../allowlist/list/allowlist';

/** Which list it is: the edition's id, and the region's where one is chosen. */
export function listIds({ edition, choice }: Allowlist): readonly string[] {
  const region = edition.regions?.find(({ id, cloud }) => id === choice.region && cloud === choice.cloud);
  return region === undefined ? [edition.id] : [edition.id, region.id];
}
