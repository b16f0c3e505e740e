import { covers, isWildcard } from '../../../app/allowlist/catalog/host-pattern.ts';
import type { EditionFile } from '../compose.ts';
import { addMissing } from './add-missing.ts';
import {
  type FoldedFeature,
  type FoldedRule,
  type FoldedUse,
  type HostWords,
  isNarrowed,
  originsOf,
  pairsIn,
  regionsOf,
  sourceOf,
} from './folded.ts';
import { type JoinedBlocks, joinRows } from './join-blocks.ts';
import type { ManifestFile } from './manifest.ts';
import { doorsOf, keyOf, manifestsByRegion, type Region, type RegionManifest } from './scope.ts';
import type { ValidatorWords } from './words.ts';

/** What a manifest says of one use in one region. */
interface Said {
  readonly region: Region;
  readonly source: string;
  readonly blocks: JoinedBlocks;
  readonly origins: readonly unknown[];
}

/**
 * The edition with what the manifests say: its uses know what they block, and what only the validator asks for is added.
 * Uses whose regions say different things become several.
 */
export function withManifests(
  edition: EditionFile,
  manifests: readonly ManifestFile[],
  words: ValidatorWords,
  hosts: HostWords,
): EditionFile {
  const regions = (edition['regions'] ?? []) as readonly Region[];
  const applied = manifestsByRegion(regions, manifests);
  if (applied.length === 0) return edition;
  const rules = edition.rules as readonly FoldedRule[];
  const byId = new Map(rules.map(rule => [rule.id, rule]));
  const features = (edition.features as readonly FoldedFeature[]).map(feature => ({
    ...feature,
    ...(feature.uses && {
      uses: feature.uses.flatMap(use => {
        const rule = byId.get(use.rule);
        return rule === undefined || isNarrowed(use, rule)
          ? [use]
          : annotated(use, rule, edition, applied, words);
      }),
    }),
  }));
  const whole = addMissing({ features, rules }, applied, words, hosts);
  const sources = Object.fromEntries(
    applied.map(({ manifest }) => [sourceOf(manifest), manifest.source] as const),
  );
  return {
    ...edition,
    features: whole.features,
    rules: whole.rules,
    sources: { ...edition.sources, ...sources },
  };
}

function annotated(
  use: FoldedUse,
  rule: FoldedRule,
  edition: EditionFile,
  applied: readonly RegionManifest[],
  words: ValidatorWords,
): readonly FoldedUse[] {
  const here = regionsOf(use, rule, applied);
  const said = here.flatMap(each => saidOf(rule, each, edition, words));
  const notes = here.flatMap(each => noteOf(rule, each, words));
  if (said.length === 0 && notes.length === 0) return [use];
  const all = regionsIn(use, rule, edition);
  const groups = new Map<string, [string, ...string[]]>();
  for (const region of all) {
    const blocks = said.find(each => each.region.id === region)?.blocks;
    const note = notes.find(each => each.region === region)?.note;
    const key = JSON.stringify([blocks, note]);
    const group = groups.get(key);
    if (group) group.push(region);
    else groups.set(key, [region]);
  }
  return [...groups.values()].map(group => {
    const ofGroup = said.filter(each => group.includes(each.region.id));
    const note = notes.find(each => each.region === group[0])?.note;
    const [first] = ofGroup;
    return {
      ...(groups.size === 1 ? use : narrowed(use, group)),
      ...(first && { blocks: { ...first.blocks, origins: ofGroup.flatMap(({ origins }) => origins) } }),
      ...(note && { note }),
    };
  });
}

function narrowed(use: FoldedUse, regions: readonly string[]): FoldedUse {
  const holds = (origin: { readonly regions?: readonly string[] }): boolean =>
    origin.regions?.some(region => regions.includes(region)) ?? true;
  return { ...use, regions, ...(use.origins && { origins: use.origins.filter(holds) }) };
}

/** Ids of all regions of the edition in which a use holds, with a manifest or without. */
function regionsIn(use: FoldedUse, rule: FoldedRule, edition: EditionFile): readonly string[] {
  const clouds = use.clouds ?? rule.clouds;
  return ((edition['regions'] ?? []) as readonly Region[])
    .filter(({ id, cloud }) => clouds.includes(cloud) && (use.regions?.includes(id) ?? true))
    .map(({ id }) => id);
}

/** A wildcard is meant by what it covers only where the list does not have the host itself. */
function saidOf(
  rule: FoldedRule,
  applied: RegionManifest,
  edition: EditionFile,
  words: ValidatorWords,
): readonly Said[] {
  const doors = doorsOf(applied.manifest).filter(({ door }) =>
    isWildcard(rule.host)
      ? sameSocket(rule, door) && covers(rule.host, door.host) && !hasItself(edition, applied, keyOf(door))
      : keyOf(rule) === keyOf(door),
  );
  if (doors.length === 0) return [];
  return [
    {
      region: applied.region,
      source: sourceOf(applied.manifest),
      blocks: joinRows(
        doors.flatMap(({ rows }) => rows),
        words.blocks,
      ),
      origins: doors.flatMap(each => originsOf(each, applied)),
    },
  ];
}

function hasItself(edition: EditionFile, applied: RegionManifest, key: string): boolean {
  const rule = (edition.rules as readonly FoldedRule[]).find(each => keyOf(each) === key);
  if (rule === undefined) return false;
  return (edition.features as readonly FoldedFeature[]).some(
    ({ uses = [], vendor }) =>
      vendor === undefined &&
      uses.some(use => use.rule === rule.id && regionsOf(use, rule, [applied]).length > 0),
  );
}

function sameSocket(
  rule: Pick<FoldedRule, 'port' | 'protocol'>,
  door: { readonly port: number; readonly protocol: string },
): boolean {
  return rule.port === door.port && rule.protocol === door.protocol;
}

/** That the validator asks for another host where the published list asks for this one. */
function noteOf(
  rule: FoldedRule,
  { region, manifest }: RegionManifest,
  words: ValidatorWords,
): readonly { readonly region: string; readonly note: { readonly text: string; readonly source: string } }[] {
  const asked = new Set(doorsOf(manifest).map(({ door }) => door.host));
  const pairs = pairsIn(region, words).filter(
    ({ published, validator }) =>
      published.includes(rule.host) && asked.has(validator) && !asked.has(rule.host),
  );
  const [pair] = pairs;
  if (pair === undefined) return [];
  return [
    {
      region: region.id,
      note: {
        text: words.pairNote.replace('{validator}', pair.validator).replace('{published}', rule.host),
        source: sourceOf(manifest),
      },
    },
  ];
}
