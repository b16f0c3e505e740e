import { type Allowlist, type AllowlistGroup, type AllowlistRow, rowsOf } from './allowlist';
import {
  type Blocked,
  BLOCKED,
  type Feature,
  type InternalRule,
  type Requirement,
  REQUIREMENTS,
} from '../catalog/catalog';
import { blocksOf } from './rule/blocks-of';
import { covers } from '../catalog/host-pattern';
import { searchWords } from '../../ui/tables/searching';

export interface AllowlistFilter {
  /** Words that all must occur; a host or URL also finds the wildcards that cover it. */
  readonly text: string;
  readonly requirement: Requirement | 'all';
  /** Only what blocks this; absent: everything. */
  readonly blocks?: Blocked;
}

export const NO_FILTER: AllowlistFilter = { text: '', requirement: 'all' };

export interface Counts {
  readonly rules: number;
  readonly required: number;
  readonly recommended: number;
  readonly optional: number;
}

/** Whether the filter leaves anything out. */
export function isFiltering(filter: AllowlistFilter): boolean {
  return filter.text.trim() !== '' || asksForRows(filter);
}

const LONGEST_TEXT = 200;

/** As text that survives a reload; undefined when it asks for nothing. */
export function keepFilter(filter: AllowlistFilter): string | undefined {
  return isFiltering(filter) ? JSON.stringify(filter) : undefined;
}

/** What other code may have written there asks for nothing. */
export function readFilter(kept: string | undefined): AllowlistFilter {
  let json: unknown;
  try {
    json = JSON.parse(kept ?? '{}');
  } catch {
    return NO_FILTER;
  }
  const fields = (typeof json === 'object' && json !== null ? json : {}) as Readonly<Record<string, unknown>>;
  const { text } = fields;
  const blocks = BLOCKED.find(each => each === fields['blocks']);
  return {
    text: typeof text === 'string' && text.length <= LONGEST_TEXT ? text : '',
    requirement: REQUIREMENTS.find(each => each === fields['requirement']) ?? 'all',
    ...(blocks !== undefined && { blocks }),
  };
}

/** Whether it asks for something that only rules have, not features without rules. */
function asksForRows({ requirement, blocks }: AllowlistFilter): boolean {
  return requirement !== 'all' || blocks !== undefined;
}

/**
 * Whether a feature is chosen. `undefined`: nothing was chosen yet, so what the document itself lists is. The features
 * of a hardware vendor come and go with the vendor.
 */
export function isChosen(
  { id, optIn, vendor }: Pick<Feature, 'id' | 'optIn' | 'vendor'>,
  features: ReadonlySet<string> | undefined,
): boolean {
  return vendor !== undefined || (features?.has(id) ?? optIn !== true);
}

/** The allowlist without the rules that were not chosen. Features that can be added stay, without rows. */
export function withFeatures(allowlist: Allowlist, features: ReadonlySet<string> | undefined): Allowlist {
  const groups = allowlist.groups.flatMap((group): AllowlistGroup[] => {
    const { feature } = group;
    if (feature.kind !== 'rules' || isChosen(feature, features)) return [group];
    return feature.optIn === true ? [{ feature, rows: [] }] : [];
  });
  return { ...allowlist, groups };
}

/**
 * The rows that match. A group stays when a row of it matches; a feature without rows stays when its own words
 * match and nothing is asked for that only rules have. Rules inside the network are filtered alike; of what they block no
 * source says anything. Without a filter everything stays.
 */
export function filterAllowlist(allowlist: Allowlist, filter: AllowlistFilter): Allowlist {
  if (!isFiltering(filter)) return allowlist;
  const words = searchWords(filter.text);
  const groups = allowlist.groups.flatMap((group): AllowlistGroup[] => {
    const { feature } = group;
    if (feature.kind !== 'rules' || (feature.optIn === true && group.rows.length === 0)) {
      const own = [feature.title, feature.summary, ...feature.links.map(link => `${link.title} ${link.url}`)];
      return !asksForRows(filter) && matches(words, own, []) ? [group] : [];
    }
    const rows = group.rows.filter(
      row =>
        (filter.requirement === 'all' || row.requirement === filter.requirement) &&
        (filter.blocks === undefined || blocksOf(row).what.includes(filter.blocks)) &&
        matches(words, wordsIn(row), [row.host]),
    );
    return rows.length > 0 ? [{ feature, rows }] : [];
  });
  const internal = allowlist.internal.filter(
    rule =>
      filter.blocks === undefined &&
      (filter.requirement === 'all' || rule.requirement === filter.requirement) &&
      matches(words, wordsInInternal(rule), []),
  );
  return { ...allowlist, groups, internal };
}

/** Of the rules to the outside; those inside the network are not counted. */
export function countRules(allowlist: Allowlist): Counts {
  const counts = { rules: 0, required: 0, recommended: 0, optional: 0 };
  for (const row of rowsOf(allowlist)) {
    counts.rules += 1;
    counts[row.requirement] += 1;
  }
  return counts;
}

function wordsIn(row: AllowlistRow): readonly string[] {
  return [
    row.host,
    `${row.host}:${row.port}`,
    row.protocol,
    row.purpose,
    row.serviceTag ?? '',
    row.feature.title,
    row.asWritten.url,
  ];
}

function wordsInInternal(rule: InternalRule): readonly string[] {
  return [rule.group, rule.purpose, rule.from, rule.to, rule.protocol, ...rule.ports];
}

function matches(words: readonly string[], texts: readonly string[], hosts: readonly string[]): boolean {
  const lower = texts.map(text => text.toLowerCase());
  return words.every(
    word =>
      lower.some(text => text.includes(word)) || hosts.some(host => word.includes('.') && covers(host, word)),
  );
}
