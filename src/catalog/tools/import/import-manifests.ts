import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { checkFile } from '../checks/checks.ts';
import type { EditionFile } from '../compose.ts';
import { CATALOG, jsonFiles, readJson } from '../files.ts';
import { composeWhole, type Parts, readParts } from '../read-catalog.ts';
import { addedRows, coverageProblems } from '../validator/coverage.ts';
import { type ManifestFile, type ManifestRow, SCOPES } from '../validator/manifest.ts';
import { MANIFESTS, manifestsOf } from '../validator/read-manifests.ts';
import { type RawRow, type ReadManifest, readManifestRow } from '../validator/read-rows.ts';
import { readTsv } from '../validator/read-tsv.ts';
import { readXml } from '../validator/read-xml.ts';
import { exceptionFor } from '../validator/words.ts';
import { readText } from './cells/decode.ts';
import { compactJson } from './compact-json.ts';
import { type KnownRegion, regionOf } from './manifest-region.ts';
import { isDate, readSource } from './options.ts';
import { type Outcome, problems, WrongUse } from './outcome.ts';
import type { Problem } from './problem.ts';
import type { ListOrigin } from './read-list.ts';

export function isManifestImport(args: readonly string[]): boolean {
  return args.some(arg => arg === '--validator' || arg.startsWith('--validator='));
}

interface Options {
  readonly files: readonly string[];
  readonly edition: EditionFile;
  readonly regions: readonly KnownRegion[];
  readonly region?: string;
  readonly published?: string;
  readonly origin?: ListOrigin;
  readonly folder: string;
}

/** Takes manifests of Microsoft's validator over, each in place of the one that its region had in the edition. */
export async function importManifests(args: string[]): Promise<Outcome> {
  const options = readOptions(args);
  const parts = readParts();
  const read = options.files.map(file => readManifest(file, options));
  const found = read.flatMap(each => ('problems' in each ? each.problems : []));
  const manifests = read.flatMap(each => ('manifest' in each ? [each.manifest] : []));
  found.push(...twice(manifests));
  if (found.length > 0) return problems(found);
  const { edition } = options;
  const kept = manifestsOf(edition.id, parts.manifests).filter(
    old => !manifests.some(({ region }) => region === old.region),
  );
  const files = manifests.map(manifest => join(options.folder, edition.id, `${manifest.region}.json`));
  const wrong = [
    ...manifests.flatMap((manifest, at) => checkFile('manifest', shown(files[at] ?? ''), manifest)),
    ...coverageIn(edition, [...kept, ...manifests], parts),
  ];
  if (wrong.length > 0) return problems(wrong);
  for (const [at, manifest] of manifests.entries()) {
    const file = files[at] ?? '';
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await compactJson({ $schema: '../../schemas/manifest.schema.json', ...manifest }));
  }
  const lines = manifests.map((manifest, at) => summary(files[at] ?? '', manifest, edition, parts));
  const undated = options.published === undefined ? NO_DATE : '';
  return {
    exitCode: 0,
    stdout: lines.join(''),
    stderr: `${unknownServices(manifests, edition, parts)}${undated}`,
  };
}

const NO_DATE =
  "catalog:import: A manifest has no date of its own, so none is shown with what it says: --published gives the module's.\n";

/** A note on services whose added endpoints went into the feature for all others. */
function unknownServices(manifests: readonly ManifestFile[], edition: EditionFile, parts: Parts): string {
  const list = composeWhole(edition, { ...parts, manifests: new Map() });
  const { services, checks, other } = parts.validator;
  const unknown = manifests
    .flatMap(manifest => addedRows(list, manifest, parts.validator))
    .filter(row => !Object.hasOwn(services, row.service) && !Object.hasOwn(checks, row.name));
  return [...new Set(unknown.map(({ service }) => service))]
    .map(
      service =>
        `catalog:import: The service "${service}" is not known, so what it adds is listed under "${other.title}": name its feature in "services" of src/catalog/validator.json.\n`,
    )
    .join('');
}

