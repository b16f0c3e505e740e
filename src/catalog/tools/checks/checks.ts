import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type AuthoritiesFile,
  checkAuthorities,
  checkPublicAuthorities,
  type PublicAuthoritiesFile,
} from './authorities.ts';
import { checkWords, type WordsFile } from './azure-local.ts';
import { corrections } from './corrections.ts';
import { dates } from './dates.ts';
import type { Check, Edition } from './edition.ts';
import { checkHttpEvidence, type HttpEvidenceFile } from './http-evidence.ts';
import { checkHosts, type HostsFile } from './hosts.ts';
import { featureKinds } from './feature-kinds.ts';
import { hostForm } from './host-form.ts';
import { internalPorts } from './internal-ports.ts';
import { knownPlaces } from './known-places.ts';
import { knownReferences } from './known-references.ts';
import { knownSources } from './known-sources.ts';
import { checkLater } from './later.ts';
import type { LaterFile } from '../later.ts';
import { leadingWildcard } from './leading-wildcard.ts';
import { noDuplicates } from './no-duplicates.ts';
import { placeholders } from './placeholders.ts';
import { plainCharacters } from './plain-characters.ts';
import { protocolPort } from './protocol-port.ts';
import { representatives } from './representatives.ts';
import { schemaProblems } from './schema.ts';
import { schemes } from './schemes.ts';
import { sharedServices } from './shared-services.ts';
import { statedFacts } from './stated-facts.ts';
import { states } from './states.ts';
import { uniqueIds } from './unique-ids.ts';
import { useClouds } from './use-clouds.ts';
import { usesApart } from './uses-apart.ts';

export const CHECKS: readonly Check[] = [
  uniqueIds,
  hostForm,
  leadingWildcard,
  protocolPort,
  knownReferences,
  knownPlaces,
  usesApart,
  knownSources,
  noDuplicates,
  useClouds,
  corrections,
  representatives,
  placeholders,
  schemes,
  featureKinds,
  sharedServices,
  internalPorts,
  states,
  statedFacts,
  dates,
  plainCharacters,
];

const CATALOG = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** A file of the catalog; its folder or its name says which kind. */
export type CatalogFileKind = 'edition' | 'list' | 'internal' | 'manifest' | SingleFile;

/** Files of which there is one, named after their kind. */
export const SINGLE_FILES = [
  'hosts',
  'azure-local',
  'certificate-authorities',
  'public-authorities',
  'http-evidence',
  'blocks',
  'validator',
  'later',
] as const;
export type SingleFile = (typeof SINGLE_FILES)[number];

/** Everything that is wrong with one file, as `FILE: CHECK: what, where, how to mend it`. */
export function checkFile(kind: CatalogFileKind, file: string, json: unknown): readonly string[] {
  const schema = schemaProblems(json, join(CATALOG, `${kind}.schema.json`));
  // The other checks rely on the shape; on a broken one they would only add noise.
  if (schema.length > 0) return schema.map(problem => `${file}: schema: ${problem}`);
  if (kind === 'hosts') return checkHosts(json as HostsFile).map(problem => `${file}: ${problem}`);
  if (kind === 'certificate-authorities')
    return checkAuthorities(json as AuthoritiesFile).map(problem => `${file}: ${problem}`);
  if (kind === 'public-authorities')
    return checkPublicAuthorities(json as PublicAuthoritiesFile).map(problem => `${file}: ${problem}`);
  if (kind === 'http-evidence')
    return checkHttpEvidence(json as HttpEvidenceFile).map(problem => `${file}: ${problem}`);
  if (kind === 'azure-local') return checkWords(json as WordsFile).map(problem => `${file}: ${problem}`);
  // Of these the schema says everything.
  if (kind === 'blocks' || kind === 'validator') return [];
  if (kind === 'later') return checkLater(json as LaterFile).map(problem => `${file}: ${problem}`);
  if (kind === 'manifest') return fileNameProblems(file, (json as { readonly region: string }).region);
  const edition =
    kind === 'edition'
      ? (json as Edition)
      : kind === 'list'
        ? editionOf(json as ListFile)
        : { features: [], rules: [], ...(json as Pick<Edition, 'id' | 'sources' | 'internalRules'>) };
  const found = CHECKS.flatMap(check =>
    check.find(edition).map(problem => `${file}: ${check.name}: ${problem}`),
  );
  return [...fileNameProblems(file, edition.id), ...found];
}

function fileNameProblems(file: string, id: string): readonly string[] {
  return basename(file, '.json') === id
    ? []
    : [`${file}: file-name: its id is "${id}": name the file ${id}.json.`];
}

export function checkEdition(file: string, json: unknown): readonly string[] {
  return checkFile('edition', file, json);
}

/** A list is checked as an edition that has only this feature. */
function editionOf({ id, sources, feature, rules }: ListFile): Edition {
  return { id, sources, features: [{ id, ...feature }], rules };
}

interface ListFile {
  readonly id: string;
  readonly sources: Edition['sources'];
  readonly feature: Omit<Edition['features'][number], 'id'>;
  readonly rules: Edition['rules'];
}
