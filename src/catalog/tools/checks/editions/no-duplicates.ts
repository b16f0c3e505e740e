import { type Check, repeated } from '../edition.ts';

export const noDuplicates: Check = {
  name: 'no-duplicates',
  find: ({ rules }) =>
    repeated(
      rules.flatMap(rule =>
        rule.clouds.map(cloud => `${rule.host}:${rule.port}/${rule.protocol} in ${cloud}`),
      ),
    ).map(door => `${door} is in two rules: keep one rule and let both features use it.`),
};