function readOptions(args: string[]): Options {
  const { values, positionals } = parse(args);
  const { published } = values;
  if (published !== undefined && !isDate(published))
    throw new WrongUse('--published needs a date such as 2026-07-14.');
  const edition = editionOf(values.edition);
  return {
    files: [...(values.validator ?? []), ...positionals],
    edition,
    regions: edition['regions'] as readonly KnownRegion[],
    ...(values.region !== undefined && { region: values.region }),
    ...(published !== undefined && { published }),
    ...(values.source !== undefined && { origin: readSource(values.source) }),
    folder: values.folder ?? MANIFESTS,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        validator: { type: 'string', multiple: true },
        edition: { type: 'string' },
        region: { type: 'string' },
        published: { type: 'string' },
        source: { type: 'string' },
        folder: { type: 'string' },
      },
    });
  } catch (error) {
    throw new WrongUse(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

/** The one that was asked for, else the newest that has lists by region. */
function editionOf(id: string | undefined): EditionFile {
  const all = jsonFiles('editions').map(file => basename(file, '.json'));
  const byRegion = all
    .map(name => readJson(join(CATALOG, 'editions', `${name}.json`)) as EditionFile)
    .filter(edition => edition['regions'] !== undefined);
  const found = id === undefined ? byRegion.at(-1) : byRegion.find(edition => edition.id === id);
  if (found !== undefined) return found;
  throw new WrongUse(
    all.some(name => name === id)
      ? `--edition ${id ?? ''} has no lists by region, so no manifest belongs to it.`
      : `--edition ${JSON.stringify(id ?? '')} is not there: import a region's list first, or give one of ${byRegion.map(edition => edition.id).join(', ')}.`,
  );
}

function readManifest(
  file: string,
  options: Options,
): { readonly manifest: ManifestFile } | { readonly problems: readonly string[] } {
  const at = (problem: Problem): string => `${file}:${problem.line}: ${problem.text}.`;
  const text = readText(file);
  if (typeof text !== 'string') return { problems: [at(text)] };
  const found = isXml(file, text) ? readXml(text) : readTsv(text);
  if (found.problems.length > 0) return { problems: found.problems.map(at) };
  const { rows, problems: wrong } = rowsOf(found.rows);
  const place = regionOf(file, found, options.region, { id: options.edition.id, regions: options.regions });
  const all = [...wrong, ...('problems' in place ? place.problems : [])].sort((a, b) => a.line - b.line);
  if (all.length > 0 || !('region' in place)) return { problems: all.map(at) };
  const source = sourceOf(found, place.region, options);
  if (source === undefined)
    return {
      problems: [
        at({
          line: 1,
          text: 'it does not say where it is from: name repository, path and commit with --source',
        }),
      ],
    };
  const { version } = found;
  return { manifest: { region: place.region, ...(version !== undefined && { version }), source, rows } };
}

/** By how it begins, else by its name. */
function isXml(file: string, text: string): boolean {
  return /^\uFEFF?\s*</.test(text) || /\.xml$/i.test(file);
}

function rowsOf(raw: readonly RawRow[]): { rows: readonly ManifestRow[]; problems: readonly Problem[] } {
  const read = raw.map(readManifestRow);
  return {
    rows: read.flatMap(row => (Array.isArray(row) ? [] : [row as ManifestRow])),
    problems: read.flatMap(row => (Array.isArray(row) ? (row as readonly Problem[]) : [])),
  };
}

/** Where it does not say so itself, the module of its version is the source. */
function sourceOf(
  { origin, version }: ReadManifest,
  region: string,
  options: Options,
): ManifestFile['source'] | undefined {
  const place = options.regions.find(({ id }) => id === region)?.title ?? SCOPE_TITLES[region] ?? region;
  const module = `AzStackHci.EnvironmentChecker${version === undefined ? '' : ` ${version}`}`;
  const title = `Microsoft's validator (${module}), ${place}`;
  const date =
    options.published === undefined ? { undated: 'It came without its date.' } : { date: options.published };
  const from = origin ?? options.origin;
  if (from !== undefined) return { title, ...from, ...date };
  if (version === undefined) return undefined;
  return {
    title,
    url: `https://www.powershellgallery.com/packages/AzStackHci.EnvironmentChecker/${version}`,
    ...date,
  };
}

const SCOPE_TITLES: Readonly<Record<string, string>> = {
  [SCOPES['global'] ?? '']: 'all public regions',
  [SCOPES['azurelocal'] ?? '']: 'disconnected operations',
};

function twice(manifests: readonly ManifestFile[]): readonly string[] {
  const regions = manifests.map(({ region }) => region);
  return [...new Set(regions.filter((region, at) => regions.indexOf(region) !== at))].map(
    region => `Two of the files are manifests of ${region}: give one of them.`,
  );
}

function coverageIn(
  edition: EditionFile,
  manifests: readonly ManifestFile[],
  parts: Parts,
): readonly string[] {
  const all = new Map([[edition.id, manifests]]);
  return coverageProblems(composeWhole(edition, { ...parts, manifests: all }), manifests, parts.validator);
}

/** What became of the rows. */
function summary(file: string, manifest: ManifestFile, edition: EditionFile, parts: Parts): string {
  const list = composeWhole(edition, { ...parts, manifests: new Map() });
  const added = addedRows(list, manifest, parts.validator);
  const excused = manifest.rows.filter(row => exceptionFor(row, parts.validator) !== undefined).length;
  const hosts = [...new Set(added.map(({ endpoint }) => endpoint))];
  const rest = manifest.rows.length - added.length - excused;
  const which = hosts.length === 0 ? '' : ` (${hosts.join(', ')})`;
  return `Written: ${shown(file)}: ${manifest.rows.length} rows, ${rest} of them covered by ${edition.id}, ${added.length} added${which}, ${excused} excused.\n`;
}

function shown(file: string): string {
  return relative(process.cwd(), file);
}
