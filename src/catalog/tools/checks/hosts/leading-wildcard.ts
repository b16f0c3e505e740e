import { type Check } from '../edition.ts';

/** Firewalls differ in everything but a whole first label; the one pattern that Azure Arc documents otherwise stands. */
export const leadingWildcard: Check = {
  name: 'leading-wildcard',
  find: ({ rules }) =>
    rules
      .filter(rule => rule.host.includes('*') && !/^(azgn)?\*\.[^*]+$/.test(rule.host))
      .map(
        rule =>
          `rule "${rule.id}": "${rule.host}" has a wildcard that is not the whole first label: write "*." and the rest.`,
      ),
};
