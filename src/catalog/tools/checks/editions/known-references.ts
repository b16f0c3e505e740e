import { type Check } from '../edition.ts';

export const knownReferences: Check = {
  name: 'known-references',
  find: edition => {
    const rules = new Set(edition.rules.map(rule => rule.id));
    const used = new Set(edition.features.flatMap(feature => (feature.uses ?? []).map(use => use.rule)));
    return [
      ...edition.features.flatMap(feature =>
        (feature.uses ?? [])
          .filter(use => !rules.has(use.rule))
          .map(
            use =>
              `feature "${feature.id}" uses rule "${use.rule}", which is not there: add it or mend the id.`,
          ),
      ),
      ...edition.rules
        .filter(rule => !used.has(rule.id))
        .map(rule => `rule "${rule.id}" is used by no feature: add a use or remove the rule.`),
    ];
  },
};
