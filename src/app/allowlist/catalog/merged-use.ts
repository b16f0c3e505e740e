import { CLOUDS, type Cloud } from '../../cluster/cluster';
import { joinBlocks } from './blocks';
import { type Origin, REQUIREMENTS, type RuleUse, type UseBlocks } from './catalog';

export type Uses = readonly [RuleUse, ...RuleUse[]];

/**
 * The uses that one feature makes of one rule, in several regions, as one. Where they differ, the careful reading
 * holds: the strongest requirement, the longest time, and Arc gateway only where it is enough everywhere.
 */
export function mergeUses(uses: Uses, regions: readonly string[]): RuleUse {
  const [first] = uses;
  return {
    ...first,
    requirement:
      REQUIREMENTS.find(requirement => uses.some(use => use.requirement === requirement)) ??
      first.requirement,
    clouds: mergedClouds(uses),
    regions: mergedRegions(uses, regions),
    when: mergedWhen(uses),
    blocks: mergedBlocks(uses, regions),
    arcGateway: uses.every(use => use.arcGateway === first.arcGateway) ? first.arcGateway : false,
    correction: uses.find(use => use.correction !== undefined)?.correction,
    notRedirected: uses.find(use => use.notRedirected !== undefined)?.notRedirected,
    note: uses.find(use => use.note !== undefined)?.note,
    bypassInspection: uses.find(use => use.bypassInspection !== undefined)?.bypassInspection,
    origins: uses.flatMap(use => originsIn(use, regions)),
  };
}

/** Where one region does not say, all do not. */
function mergedWhen(uses: Uses): RuleUse['when'] {
  const said = new Set(uses.map(use => use.when));
  if (said.has(undefined)) return undefined;
  return said.size === 1 ? uses[0].when : 'both';
}

/** What the manifests say; a region whose manifest does not name the host adds nothing. */
function mergedBlocks(uses: Uses, regions: readonly string[]): UseBlocks | undefined {
  const said = uses.map(use => use.blocks).filter(blocks => blocks !== undefined);
  if (said.length === 0) return undefined;
  return { ...joinBlocks(said), origins: said.flatMap(blocks => originsIn(blocks, regions)) };
}

function mergedClouds(uses: Uses): readonly Cloud[] | undefined {
  if (uses.some(use => use.clouds === undefined)) return undefined;
  return CLOUDS.filter(cloud => uses.some(use => use.clouds?.includes(cloud)));
}

/** Undefined when it holds in every region that was asked for. */
function mergedRegions(uses: Uses, regions: readonly string[]): readonly string[] | undefined {
  if (uses.some(use => use.regions === undefined)) return undefined;
  const held = regions.filter(region => uses.some(use => use.regions?.includes(region)));
  return held.length === regions.length ? undefined : held;
}

function originsIn(use: Pick<RuleUse, 'origins'>, regions: readonly string[]): readonly Origin[] {
  return use.origins.filter(
    origin => origin.regions === undefined || origin.regions.some(region => regions.includes(region)),
  );
}
