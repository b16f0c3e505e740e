import { covers } from '../../../app/allowlist/catalog/host-pattern.ts';
import type { ComposedEdition } from '../compose.ts';
import { type FoldedFeature, type FoldedRule, isNarrowed } from './folded.ts';
import { doorOf, type ManifestFile, type ManifestRow, SCOPES } from './manifest.ts';
import type { Region } from './scope.ts';
import { exceptionFor, type ValidatorWords } from './words.ts';

/** Rows that the edition does not cover everywhere and no exception excuses. */
export function addedRows(
  edition: ComposedEdition,
  manifest: ManifestFile,
  words: ValidatorWords,
): readonly ManifestRow[] {
  const places = placesOf(manifest, (edition['regions'] ?? []) as readonly Region[]);
  const missing = new Set(places.flatMap(place => missingIn(edition, manifest, place, words)));
  return manifest.rows.filter(row => missing.has(row));
}

/**
 * Rows that the edition does not cover and no exception excuses; a sentence each, with the way to mend it. A manifest for one
 * region is held against that region, `global` against public ones without a manifest of their own, that of
 * disconnected operations against everything.
 */
export function coverageProblems(
  edition: ComposedEdition,
  manifests: readonly ManifestFile[],
  words: ValidatorWords,
): readonly string[] {
  const own = new Set(manifests.map(({ region }) => region));
  const regions = (edition['regions'] ?? []) as readonly Region[];
  return manifests.flatMap(manifest => {
    const places = placesOf(manifest, regions);
    if (places.length === 0)
      return [
        `the manifest "${manifest.region}" is of no region that ${edition.id} has: import the region's list first.`,
      ];
    return places
      .filter(place => place === undefined || place.id === manifest.region || !own.has(place.id))
      .flatMap(place =>
        missingIn(edition, manifest, place, words).map(
          ({ endpoint, name }) =>
            `${endpoint === '' ? 'a check without endpoint' : endpoint} (${name}) of the manifest "${manifest.region}" is not covered in ${place?.id ?? 'any region'}: import the manifest for ${edition.id} again, or say in "exceptions" of src/catalog/validator.json why it need not be.`,
        ),
      );
  });
}

function missingIn(
  edition: ComposedEdition,
  manifest: ManifestFile,
  place: Region | undefined,
  words: ValidatorWords,
): readonly ManifestRow[] {
  return manifest.rows.filter(
    row => exceptionFor(row, words) === undefined && !isCovered(edition, row, place),
  );
}

/** Undefined: the edition as a whole. */
function placesOf({ region }: ManifestFile, regions: readonly Region[]): readonly (Region | undefined)[] {
  if (region === SCOPES['global']) return regions.filter(({ cloud }) => cloud === 'public');
  if (region === SCOPES['azurelocal']) return [undefined];
  return regions.filter(({ id }) => id === region);
}

function isCovered(
  { features, rules }: ComposedEdition,
  row: ManifestRow,
  place: Region | undefined,
): boolean {
  const door = doorOf(row);
  if (door === undefined) return false;
  const over = new Map(
    (rules as readonly FoldedRule[])
      .filter(
        rule => rule.port === door.port && rule.protocol === door.protocol && covers(rule.host, door.host),
      )
      .map(rule => [rule.id, rule]),
  );
  return (features as readonly FoldedFeature[]).some(
    ({ uses = [], vendor, optIn }) =>
      vendor === undefined &&
      (place === undefined || optIn === undefined) &&
      uses.some(use => {
        const rule = over.get(use.rule);
        return (
          rule !== undefined &&
          !isNarrowed(use, rule) &&
          (place === undefined ||
            ((use.clouds ?? rule.clouds).includes(place.cloud) && (use.regions?.includes(place.id) ?? true)))
        );
      }),
  );
}

/** A sentence for each. */
export function uselessExceptions(
  manifests: readonly ManifestFile[],
  { exceptions }: ValidatorWords,
): readonly string[] {
  const rows = manifests.flatMap(manifest => manifest.rows);
  return exceptions
    .filter(exception => !rows.some(row => exceptionFor(row, { exceptions: [exception] })))
    .map(
      ({ endpoint, check }) =>
        `the exception for ${endpoint ?? check ?? 'nothing'} excuses no row of any manifest: take it out of src/catalog/validator.json.`,
    );
}
