import { commonParts } from './common-parts.ts';
import { byPlace, factsOf, type ImportedEdition, type ListFact, sectionOf } from './facts.ts';
import { type ListPlace, makeFeatures } from './make-features.ts';
import { originProblem } from './origin-problem.ts';
import type { Problem } from './problem.ts';
import { type ListOrigin, type ListRow, type ListTarget, readList } from './read-list.ts';
import { readRow } from './read-row.ts';
import { componentNamed, type Words, WORDS_FILE } from './words.ts';

export interface EditionHead {
  readonly id: string;
  readonly title: string;
  readonly published: string;
  readonly printedDate?: string;
  readonly appliesTo: readonly string[];
  readonly builds?: readonly number[];
}

export interface ListText {
  readonly file: string;
  readonly text: string;
  /** Where the text does not say it itself. */
  readonly origin?: ListOrigin;
  /** ISO date of that version; absent: not known. */
  readonly date?: string;
}

const CLOUDS = ['public', 'usgov', 'china'];

export type ImportResult =
  | { readonly ok: true; readonly edition: ImportedEdition }
  /** `FILE:LINE: what it is and how to mend it`. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** The edition with this list in place of the one that it had for the region or vendor; other lists stay. */
export function importList(
  before: ImportedEdition | undefined,
  head: EditionHead,
  target: ListTarget,
  texts: readonly ListText[],
  words: Words,
  known: (host: string) => boolean,
): ImportResult {
  const name = 'region' in target ? target.region : `oem-${target.vendor}`;
  const title = titleOf(target, words);
  const problems: string[] = [];
  if (title === undefined)
    problems.push(
      `${name} has no title: add it to "${'region' in target ? 'regions' : 'vendors'}" in ${WORDS_FILE}.`,
    );
  if ('vendor' in target && (before?.regions ?? []).length === 0)
    problems.push(
      `${head.id} has no region yet, and a vendor's list is for the clouds of its regions: import a region first.`,
    );
  const sources: Record<string, unknown> = {};
  const facts: ListFact[] = [];
  texts.forEach(({ file, text, origin, date }, at) => {
    const list = readList(text);
    const source = at === 0 ? name : `${name}-${at + 1}`;
    const found = [...list.problems, ...list.rows.flatMap(row => rowProblem(row, target, words))];
    problems.push(...found.map(problem => `${file}:${problem.line}: ${problem.text}.`));
    const from = list.origin ?? origin;
    if (from === undefined)
      problems.push(
        `${file}:1: it does not say where it is from: name repository, path and commit with --source.`,
      );
    const other = from && originProblem(from, target, words);
    if (other !== undefined) problems.push(`${file}:1: ${other}.`);
    sources[source] = {
      title,
      ...from,
      ...(date === undefined ? { undated: 'It came without its date.' } : { date }),
    };
    facts.push(...list.rows.map(row => factOf(row, source)));
  });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, edition: assemble(before, head, target, { name, sources, facts }, words, known) };
}

interface NewList {
  /** Short name of its first source. */
  readonly name: string;
  readonly sources: Readonly<Record<string, unknown>>;
  readonly facts: readonly ListFact[];
}

