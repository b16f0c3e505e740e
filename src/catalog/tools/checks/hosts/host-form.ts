import { type Check } from '../edition.ts';

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Says what is wrong with a host name (RFC 1123 labels, lower case), or undefined. `*` is left to its own check. */
export function hostProblem(host: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(host))
    return 'has a scheme: leave it out, "scheme" says that there is one';
  if (host.includes('/')) return 'has a slash or a path: keep the host only';
  if (host.includes(':')) return 'has a port: put it in "port"';
  if (/[[\]<>{}]/.test(host))
    return 'has a placeholder in brackets: write the wildcard, and the placeholder in "placeholder"';
  const hidden = /[^\x21-\x7e]/.exec(host)?.[0];
  if (hidden !== undefined) return `has the character U+${codePoint(hidden)}: write plain ASCII`;
  if (host !== host.toLowerCase()) return 'has capital letters: write it in lower case';
  if (host.length > 253) return 'is longer than 253 characters: no such name can exist';
  const labels = host.split('.').filter((label, at) => !(at === 0 && label === '*'));
  if (labels.length < 2) return 'is no full name: write at least two labels';
  const bad = labels.find(label => !label.includes('*') && !LABEL.test(label));
  return bad === undefined
    ? undefined
    : `has the label "${bad}": use letters, digits and inner hyphens, 1 to 63 of them`;
}

export const hostForm: Check = {
  name: 'host-form',
  find: ({ rules }) =>
    rules.flatMap(rule =>
      [rule.host, ...(rule.representatives ?? []).map(each => each.host)].flatMap(host => {
        const problem = hostProblem(host);
        return problem === undefined ? [] : [`rule "${rule.id}": host ${JSON.stringify(host)} ${problem}.`];
      }),
    ),
};

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
