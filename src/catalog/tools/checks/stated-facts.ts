import { type Check, type Edition } from './edition.ts';

/** What `docs/catalog.md` asks for and the schema cannot: its absence would look like "nothing to say". */
export const statedFacts: Check = {
  name: 'stated-facts',
  find: edition => [
    ...Object.entries(edition.sources)
      .filter(([, { date, undated }]) => date === undefined && undated === undefined)
      .map(
        ([name]) =>
          `source "${name}" has no date: give that of its commit, or say in "undated" why none is known.`,
      ),
    ...ofRegionalEdition(edition),
  ],
};

/** Editions that are made of lists by region take the rest from `azure-local.json`. */
function ofRegionalEdition({ regions = [], bypassInspection, internal, internalRules }: Edition): string[] {
  if (regions.length === 0) return [];
  return [
    ...(bypassInspection === undefined
      ? ['it does not say whether the product bears TLS inspection: add "bypassInspection".']
      : []),
    ...(internal === undefined && internalRules === undefined
      ? ['it has no rules inside the network: name them in "internal".']
      : []),
  ];
}