function assemble(
  before: ImportedEdition | undefined,
  head: EditionHead,
  target: ListTarget,
  list: NewList,
  words: Words,
  known: (host: string) => boolean,
): ImportedEdition {
  const isReplaced = (source: string): boolean => source === list.name || isContinued(source, list.name);
  const keptFacts = before ? factsOf(before).filter(({ source }) => !isReplaced(source)) : [];
  const facts = [...keptFacts, ...list.facts].sort(byPlace);
  const common = commonParts(head.published, words);
  const sources = { ...keptSources(before, keptFacts), ...list.sources, ...common.sources };
  const regions = regionsOf(before, target, words);
  const vendors = vendorsOf(before, target, words);
  const lists = [...new Set(facts.map(({ source }) => source))].map(source => placeOf(source, regions));
  const { features, rules } = makeFeatures(facts, lists, words, known);
  return {
    $schema: '../schemas/edition.schema.json',
    ...head,
    clouds: CLOUDS.filter(cloud => regions.some(region => region.cloud === cloud)),
    ...(regions.length > 0 && { regions }),
    ...(vendors.length > 0 && { vendors }),
    sources: Object.fromEntries(Object.entries(sources).sort(([a], [b]) => a.localeCompare(b, 'en'))),
    features: [...features, ...words.linked] as ImportedEdition['features'],
    rules,
    ...common.parts,
    // Where an edition has its own, written by hand, they are left alone.
    ...(before?.internalRules ? { internalRules: before.internalRules } : { internal: words.internal }),
  };
}

/** Those of the other lists and of what is written by hand. */
function keptSources(
  before: ImportedEdition | undefined,
  facts: readonly ListFact[],
): Readonly<Record<string, unknown>> {
  const byHand = (before?.internalRules ?? []).flatMap(rule => rule.origins);
  const cited = new Set([...facts, ...byHand].map(({ source }) => source));
  return Object.fromEntries(Object.entries(before?.sources ?? {}).filter(([source]) => cited.has(source)));
}

interface Region {
  readonly id: string;
  readonly title: string;
  readonly cloud: string;
}

function regionsOf(before: ImportedEdition | undefined, target: ListTarget, words: Words): readonly Region[] {
  const clouds = new Map((before?.regions ?? []).map(({ id, cloud }) => [id, cloud]));
  if ('region' in target) clouds.set(target.region, target.cloud);
  return words.regions.flatMap(region => {
    const cloud = clouds.get(region.id);
    return cloud === undefined ? [] : [{ ...region, cloud }];
  });
}

function vendorsOf(before: ImportedEdition | undefined, target: ListTarget, words: Words) {
  const ids = new Set((before?.vendors ?? []).map(({ id }) => id));
  if ('vendor' in target) ids.add(target.vendor);
  return Object.entries(words.vendors).flatMap(([id, title]) => (ids.has(id) ? [{ id, title }] : []));
}

function placeOf(source: string, regions: readonly Region[]): ListPlace {
  const region = regions.find(({ id }) => source === id || isContinued(source, id));
  if (region) return { source, region: region.id, cloud: region.cloud };
  return { source, vendor: source.replace(/^oem-/, '').replace(/-\d+$/, '') };
}

/** A list of several files has a source for each: `eastus`, `eastus-2` … */
function isContinued(source: string, first: string): boolean {
  return source.startsWith(`${first}-`) && /^\d+$/.test(source.slice(first.length + 1));
}

function titleOf(target: ListTarget, words: Words): string | undefined {
  const name =
    'region' in target
      ? words.regions.find(({ id }) => id === target.region)?.title
      : words.vendors[target.vendor];
  return name === undefined ? undefined : `Azure Local endpoints, ${name}`;
}

function factOf({ id, component, url, port, arcGateway, requiredFor }: ListRow, source: string): ListFact {
  return { source, section: sectionOf(component, id), asWritten: { url, port, arcGateway, requiredFor } };
}

function rowProblem(row: ListRow, target: ListTarget, words: Words): readonly Problem[] {
  const at = (text: string): readonly Problem[] => [{ line: row.line, text }];
  if (!/^\d+$/.test(row.id)) return at(`"${row.id}" is no row number: write the list's own, or the next one`);
  if (!('vendor' in target) && componentNamed(row.component, words) === undefined)
    return at(
      row.component === ''
        ? 'the row has no component: write the one of the row above, if it goes with that one too'
        : `the component "${row.component}" is not known: add it to "components" in ${WORDS_FILE}`,
    );
  const meaning = readRow(row);
  return typeof meaning === 'string' ? at(meaning) : [];
}
