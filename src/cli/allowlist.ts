import { type Allowlist, makeAllowlist } from '../app/allowlist/allowlist';
import { REQUIREMENTS } from '../app/allowlist/catalog';
import { choiceFor } from '../app/allowlist/choice';
import { filterAllowlist, NO_FILTER, withFeatures } from '../app/allowlist/filter';
import { placeholdersOf, readAnswer } from '../app/allowlist/placeholders';
import { readEdition } from '../app/allowlist/read-edition';
import { CLOUDS } from '../app/cluster/cluster';
import { ALLOWLIST_FORMATS, allowlistText } from '../app/export/allowlist-file';
import { makeText } from '../app/ui/make-text';
import type { AllowlistOptions, AllowlistOutcome } from './allowlist-contract';

/** Writes the allowlist that the page would export for the same choices. */
export function allowlistCommand(
  options: AllowlistOptions,
  editionJson: unknown,
  strings: Readonly<Record<string, string>>,
): AllowlistOutcome {
  const edition = readEdition(editionJson);
  if (edition === undefined) return wrong('The list that ships with this tool cannot be read.');
  const cloud = CLOUDS.find(each => each === options.cloud);
  if (cloud === undefined) return wrong(choice('--cloud', options.cloud, CLOUDS));
  const format = ALLOWLIST_FORMATS.find(each => each === options.format);
  if (format === undefined) return wrong(choice('--format', options.format, ALLOWLIST_FORMATS));
  const requirement = REQUIREMENTS.find(each => each === options.requirement);
  if (requirement === undefined && options.requirement !== undefined)
    return wrong(choice('--requirement', options.requirement, REQUIREMENTS));
  const ids = edition.features.map(feature => feature.id);
  const unknown = options.features.find(id => !ids.includes(id));
  if (unknown !== undefined) return wrong(choice('--feature', unknown, ids));
  const t = makeText(strings);
  const witness = readAnswer(
    'witness-account',
    options.witness ?? '',
    cloud,
    placeholdersOf(edition).get('witness-account'),
  );
  if (!witness.ok) return wrong(`--witness: ${t(`allowlist.answer.witness-account.${witness.problem}`)}`);
  if (options.witness !== undefined && witness.answer === undefined)
    return wrong('--witness needs the name of a storage account.');

  const everything = makeAllowlist(
    edition,
    choiceFor(cloud, { answers: { 'witness-account': witness.answer } }),
  );
  const chosen = withFeatures(
    everything,
    options.features.length > 0 ? new Set(options.features) : undefined,
  );
  const filtered = filterAllowlist(chosen, { ...NO_FILTER, requirement: requirement ?? 'all' });
  return { ok: true, text: allowlistText(filtered, format, t), notes: notes(chosen, options.features) };
}

/**
 * Features that were asked for by name but have no rules here or none for the cloud: an empty answer must not look like
 * "nothing needed".
 */
function notes({ groups }: Allowlist, features: readonly string[]): string[] {
  return groups
    .filter(({ feature, rows }) => features.includes(feature.id) && rows.length === 0)
    .map(({ feature }) =>
      [`${feature.id}: ${feature.summary}`, ...feature.links.map(link => link.url)].join(' '),
    );
}

function choice(option: string, value: string | undefined, allowed: readonly string[]): string {
  const list = allowed.join(', ');
  return value === undefined
    ? `${option} is missing: give one of ${list}.`
    : `${option} ${JSON.stringify(value)} is not known: give one of ${list}.`;
}

function wrong(message: string): AllowlistOutcome {
  return { ok: false, message };
}
