import { componentOf, type ListFact } from './facts.ts';
import { type Door, readRow, type RowMeaning } from './read-row.ts';
import { type Component, componentNamed, purposeOf, type Words } from './words.ts';

/** A list that an edition is made of. */
export interface ListPlace {
  readonly source: string;
  readonly cloud?: string;
  /** One of the two. */
  readonly region?: string;
  readonly vendor?: string;
}

export interface Rule extends Door {
  readonly id: string;
  readonly clouds: readonly string[];
  readonly scheme: boolean;
  readonly risk?: string;
}

interface Use {
  readonly rule: string;
  readonly requirement: string;
  readonly purpose?: string;
  readonly clouds?: readonly string[];
  readonly regions?: readonly string[];
  readonly scheme?: boolean;
  readonly when?: string;
  readonly arcGateway: boolean;
  readonly origins: readonly (ListFact & { readonly regions?: readonly string[] })[];
}

interface Place {
  readonly fact: ListFact;
  readonly list: ListPlace;
  readonly meaning: RowMeaning;
  readonly door: Door;
}

const ALL_CLOUDS = ['public', 'usgov', 'china'];

/** Features, their uses and the rules: one rule a door, one use for all regions in which it is needed alike. */
export function makeFeatures(
  facts: readonly ListFact[],
  lists: readonly ListPlace[],
  words: Words,
  /** Whether `hosts.json` says what a host is for. */
  known: (host: string) => boolean,
): { features: readonly unknown[]; rules: readonly Rule[] } {
  const clouds = ALL_CLOUDS.filter(cloud => lists.some(list => list.cloud === cloud));
  const places = facts.flatMap(fact => placesOf(fact, lists));
  const groups = [
    ...words.components.map(component => ({
      head: headOf(component),
      component,
      places: places.filter(
        ({ fact, list }) =>
          list.vendor === undefined && componentNamed(componentOf(fact), words) === component,
      ),
    })),
    ...lists.flatMap(list => (list.vendor === undefined ? [] : [vendorGroup(list.vendor, words, places)])),
  ].filter(group => group.places.length > 0);
  const rules = makeRules(places, clouds, words);
  const features = groups.map(({ head, component, places: own }) => ({
    ...head,
    uses: [...groupBy(own, ({ door }) => idOf(door)).values()].flatMap(same =>
      usesOf(same, rules, lists, host =>
        known(host) ? undefined : (purposeOf(host, words) ?? component.purpose),
      ),
    ),
  }));
  return { features, rules };
}

function headOf({ id, title, connects, summary }: Component): Readonly<Record<string, unknown>> {
  return { id, title, kind: 'rules', connects, summary, links: [] };
}

function vendorGroup(vendor: string, words: Words, places: readonly Place[]) {
  const title = words.vendors[vendor] ?? vendor;
  const component = {
    id: `vendor-${vendor}`,
    names: [],
    title: `Hardware of ${title}`,
    connects: 'wininet',
    summary: words.vendor.summary.replace('{vendor}', title),
    purpose: words.vendor.purpose,
  };
  return {
    head: { ...headOf(component), vendor },
    component,
    places: places.filter(({ list }) => list.vendor === vendor),
  };
}

function placesOf(fact: ListFact, lists: readonly ListPlace[]): readonly Place[] {
  const meaning = readRow(fact.asWritten);
  const list = lists.find(({ source }) => source === fact.source);
  if (typeof meaning === 'string' || list === undefined)
    throw new Error(`${fact.source}, ${fact.section} is a row that cannot be read.`);
  return meaning.doors.map(door => ({ fact, list, meaning, door }));
}

function makeRules(places: readonly Place[], clouds: readonly string[], { risks }: Words): readonly Rule[] {
  return [...groupBy(places, ({ door }) => idOf(door))].map(([id, same]) => {
    const { host, port, protocol, placeholder } = same[0].door;
    return {
      id,
      host,
      port,
      protocol,
      clouds: cloudsOf(same, clouds),
      scheme: same.every(({ meaning }) => meaning.scheme),
      ...(placeholder && { placeholder }),
      ...(Object.hasOwn(risks, host) && { risk: risks[host] }),
    };
  });
}

/** A vendor's list is for every cloud that the edition has. */
function cloudsOf(places: readonly Place[], clouds: readonly string[]): readonly string[] {
  return clouds.filter(cloud => places.some(({ list }) => list.cloud === undefined || list.cloud === cloud));
}

function usesOf(
  places: readonly Place[],
  rules: readonly Rule[],
  lists: readonly ListPlace[],
  purpose: (host: string) => string | undefined,
): readonly Use[] {
  const same = groupBy(places, ({ meaning: { requirement, when, arcGateway } }) =>
    JSON.stringify([requirement, when, arcGateway]),
  );
  return [...same.values()].map(group => {
    const [{ meaning, door }] = group;
    const id = idOf(door);
    const rule = rules.find(each => each.id === id);
    const clouds = cloudsOf(group, rule?.clouds ?? []);
    const regions = regionsOf(group, clouds, lists);
    const scheme = group.every(each => each.meaning.scheme);
    const own = purpose(door.host);
    return {
      rule: id,
      requirement: meaning.requirement,
      ...(own !== undefined && { purpose: own }),
      ...(clouds.length < (rule?.clouds.length ?? 0) && { clouds }),
      ...(regions && { regions }),
      ...(scheme !== rule?.scheme && { scheme }),
      ...(meaning.when && { when: meaning.when }),
      arcGateway: meaning.arcGateway,
      origins: group.map(({ fact, list: { region } }) => ({
        source: fact.source,
        section: fact.section,
        ...(region !== undefined && { regions: [region] }),
        asWritten: fact.asWritten,
      })),
    };
  });
}

/** Undefined when all regions of the clouds have it. */
function regionsOf(
  places: readonly Place[],
  clouds: readonly string[],
  lists: readonly ListPlace[],
): readonly string[] | undefined {
  if (places.some(({ list }) => list.region === undefined)) return undefined;
  const all = lists.flatMap(({ region, cloud }) =>
    region !== undefined && cloud !== undefined && clouds.includes(cloud) ? [region] : [],
  );
  const has = all.filter(region => places.some(({ list }) => list.region === region));
  return has.length === all.length ? undefined : has;
}

/** For example `any-blob-core-windows-net-443`. */
function idOf({ host, port, protocol }: Door): string {
  const name = host
    .replace(/^\*\./, 'any-')
    .replace(/\*\./, '-any-')
    .replaceAll('.', '-')
    .replaceAll('_', '-');
  return `${name}-${port}${protocol === 'udp' ? '-udp' : ''}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, [T, ...T[]]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
