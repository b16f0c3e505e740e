import { type Check, repeated } from '../edition.ts';

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
  ],
};
