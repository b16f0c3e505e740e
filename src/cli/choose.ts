import type { Edition } from '../app/allowlist/catalog/catalog';
import { editionMonth } from '../app/allowlist/choice/edition-words';
import { regionsOf } from '../app/allowlist/choice/choice';
import { readEdition } from '../app/allowlist/catalog/read-edition';
import type { Cloud } from '../app/cluster/cluster';
import { oneOf, WrongUse } from './wrong-use';

/** What each option needs of the editions that a command looks at; a diff looks at two. */
export type Editions = readonly [Edition, ...Edition[]];

export function chooseEdition(option: string, value: string | undefined, all: readonly unknown[]): Edition {
  const editions = all.map(readEdition).filter(edition => edition !== undefined);
  if (editions.length < all.length) throw new WrongUse('A list that ships with this tool cannot be read.');
  // The page calls an edition by its month.
  const called = editions.filter(({ id }) => editionMonth(id) === value);
  const id = oneOf(
    option,
    called.length === 1 ? called[0]?.id : value,
    editions.map(each => each.id),
  );
  const found = editions.find(each => each.id === id);
  if (found === undefined) throw new WrongUse(`${option} ${id} is not known.`);
  return found;
}

/** The edition with the latest date. */
export function newestOf(all: readonly unknown[]): Edition | undefined {
  return all
    .map(readEdition)
    .filter(edition => edition !== undefined)
    .reduce<Edition | undefined>(
      (newest, each) => (newest === undefined || each.published > newest.published ? each : newest),
      undefined,
    );
}

/** A region that at least one of the editions has in this cloud; where they have none, the newest of `all` that has it is named. */
export function chooseRegion(
  value: string | undefined,
  cloud: Cloud,
  editions: Editions,
  all: readonly unknown[] = [],
): string | undefined {
  if (value === undefined) return undefined;
  const own = idsOf(editions.flatMap(edition => regionsOf(edition, cloud)));
  if (own.includes(value)) return value;
  const known = editions.flatMap(({ regions = [] }) => regions);
  const other = known.find(({ id }) => id === value)?.cloud;
  const names = idsOf(editions).join(', ');
  const given = `--region ${JSON.stringify(value)}`;
  if (known.length === 0)
    throw new WrongUse(
      `${given} cannot be chosen: edition ${names} has one list for all regions.${elsewhere(value, all)}`,
    );
  if (own.length === 0)
    throw new WrongUse(
      `${given} cannot be chosen: edition ${names} has lists by region only for cloud ${idsOf(known.map(region => ({ id: region.cloud }))).join(', ')}.`,
    );
  if (other !== undefined)
    throw new WrongUse(`${given} belongs to cloud ${other}: for ${cloud} give one of ${own.join(', ')}.`);
  return oneOf('--region', value, own);
}

function elsewhere(region: string, all: readonly unknown[]): string {
  const newest = newestOf(all.filter(each => readEdition(each)?.regions?.some(({ id }) => id === region)));
  return newest === undefined ? '' : ` Give --edition ${newest.id}, which has a list of ${region}.`;
}

export function chooseVendor(value: string | undefined, editions: Editions): string | undefined {
  if (value === undefined) return undefined;
  const vendors = idsOf(editions.flatMap(edition => edition.vendors ?? []));
  if (vendors.length > 0) return oneOf('--vendor', value, vendors);
  const names = idsOf(editions).join(', ');
  throw new WrongUse(
    `--vendor ${JSON.stringify(value)} cannot be chosen: edition ${names} has no lists of hardware vendors.`,
  );
}

/** What was not chosen, or is not there, and changes what the answer means. */
export function choiceNotes(edition: Edition, cloud: Cloud, region: string | undefined): readonly string[] {
  const { id, clouds } = edition;
  const regions = idsOf(regionsOf(edition, cloud));
  const notes: string[] = [];
  if (!clouds.includes(cloud))
    notes.push(
      `Edition ${id} was published for cloud ${clouds.join(', ')} only. That ${cloud} has few rules here, or none, does not mean that nothing else is needed there.`,
    );
  if (regions.length > 0 && region === undefined)
    notes.push(
      regions.length === 1
        ? `No --region was given: edition ${id} has only ${regions.join()} in cloud ${cloud}, and that is listed.`
        : `No --region was given: edition ${id} is listed for all of ${regions.join(', ')} together.`,
    );
  if (region !== undefined && !regions.includes(region))
    notes.push(
      regions.length === 0
        ? `Edition ${id} has one list for all regions; it is taken for ${region} too.`
        : `Edition ${id} has no list for ${region}: it is taken for all of ${regions.join(', ')} together.`,
    );
  return notes;
}

function idsOf(of: readonly { readonly id: string }[]): readonly string[] {
  return [...new Set(of.map(({ id }) => id))];
}
