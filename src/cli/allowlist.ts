import { version } from '../../package.json';
import { type Allowlist, makeAllowlist } from '../app/allowlist/list/allowlist';
import { BLOCKED, type Edition, REQUIREMENTS } from '../app/allowlist/catalog/catalog';
import { doorName } from '../app/allowlist/catalog/door';
import { type Answers, choiceFor } from '../app/allowlist/choice/choice';
import { filterAllowlist, NO_FILTER, withFeatures } from '../app/allowlist/list/filter';
import { PLACEHOLDERS, placeholdersOf, readAnswer } from '../app/allowlist/choice/placeholders';
import { CLOUDS, type Cloud } from '../app/cluster/cluster';
import { allowlistText, internalText } from '../app/export/allowlist/allowlist-file';
import { ALLOWLIST_FORMATS } from '../app/export/allowlist/allowlist-format';
import { checkScriptFile, USUAL_TIMEOUT_MS } from '../app/export/allowlist/check-script';
import { CHECK_SCRIPT } from '../app/export/allowlist/check-script-name';
import { allowlistNotes } from '../app/export/allowlist/allowlist-notes';
import { firewallRows } from '../app/export/formats/firewall-rows';
import { listTitle } from '../app/export/formats/list-title';
import { FORMAT_NAMES, isFormatName } from '../app/export/formats/format-names';
import { FORMATS } from '../app/export/formats/registry';
import { makeText, type Text } from '../app/ui/words/make-text';
import { type AllowlistOptions, ANSWER_OPTIONS, type Command } from './allowlist-contract';
import { chooseEdition, chooseRegion, chooseVendor, choiceNotes, newestOf } from './choose';
import { oneOf, outcomeOf, WrongUse } from './wrong-use';

/** What is said of a check that nobody has begun yet: the command line knows no cluster. */
const SCRIPT = { cluster: 'cluster', toolVersion: version, timeoutMs: USUAL_TIMEOUT_MS } as const;

/** The list that stands when none is asked for. */
const USUAL_EDITION = '2022-01';

/** Writes the allowlist that the page would export for the same choices. */
export const allowlistCommand: Command<AllowlistOptions> = (options, editions, strings) =>
  outcomeOf(() => {
    const t = makeText(strings);
    const format = oneOf('--format', options.format, [...ALLOWLIST_FORMATS, ...FORMAT_NAMES, CHECK_SCRIPT]);
    const { allowlist, notes } = chosenList(options, editions, t);
    const port = readPort(options.port);
    if (port !== undefined && format !== 'palo-alto')
      throw new WrongUse('--port is only for --format palo-alto: other formats say the port of each rule.');
    const isList = ALLOWLIST_FORMATS.some(each => each === format);
    if (options.internal && !isList)
      throw new WrongUse(`--internal and --format ${format} cannot be given together: give json or csv.`);
    if (format === CHECK_SCRIPT) {
      const file = checkScriptFile(
        allowlist,
        { ...SCRIPT, template: options.checkTemplate ?? '', date: options.now ?? new Date() },
        t,
      );
      return { text: file.text, notes: [...notes, ...file.notes] };
    }
    if (isFormatName(format)) {
      const written = FORMATS[format](firewallRows(allowlist, t), {
        t,
        title: listTitle(allowlist, t),
        date: options.now ?? new Date(),
        fileName: extension => `allowlist.${extension}`,
        ...(port === undefined ? {} : { port }),
      });
      const skipped = written.skipped.map(({ rule, reason }) =>
        t('formats.header.skipped', doorName(rule), reason),
      );
      return {
        text: written.content,
        notes: [...notes, ...allowlistNotes(allowlist, 'json', t), ...written.notes, ...skipped],
      };
    }
    return options.internal
      ? { text: internalText(allowlist, format, t), notes }
      : {
          text: allowlistText(allowlist, format, t),
          notes: [...notes, ...allowlistNotes(allowlist, format, t)],
        };
  });

/** The list that the options choose, and what to know of it; throws {@link WrongUse}. */
export function chosenList(
  options: AllowlistOptions,
  editions: readonly unknown[],
  t: Text,
): { readonly allowlist: Allowlist; readonly notes: readonly string[] } {
  const edition = chooseEdition('--edition', options.edition ?? USUAL_EDITION, editions);
  const cloud = oneOf('--cloud', options.cloud, CLOUDS);
  const region = chooseRegion(options.region, cloud, [edition], editions);
  const vendor = chooseVendor(options.vendor, [edition]);
  const { arcGateway, published } = options;
  const answers = readAnswers(options, edition, cloud, t);
  const everything = makeAllowlist(
    edition,
    choiceFor(cloud, { region, vendor, answers, arcGateway, published }),
  );
  const allowlist = narrowed(everything, options);
  const notes = [
    ...usualNotes(options, edition, editions),
    ...choiceNotes(edition, cloud, region),
    ...optionNotes(options, everything),
    ...linkedNotes(everything, options.features),
  ];
  return { allowlist, notes };
}

