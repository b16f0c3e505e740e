import type { Cloud } from '../../cluster/cluster';
import type { EditionSummary, PlaceholderName, Region } from '../catalog/catalog';

/** What only the cluster's owner knows; each must have passed `readAnswer`. */
export type Answers = Partial<Readonly<Record<PlaceholderName, string>>>;

/** Everything that decides which rules of an edition are listed. */
export interface Choice {
  readonly cloud: Cloud;
  /** Id of one of the edition's regions in this cloud; anything else counts as not chosen: all of them together. */
  readonly region?: string;
  /** Id of the hardware vendor; without it, features of vendors are left out. */
  readonly vendor?: string;
  readonly answers: Answers;
  /** The cluster goes out through Arc gateway: what it carries needs no rule. */
  readonly arcGateway: boolean;
  /** Hosts and ports as the document writes them, mistakes included, and nothing that we added. */
  readonly published: boolean;
}

/** The usual choice for a cloud, changed as wanted. */
export function choiceFor(cloud: Cloud, change: Partial<Omit<Choice, 'cloud'>> = {}): Choice {
  return { answers: {}, arcGateway: false, published: false, ...change, cloud };
}

/** The edition's regions in a cloud; none when it has no lists by region. */
export function regionsOf(edition: EditionSummary, cloud: Cloud): readonly Region[] {
  return (edition.regions ?? []).filter(region => region.cloud === cloud);
}

/** Ids of the regions that a choice asks for: the chosen one, else all of its cloud. */
export function chosenRegions(edition: EditionSummary, { cloud, region }: Choice): readonly string[] {
  const ids = regionsOf(edition, cloud).map(({ id }) => id);
  return region !== undefined && ids.includes(region) ? [region] : ids;
}
