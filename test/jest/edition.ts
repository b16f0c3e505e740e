import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edition } from '../../src/app/allowlist/catalog/catalog';
import { readEdition } from '../../src/app/allowlist/catalog/read-edition';

/** The edition that ships, as it is fetched. */
export function shippedEditionJson(): unknown {
  return JSON.parse(readFileSync(join(process.cwd(), '.generated/catalog/2022-01.json'), 'utf8'));
}

export function shippedEdition(): Edition {
  const edition = readEdition(shippedEditionJson());
  if (edition === undefined) throw new Error('The shipped edition is not one.');
  return edition;
}

/** All editions that ship. */
export function shippedEditions(): readonly Edition[] {
  const folder = join(process.cwd(), '.generated/catalog');
  return readdirSync(folder)
    .filter(name => name.endsWith('.json') && name !== 'editions.json')
    .map(name => {
      const edition = readEdition(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      if (edition === undefined) throw new Error(`${name} is no edition.`);
      return edition;
    });
}
