import { basename } from 'node:path';
import { addressOf, SCOPES } from '../validator/manifest.ts';
import type { ReadManifest } from '../validator/read-rows.ts';
import type { Problem } from './problem.ts';

/** A region that the edition has. */
export interface KnownRegion {
  readonly id: string;
  readonly title: string;
  readonly cloud: string;
  /** Azure's own name, where the list's is another one; the validator uses it. */
  readonly azureName?: string;
}

/** A place that names a region. */
interface Named {
  readonly where: string;
  readonly line: number;
  readonly region: string;
}

/**
 * The region that a manifest is of: the option, its first line, the file's name and its rows must agree. Gives its id, or
 * one of {@link SCOPES}; or what contradicts.
 */
export function regionOf(
  file: string,
  manifest: ReadManifest,
  given: string | undefined,
  edition: { readonly id: string; readonly regions: readonly KnownRegion[] },
): { readonly region: string } | { readonly problems: readonly Problem[] } {
  const known = (name: string): string | undefined => idOf(name, edition.regions);
  const named = [
    ...(given === undefined ? [] : [{ where: '--region', line: 1, region: given }]),
    ...madeOf('the first line', 1, nameIn(manifest.origin?.path)),
    ...madeOf('the name of the file', 1, nameIn(basename(file)) ?? ownName(file, known)),
    ...manifest.rows.flatMap(({ region, line, lines, name }) =>
      region === undefined || region.toLowerCase() === 'global'
        ? []
        : [{ where: `the target "${name}"`, line: lines?.region ?? line, region }],
    ),
  ];
  const [first] = named;
  if (first === undefined)
    return manifest.rows.some(({ region }) => region !== undefined)
      ? { region: 'global' }
      : problem(1, 'it does not say of which region it is: name it with --region');
  const region = known(first.region);
  if (region === undefined)
    return problem(
      first.line,
      `${first.where} says ${first.region}, and ${edition.id} has no such region: import the region's list first, or give --region with one of ${edition.regions.map(({ id }) => id).join(', ')}`,
    );
  const others = named.filter(each => known(each.region) !== region);
  if (others.length > 0)
    return {
      problems: others.map(each => ({
        line: each.line,
        text: `${each.where} is of ${each.region}, and ${first.where} says ${first.region}: take the region's own manifest, or mend the name that is wrong`,
      })),
    };
  const foreign = foreignHost(manifest, region, edition.regions);
  return foreign === undefined ? { region } : { problems: [foreign] };
}

function problem(line: number, text: string): { readonly problems: readonly Problem[] } {
  return { problems: [{ line, text }] };
}

function madeOf(where: string, line: number, region: string | undefined): readonly Named[] {
  return region === undefined ? [] : [{ where, line, region }];
}

/** `AzStackHciConnectivityTargets-EastUS.xml` names its region. */
function nameIn(path: string | undefined): string | undefined {
  return path === undefined ? undefined : /AzStackHciConnectivityTargets-([\w-]+)\.\w+$/i.exec(path)?.[1];
}

/** `eastus.tsv` does, too, where it is one. */
function ownName(file: string, known: (name: string) => string | undefined): string | undefined {
  const name = basename(file).replace(/\.[^.]*$/, '');
  return known(name) === undefined ? undefined : name;
}

function idOf(name: string, regions: readonly KnownRegion[]): string | undefined {
  const lower = name.toLowerCase();
  if (Object.hasOwn(SCOPES, lower)) return SCOPES[lower];
  return regions.find(({ id, azureName }) => id === lower || azureName === lower)?.id;
}

/** An endpoint of another region, in a manifest that has none of its own. Some of every region's are of others, too. */
function foreignHost(
  { rows }: ReadManifest,
  region: string,
  regions: readonly KnownRegion[],
): Problem | undefined {
  const own = regions.find(({ id }) => id === region);
  if (own === undefined) return undefined;
  const isOf = (endpoint: string, { id, azureName = id }: KnownRegion): boolean => {
    const [label = ''] = addressOf(endpoint).host.split('.');
    return label === azureName || label.startsWith(`${azureName}-`);
  };
  if (rows.some(({ endpoint }) => isOf(endpoint, own))) return undefined;
  for (const { endpoint, line } of rows) {
    const other = regions.find(each => isOf(endpoint, each));
    if (other !== undefined)
      return {
        line,
        text: `"${endpoint}" is of ${other.id}, and no endpoint is of ${region}: take the manifest of ${region}, or give --region ${other.id}`,
      };
  }
  return undefined;
}
