import { type Check } from '../edition.ts';

export const representatives: Check = {
  name: 'representatives',
  find: ({ rules }) =>
    rules.flatMap(rule =>
      (rule.representatives ?? []).flatMap(({ host }) => {
        if (!rule.host.includes('*'))
          return [`rule "${rule.id}" is one host and needs no representative: remove "${host}".`];
        if (host.includes('*'))
          return [`rule "${rule.id}": representative "${host}" is a wildcard: name one host.`];
        const [start = '', end = ''] = rule.host.split('*');
        return host.startsWith(start) && host.endsWith(end)
          ? []
          : [`rule "${rule.id}": representative "${host}" is not under "${rule.host}": name one that is.`];
      }),
    ),
};
