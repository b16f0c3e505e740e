import type { ListOrigin, ListTarget } from './read-list.ts';
import type { Words } from './words.ts';

/**
 * Why a list cannot be the one that it is imported as: its path names another region or vendor, or the region is in another
 * cloud. Undefined where nothing speaks against it; a path that names neither says nothing.
 */
export function originProblem(
  { path }: ListOrigin,
  target: ListTarget,
  { regions, vendors }: Pick<Words, 'regions' | 'vendors'>,
): string | undefined {
  const plain = path.toLowerCase().replace(/[^a-z0-9]/g, '');
  const longestIn = (names: readonly string[]): string | undefined =>
    names.filter(name => plain.includes(name)).sort((a, b) => b.length - a.length)[0];
  const vendor = /oem/i.test(path) ? longestIn(Object.keys(vendors)) : undefined;
  const region = vendor === undefined ? regionIn(path, longestIn(regions.map(({ id }) => id))) : undefined;
  if ('vendor' in target) {
    if (region !== undefined)
      return `it is from ${path}, the list of region ${region}: give --region ${region} with --cloud ${cloudOf(region)}`;
    return vendor === undefined || vendor === target.vendor
      ? undefined
      : `it is from ${path}, the list of vendor ${vendor}, not of ${target.vendor}: give --vendor ${vendor}`;
  }
  if (vendor !== undefined)
    return `it is from ${path}, the list of vendor ${vendor}: give --vendor ${vendor} instead of --region and --cloud`;
  if (region !== undefined && region !== target.region)
    return `it is from ${path}, the list of region ${region}, not of ${target.region}: give --region ${region}, or the file of ${target.region}`;
  const cloud = cloudOf(target.region);
  return cloud === target.cloud
    ? undefined
    : `region ${target.region} is in cloud ${cloud}, not in ${target.cloud}: give --cloud ${cloud}`;
}

/** `northeurope` of `HCI/NorthEuropeEndpoints/northeurope-hci-endpoints.md`, whether it is known or not. */
function regionIn(path: string, known: string | undefined): string | undefined {
  return (/(?:^|\/)([a-z]+\d?)-hci-endpoints\.md$/i.exec(path)?.[1] ?? known)?.toLowerCase();
}

/** Azure's regions say in their names which of the other clouds they are in. */
function cloudOf(region: string): string {
  return /^us(?:gov|dod)/.test(region) ? 'usgov' : region.startsWith('china') ? 'china' : 'public';
}
