import type { Node } from '../../cluster/cluster';
import type { EditionSummary, Region } from '../catalog/catalog';

/** Proposed when the nodes do not tell. */
export const USUAL_EDITION = '2022-01';

/** The build that all nodes that are up have; undefined when they differ, when one does not say, or none is up. */
export function commonBuild(nodes: readonly Node[]): number | undefined {
  const builds = new Set(nodes.filter(({ state }) => state === 'up').map(({ build }) => build));
  const [build] = builds;
  return builds.size === 1 ? build : undefined;
}

/** The newest edition that is proposed for the build of the nodes. */
export function detectEdition(
  editions: readonly EditionSummary[],
  nodes: readonly Node[],
): EditionSummary | undefined {
  const build = commonBuild(nodes);
  return build === undefined ? undefined : newest(editions.filter(({ builds }) => builds?.includes(build)));
}

/** The region of a registration, such as `eastus` or `East US`, among those of a list. */
export function detectRegion(regions: readonly Region[], registered: string | undefined): Region | undefined {
  if (registered === undefined) return undefined;
  const name = regionName(registered);
  return regions.find(({ id, title, azureName }) =>
    [azureName ?? id, title].some(known => regionName(known) === name),
  );
}

/** The newest later edition for one of the same versions. */
export function newerEdition(
  editions: readonly EditionSummary[],
  than: EditionSummary,
): EditionSummary | undefined {
  return newest(
    editions.filter(
      ({ published, appliesTo }) =>
        published > than.published && appliesTo.some(version => than.appliesTo.includes(version)),
    ),
  );
}

/** As Azure Resource Manager writes it: `East US` is `eastus`. */
export function regionName(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function newest(editions: readonly EditionSummary[]): EditionSummary | undefined {
  return [...editions].sort((a, b) => b.published.localeCompare(a.published))[0];
}
