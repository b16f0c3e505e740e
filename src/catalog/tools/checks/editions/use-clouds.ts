import { type Check, usedRules } from '../edition.ts';

export const useClouds: Check = {
  name: 'use-clouds',
  find: edition => [
    ...usedRules(edition).flatMap(({ feature, use, rule }) =>
      (use.clouds ?? [])
        .filter(cloud => !rule.clouds.includes(cloud))
        .map(
          cloud =>
            `feature "${feature.id}" uses rule "${rule.id}" in "${cloud}", where the rule does not exist: add the cloud to the rule.`,
        ),
    ),
    ...edition.rules.flatMap(rule => {
      const uses = usedRules(edition).filter(each => each.rule.id === rule.id);
      return rule.clouds
        .filter(
          cloud => uses.length > 0 && !uses.some(({ use }) => (use.clouds ?? rule.clouds).includes(cloud)),
        )
        .map(cloud => `rule "${rule.id}" is for "${cloud}", where no feature uses it: remove the cloud.`);
    }),
  ],
};
