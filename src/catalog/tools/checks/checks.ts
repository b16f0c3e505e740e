import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type AuthoritiesFile,
  checkAuthorities,
  checkPublicAuthorities,
  type PublicAuthoritiesFile,
} from './files/authorities.ts';
import { checkWords, type WordsFile } from './files/azure-local.ts';
import { corrections } from './editions/corrections.ts';
import { type DatedSource, undatedSources } from './files/dated-sources.ts';
import { dates } from './editions/dates.ts';
import type { Check, Edition } from './edition.ts';
import { checkHttpEvidence, type HttpEvidenceFile } from './files/http-evidence.ts';
import { checkHosts, type HostsFile } from './files/hosts.ts';
import { featureKinds } from './editions/feature-kinds.ts';
import { hostForm } from './hosts/host-form.ts';
import { internalPorts } from './editions/internal-ports.ts';
import { knownPlaces } from './editions/known-places.ts';
import { knownReferences } from './editions/known-references.ts';
import { knownSources } from './editions/known-sources.ts';
import { checkLater } from './files/later.ts';
import { checkLanguage } from './files/languages.ts';
import type { LanguageFile } from '../languages.ts';
import type { LaterFile } from '../later.ts';
import { leadingWildcard } from './hosts/leading-wildcard.ts';
import { noDuplicates } from './editions/no-duplicates.ts';
import { placeholders } from './hosts/placeholders.ts';
import { plainCharacters } from './hosts/plain-characters.ts';
import { protocolPort } from './hosts/protocol-port.ts';
import { representatives } from './editions/representatives.ts';
import { schemaProblems } from './files/schema.ts';
import { schemes } from './hosts/schemes.ts';
import { sharedServices } from './shared-services.ts';
import { statedFacts } from './editions/stated-facts.ts';
import { states } from './editions/states.ts';
import { uniqueIds } from './editions/unique-ids.ts';
import { useClouds } from './editions/use-clouds.ts';
import { usesApart } from './editions/uses-apart.ts';

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
export type CatalogFileKind = 'edition' | 'list' | 'internal' | 'manifest' | 'language' | SingleFile;

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
  const schema = schemaProblems(json, join(CATALOG, `schemas/${kind}.schema.json`));
  // The other checks rely on the shape; on a broken one they would only add noise.
  if (schema.length > 0) return schema.map(problem => `${file}: schema: ${problem}`);
  if (kind !== 'edition' && kind !== 'list' && kind !== 'internal')
    return [...datesIn(json), ...checkOther(kind, file, json)].map(problem => `${file}: ${problem}`);
  const edition =
    kind === 'edition'
      ? (json as Edition)
      : kind === 'list'
        ? editionOf(json as ListFile)
        : { features: [], rules: [], ...(json as Pick<Edition, 'id' | 'sources' | 'internalRules'>) };
  const found = CHECKS.flatMap(check =>
    check.find(edition).map(problem => `${file}: ${check.name}: ${problem}`),
  );
  return [...nameProblems(file, edition.id).map(problem => `${file}: ${problem}`), ...found];
}

/** Files that are no editions, as `CHECK: what, where, how to mend it`. */
function checkOther(
  kind: SingleFile | 'manifest' | 'language',
  file: string,
  json: unknown,
): readonly string[] {
  switch (kind) {
    case 'hosts':
      return checkHosts(json as HostsFile);
    case 'certificate-authorities':
      return checkAuthorities(json as AuthoritiesFile);
    case 'public-authorities':
      return checkPublicAuthorities(json as PublicAuthoritiesFile);
    case 'http-evidence':
      return checkHttpEvidence(json as HttpEvidenceFile);
    case 'azure-local':
      return checkWords(json as WordsFile);
    case 'later':
      return checkLater(json as LaterFile);
    case 'language':
      return [...nameProblems(file, (json as LanguageFile).id), ...checkLanguage(json as LanguageFile)];
    case 'manifest':
      return nameProblems(file, (json as { readonly region: string }).region);
    // Of these the schema says everything.
    case 'blocks':
    case 'validator':
      return [];
  }
}

function datesIn(json: unknown): readonly string[] {
  const { source, sources = {} } = json as {
    readonly source?: DatedSource;
    readonly sources?: Readonly<Record<string, DatedSource>>;
  };
  return undatedSources(source === undefined ? sources : { source }).map(
    problem => `${statedFacts.name}: ${problem}`,
  );
}

function nameProblems(file: string, id: string): readonly string[] {
  return basename(file, '.json') === id ? [] : [`file-name: its id is "${id}": name the file ${id}.json.`];
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
