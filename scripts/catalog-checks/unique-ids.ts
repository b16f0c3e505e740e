import { type Check, repeated } from './edition.ts';

export const uniqueIds: Check = {
  name: 'unique-ids',
  find: ({ features, rules, internalRules = [] }) => [
    ...repeated(rules.map(rule => rule.id)).map(
      id => `rule "${id}" is there twice: give one of them another id.`,
    ),
    ...repeated(internalRules.map(rule => rule.id)).map(
      id => `internal rule "${id}" is there twice: give one of them another id.`,
    ),
    ...repeated(features.map(feature => feature.id)).map(id => `feature "${id}" is there twice: join them.`),
    ...features.flatMap(feature =>
      repeated(
        (feature.uses ?? []).flatMap(use => (use.regions ?? ['']).map(region => `${use.rule} ${region}`)),
      ).map(
        use =>
          `feature "${feature.id}" uses rule "${use.split(' ').join('" twice in "')}": join the uses and their origins.`,
      ),
    ),
  ],
};
