import { type Check } from '../edition.ts';

export const placeholders: Check = {
  name: 'placeholders',
  find: ({ rules }) =>
    rules
      .filter(rule => rule.placeholder !== undefined)
      .filter(
        ({ host, placeholder }) =>
          !isWildcardOf(host, placeholder?.host) && !isDomainOf(host, placeholder?.host),
      )
      .map(
        rule =>
          `rule "${rule.id}": placeholder "${rule.placeholder?.host ?? ''}" does not fit "${rule.host}": write "[name]" where the rule has "*", or brackets around the domain that it ends in.`,
      ),
};

/** `[name].a.example` for the rule `*.a.example`. */
function isWildcardOf(host: string, placeholder = ''): boolean {
  return host.startsWith('*.') && placeholder.replace(/^\[[^\]]+\]/, '*') === host;
}

/** `portal.[a.example]` for the rule `portal.a.example`, which is listed until the domain is given. */
function isDomainOf(host: string, placeholder = ''): boolean {
  return /\.\[[a-z0-9-]+(?:\.[a-z0-9-]+)+\]$/.test(placeholder) && placeholder.replace(/[[\]]/g, '') === host;
}