function readPort(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const port = /^\d{1,5}$/.test(typed) ? Number(typed) : 0;
  if (port < 1 || port > 65535)
    throw new WrongUse(`--port ${JSON.stringify(typed)} is no port: give 1 to 65535.`);
  return port;
}

/** Which list was taken for want of a choice, and which is the newest. */
function usualNotes(
  { edition: given }: AllowlistOptions,
  edition: Edition,
  editions: readonly unknown[],
): readonly string[] {
  if (given !== undefined) return [];
  const newest = newestOf(editions);
  return [
    newest === undefined || newest.id === edition.id
      ? `No --edition was given: the list is ${edition.id}, the newest.`
      : `No --edition was given: the list is ${edition.id}; the newest is ${newest.id} (${newest.appliesTo.join(', ')}).`,
  ];
}

/** Asked for by feature, rules inside the network are not meant. */
function narrowed(everything: Allowlist, options: AllowlistOptions): Allowlist {
  const { features, requirement, blocks, internal } = options;
  if (internal && features.length > 0)
    throw new WrongUse('--internal and --feature cannot be given together: rules inside have no feature.');
  if (internal && blocks !== undefined)
    throw new WrongUse(
      '--internal and --blocks cannot be given together: no source says what rules inside block.',
    );
  const ids = everything.groups.map(({ feature }) => feature.id);
  for (const id of features) oneOf('--feature', id, ids);
  const chosen =
    features.length > 0
      ? { ...withFeatures(everything, new Set(features)), internal: [] }
      : withFeatures(everything, undefined);
  return filterAllowlist(chosen, {
    ...NO_FILTER,
    requirement: requirement === undefined ? 'all' : oneOf('--requirement', requirement, REQUIREMENTS),
    ...(blocks !== undefined && { blocks: oneOf('--blocks', blocks, BLOCKED) }),
  });
}

function readAnswers({ answers }: AllowlistOptions, edition: Edition, cloud: Cloud, t: Text): Answers {
  const asked = placeholdersOf(edition);
  const read = PLACEHOLDERS.flatMap(name => {
    const typed = answers[name];
    if (typed === undefined) return [];
    const entry = readAnswer(name, typed, cloud, asked.get(name));
    const option = `--${ANSWER_OPTIONS[name]}`;
    if (!entry.ok) throw new WrongUse(`${option}: ${t(`allowlist.answer.${name}.${entry.problem}`)}`);
    if (entry.answer === undefined) throw new WrongUse(`${option} needs a value.`);
    return [[name, entry.answer] as const];
  });
  return Object.fromEntries(read);
}

/** Options that change nothing here: whoever gave them expects otherwise. */
function optionNotes(options: AllowlistOptions, { edition, internal }: Allowlist): readonly string[] {
  const asked = placeholdersOf(edition);
  const notes = PLACEHOLDERS.filter(name => options.answers[name] !== undefined && !asked.has(name)).map(
    name => `--${ANSWER_OPTIONS[name]} changes nothing: no rule of edition ${edition.id} asks for it.`,
  );
  const saysArc = edition.features.some(({ uses }) => uses.some(use => use.arcGateway !== undefined));
  if (options.arcGateway && !saysArc)
    notes.push(`--arc-gateway changes nothing: edition ${edition.id} does not say what Arc gateway carries.`);
  if (options.internal && internal.length === 0)
    notes.push(
      `Edition ${edition.id} has no rules inside the network: that does not mean that none are needed.`,
    );
  return notes;
}

/**
 * Features that were asked for by name but have no rules here or none for the cloud: an empty answer must not look like
 * "nothing needed".
 */
function linkedNotes({ groups }: Allowlist, features: readonly string[]): readonly string[] {
  return groups
    .filter(({ feature, rows }) => features.includes(feature.id) && rows.length === 0)
    .map(({ feature }) =>
      [`${feature.id}: ${feature.summary}`, ...feature.links.map(link => link.url)].join(' '),
    );
}
