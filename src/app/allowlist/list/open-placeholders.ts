import { type Allowlist, rowsOf } from './allowlist';
import type { PlaceholderName } from '../catalog/catalog';
import { PLACEHOLDERS } from '../choice/placeholders';

/** Placeholders that nobody has answered, each with the wildcards that are listed in their place. */
export function openPlaceholders(allowlist: Allowlist): ReadonlyMap<PlaceholderName, readonly string[]> {
  const open = rowsOf(allowlist).filter(row => row.placeholderState === 'open');
  const found = PLACEHOLDERS.map(name => {
    const hosts = open.filter(({ use }) => use.placeholder?.name === name).map(({ host }) => host);
    return [name, [...new Set(hosts)]] as const;
  });
  return new Map(found.filter(([, hosts]) => hosts.length > 0));
}
