import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { corrections } from './corrections.ts';
import type { Check, Edition } from './edition.ts';
import { featureKinds } from './feature-kinds.ts';
import { hostForm } from './host-form.ts';
import { knownReferences } from './known-references.ts';
import { knownSources } from './known-sources.ts';
import { leadingWildcard } from './leading-wildcard.ts';
import { noDuplicates } from './no-duplicates.ts';
import { placeholders } from './placeholders.ts';
import { plainCharacters } from './plain-characters.ts';
import { protocolPort } from './protocol-port.ts';
import { representatives } from './representatives.ts';
import { schemaProblems } from './schema.ts';
import { schemes } from './schemes.ts';
import { sharedServices } from './shared-services.ts';
import { uniqueIds } from './unique-ids.ts';
import { useClouds } from './use-clouds.ts';

export const CHECKS: readonly Check[] = [
  uniqueIds,
  hostForm,
  leadingWildcard,
  protocolPort,
  knownReferences,
  knownSources,
  noDuplicates,
  useClouds,
  corrections,
  representatives,
  placeholders,
  schemes,
  featureKinds,
  sharedServices,
  plainCharacters,
];

const SCHEMA = join(dirname(fileURLToPath(import.meta.url)), '../../src/catalog/edition.schema.json');

/** Everything that is wrong with one file, as `FILE: CHECK: what, where, how to mend it`. */
export function checkEdition(file: string, json: unknown): readonly string[] {
  const schema = schemaProblems(json, SCHEMA);
  // The other checks rely on the shape; on a broken one they would only add noise.
  if (schema.length > 0) return schema.map(problem => `${file}: schema: ${problem}`);
  const edition = json as Edition;
  const found = CHECKS.flatMap(check =>
    check.find(edition).map(problem => `${file}: ${check.name}: ${problem}`),
  );
  if (basename(file, '.json') !== edition.id)
    found.unshift(
      `${file}: file-name: the edition's id is "${edition.id}": name the file ${edition.id}.json.`,
    );
  return found;
}
