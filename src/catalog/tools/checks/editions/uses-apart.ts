import { type Check, type Edition, repeated, type Rule, type Use } from '../edition.ts';

/** A feature may say different things of a rule in different clouds and regions, but one thing in each. */
export const usesApart: Check = {
  name: 'uses-apart',
  find: edition => {
    const rules = new Map(edition.rules.map(rule => [rule.id, rule]));
    return edition.features.flatMap(({ id, uses = [] }) =>
      repeated(
        uses.flatMap(use =>
          placesOf(use, rules.get(use.rule), edition).map(place => `rule "${use.rule}" twice in ${place}`),
        ),
      ).map(twice => `feature "${id}" uses ${twice}: join the uses and their origins.`),
    );
  },
};

function placesOf(use: Use, rule: Rule | undefined, { regions = [] }: Edition): readonly string[] {
  if (use.regions) return use.regions;
  return (use.clouds ?? rule?.clouds ?? []).flatMap(cloud => {
    const own = regions.filter(region => region.cloud === cloud).map(({ id }) => id);
    return own.length > 0 ? own : [cloud];
  });
}
