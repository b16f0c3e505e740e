import { type Check } from './edition.ts';

export const placeholders: Check = {
  name: 'placeholders',
  find: ({ rules }) =>
    rules
      .filter(rule => rule.placeholder !== undefined)
      .filter(
        rule =>
          !rule.host.startsWith('*.') || rule.placeholder?.host.replace(/^\[[^\]]+\]/, '*') !== rule.host,
      )
      .map(
        rule =>
          `rule "${rule.id}": placeholder "${rule.placeholder?.host ?? ''}" does not fit "${rule.host}": write "[name]" where the rule has "*".`,
      ),
};
