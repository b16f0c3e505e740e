import { undatedSources } from '../files/dated-sources.ts';
import {
  type Check,
  type Edition,
  type Feature,
  type Origin,
  type Rule,
  type Use,
  usedRules,
} from '../edition.ts';

/** What `docs/catalog.md` asks for and the schema cannot: its absence would look like "nothing to say". */
export const statedFacts: Check = {
  name: 'stated-facts',
  find: edition => [
    ...undatedSources(edition.sources),
    ...edition.features.flatMap(ofFeature),
    ...usedRules(edition).flatMap(({ feature, use, rule }) => ofPlaceholder(feature, use, rule)),
    ...edition.rules.flatMap(ofAuthority),
    ...portsOf(edition),
    ...ofRegionalEdition(edition),
  ],
};

/** The document only links to what a list has, so nobody gets it unasked. */
function ofFeature({ id, list, optIn }: Feature): readonly string[] {
  return list === undefined || optIn !== undefined
    ? []
    : [`feature "${id}" takes a list of its own: say in "optIn" that it is left out until it is chosen.`];
}

/** A first part in brackets, or `your…` before the rest of a name. After `*.` the wildcard stands for it, too. */
const OWN_PART = /^(?:https?:\/\/)?([<[{][^<>[\]{}]+[>\]}]\.|your-?[a-z]{4}[^./]*\.[^./]+\.)/i;
/** What of it the tool asks for; other names, such as that of SQL Server's key vault, stay wildcards. */
const ASKED_FOR = /region|workspace|witness|arcgateway|urlprefix|^(?:your|hci)*keyvault|blobstorage/;

function ofPlaceholder({ id }: Feature, use: Use, rule: Rule): readonly string[] {
  if ((use.placeholder ?? rule.placeholder) !== undefined) return [];
  const written = use.origins.map(({ asWritten: { url } }) => url).find(url => ownPartOf(url, rule));
  return written === undefined
    ? []
    : [
        `feature "${id}", rule "${rule.id}": "${written}" has a part that each cluster has its own of: name it in "placeholder".`,
      ];
}

/** Of several addresses in a cell those count that the rule is about; another cloud's stands for its own. */
function ownPartOf(cell: string, { host }: Rule): boolean {
  const all = cell.split(/[\s,;]+/);
  const about = all.filter(each => each.endsWith(host.slice(host.indexOf('*') + 1)));
  return (about.length > 0 ? about : all).some(each => ASKED_FOR.test(keyOf(each)));
}

function keyOf(address: string): string {
  return (OWN_PART.exec(address)?.[1] ?? '').toLowerCase().replace(/[^a-z]/g, '');
}

/** A section that has a column of ports has it for each row; lists of several tables may not. */
function portsOf({ published, features }: Edition): readonly string[] {
  if (published === undefined) return [];
  const rows = features.flatMap(({ id, uses = [] }) =>
    uses.flatMap(({ rule, origins }) =>
      origins.map(origin => ({ where: `feature "${id}", rule "${rule}"`, origin })),
    ),
  );
  const tableOf = ({ source, section = '' }: Origin): string =>
    `${source}: ${section.replace(/, row [^,]*$/, '')}`;
  const withPorts = new Set(
    rows.flatMap(({ origin }) => (origin.asWritten.port === undefined ? [] : [tableOf(origin)])),
  );
  return rows
    .filter(({ origin }) => origin.asWritten.port === undefined && withPorts.has(tableOf(origin)))
    .map(
      ({ where }) =>
        `${where}: the other rows of its table have a port: say in "asWritten" which one this row has.`,
    );
}

/** The appliance's own names are the organization's. */
function ofAuthority({ id, placeholder, authority }: Rule): readonly string[] {
  return placeholder?.name !== 'appliance-domain' || authority !== undefined
    ? []
    : [`rule "${id}" is below the appliance's own domain: say who signs for it in "authority".`];
}

/** Editions that are made of lists by region take the rest from `azure-local.json`. */
function ofRegionalEdition(edition: Edition): readonly string[] {
  const { regions = [], bypassInspection, internal, internalRules } = edition;
  if (regions.length === 0) return [];
  return [
    ...(bypassInspection === undefined
      ? ['it does not say whether the product bears TLS inspection: add "bypassInspection".']
      : bypassInspection.text === undefined
        ? ['"bypassInspection" does not say what the product says of TLS inspection: add "text".']
        : []),
    ...(internal === undefined && internalRules === undefined
      ? ['it has no rules inside the network: name them in "internal".']
      : []),
    ...usedRules(edition).flatMap(({ feature, use, rule }) =>
      [...missingOf(use), ...placesOf(feature, use, rule, edition)].map(
        problem => `feature "${feature.id}", rule "${rule.id}": ${problem}.`,
      ),
    ),
  ];
}

/** Columns that every such list has. */
function missingOf({ requirement, when, arcGateway, origins }: Use): readonly string[] {
  return [
    ...(arcGateway === undefined ? ['say in "arcGateway" whether Arc gateway carries it'] : []),
    ...(when === undefined && requirement !== 'optional' ? ['say in "when" at which time it is needed'] : []),
    ...(['arcGateway', 'requiredFor'] as const)
      .filter(column => origins.some(({ asWritten }) => asWritten[column] === undefined))
      .map(column => `say in "asWritten" what the list has for "${column}"`),
  ];
}

/** A use holds where its lists have it, and nowhere else. */
function placesOf({ vendor }: Feature, use: Use, rule: Rule, { regions = [] }: Edition): readonly string[] {
  if (vendor !== undefined) return [];
  if (use.origins.some(origin => origin.regions === undefined))
    return ['say in "regions" of its origins whose list it is'];
  const written = new Set(use.origins.flatMap(origin => origin.regions ?? []));
  const clouds = use.clouds ?? rule.clouds;
  const holds = use.regions ?? regions.filter(({ cloud }) => clouds.includes(cloud)).map(({ id }) => id);
  const beyond = holds.filter(region => !written.has(region));
  return beyond.length === 0
    ? []
    : [`it holds in ${beyond.join(', ')}, whose lists do not name it: say in "regions" where it holds`];
}
