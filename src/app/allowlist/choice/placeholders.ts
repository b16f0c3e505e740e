import { CLOUDS, type Cloud } from '../../cluster/cluster';
import type { Edition, Placeholder, PlaceholderName, Rule } from '../catalog/catalog';

export const PLACEHOLDERS: readonly PlaceholderName[] = [
  'witness-account',
  'key-vault',
  'arc-gateway',
  'workspace-id',
  'region',
  'appliance-domain',
];

/** Why an entry is no answer; the strings file has a sentence under `allowlist.answer.<placeholder>.<problem>`. */
export type AnswerProblem =
  /** The document's placeholder itself. */
  | 'placeholder'
  | 'too-short'
  | 'too-long'
  | 'characters'
  /** The right characters in an order that no such name has. */
  | 'form'
  /** A host of another cloud than the chosen one. */
  | 'other-cloud'
  /** A host name, but not one of this kind. */
  | 'other-host';

export type AnswerEntry =
  /** `answer` is undefined when nothing was entered. */
  | { readonly ok: true; readonly answer: string | undefined }
  | { readonly ok: false; readonly problem: AnswerProblem };

/** What an edition says of one placeholder. */
export interface AskedFor {
  /** The names that the list writes in its place, for example `myblobstorage`. Lower case. */
  readonly literals: readonly string[];
  /** Each cloud's domains that follow the answer, for example `blob.core.windows.net`. */
  readonly suffixes: Partial<Readonly<Record<Cloud, readonly string[]>>>;
  /** What stands before the answer where that is a domain, for example `portal.`. */
  readonly before?: readonly string[];
}

interface Shape {
  readonly length: readonly [min: number, max: number];
  readonly characters: RegExp;
  readonly form?: RegExp;
  /** How an entry is written in a host name, where that is not how people write it. */
  readonly tidy?: (text: string) => string;
}

const lower = (text: string): string => text.toLowerCase();

/**
 * Storage accounts, key vaults and workspace ids: Azure's naming rules for resources. An Arc gateway's id is one label of
 * a host name (RFC 1123). Regions: names as Azure Resource Manager has them, which people also write `West Europe`.
 * Domains: two labels and more (RFC 1123); a longer name would leave no room for the names below it.
 */
const SHAPES: Readonly<Record<PlaceholderName, Shape>> = {
  'witness-account': { length: [3, 24], characters: /^[a-z0-9]*$/ },
  'key-vault': {
    length: [3, 24],
    characters: /^[a-z0-9-]*$/,
    form: /^[a-z](?:-?[a-z0-9])*$/,
    tidy: lower,
  },
  'arc-gateway': {
    length: [1, 63],
    characters: /^[a-z0-9-]*$/,
    form: /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    tidy: lower,
  },
  'workspace-id': {
    length: [36, 36],
    characters: /^[0-9a-f-]*$/,
    form: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    tidy: lower,
  },
  region: {
    length: [3, 30],
    characters: /^[a-z0-9]*$/,
    form: /^[a-z]/,
    tidy: text => lower(text).replace(/ /g, ''),
  },
  'appliance-domain': {
    length: [4, 200],
    characters: /^[a-z0-9.-]*$/,
    form: /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    tidy: lower,
  },
};

/** The placeholders that an edition's rules have, in the order of {@link PLACEHOLDERS}. */
export function placeholdersOf(edition: Edition): ReadonlyMap<PlaceholderName, AskedFor> {
  const narrowed = narrowedRules(edition);
  const found = PLACEHOLDERS.flatMap(name => {
    const rules = narrowed.filter(rule => rule.placeholder?.name === name);
    return rules.length === 0 ? [] : [[name, askedFor(rules)] as const];
  });
  return new Map(found);
}

/** Rules as their uses narrow them: of one wildcard a feature may need one host, another all. */
function narrowedRules({ rules, features }: Edition): readonly Rule[] {
  const byId = new Map(rules.map(rule => [rule.id, rule]));
  return features.flatMap(({ uses }) =>
    uses.flatMap(({ rule: id, placeholder, clouds }) => {
      const rule = byId.get(id);
      return rule === undefined || placeholder === undefined
        ? []
        : [{ ...rule, clouds: clouds ?? rule.clouds, placeholder }];
    }),
  );
}

/**
 * Reads what someone typed or pasted: the name alone, its host, or a URL of that host.
 * Without `asked` – the edition has no such placeholder – only a name alone is taken.
 */
export function readAnswer(
  name: PlaceholderName,
  entry: string,
  cloud: Cloud,
  asked: AskedFor = { literals: [], suffixes: {} },
): AnswerEntry {
  const text = entry.trim();
  if (text === '') return { ok: true, answer: undefined };
  if (/[[\]<>{}]/.test(text)) return { ok: false, problem: 'placeholder' };
  const host = /^(?:https?:\/\/)?([^/:?#@]+)(?::\d+)?(?:[/?#].*)?$/i.exec(text)?.[1] ?? text;
  if (!host.includes('.')) return checkName(name, host, asked);
  const full = lower(host).replace(/\.$/, '');
  if (name === 'appliance-domain') return checkName(name, withoutService(full, asked), asked);
  const suffixIn = (each: Cloud): string | undefined =>
    asked.suffixes[each]?.find(suffix => full.endsWith(`.${suffix}`));
  const own = suffixIn(cloud);
  if (own !== undefined) return checkName(name, full.slice(0, -own.length - 1), asked);
  return { ok: false, problem: CLOUDS.some(suffixIn) ? 'other-cloud' : 'other-host' };
}

/** The host with the answer in the brackets' place. */
export function fillPlaceholder({ host }: Placeholder, answer: string): string {
  return host.replace(/\[[^\]]*\]/, () => answer);
}

/** The domain of a service's name: `portal.a.example` gives `a.example`; another name is the domain itself. */
function withoutService(host: string, { before = [] }: AskedFor): string {
  const service = before.find(prefix => host.startsWith(prefix));
  return service === undefined ? host : host.slice(service.length);
}

function checkName(name: PlaceholderName, entry: string, { literals }: AskedFor): AnswerEntry {
  const { length, characters, form, tidy = (text: string) => text } = SHAPES[name];
  const answer = tidy(entry);
  if (literals.includes(lower(entry))) return { ok: false, problem: 'placeholder' };
  if (!characters.test(answer)) return { ok: false, problem: 'characters' };
  if (answer.length < length[0]) return { ok: false, problem: 'too-short' };
  if (answer.length > length[1]) return { ok: false, problem: 'too-long' };
  if (form !== undefined && !form.test(answer)) return { ok: false, problem: 'form' };
  return { ok: true, answer };
}

function askedFor(rules: readonly Rule[]): AskedFor {
  const suffixes: Partial<Record<Cloud, readonly string[]>> = {};
  for (const cloud of CLOUDS) {
    const own = rules
      .filter(rule => rule.clouds.includes(cloud) && !isDomain(rule.placeholder))
      .map(rule => rule.host.replace(/^\*\./, ''));
    if (own.length > 0) suffixes[cloud] = [...new Set(own)];
  }
  const before = rules.flatMap(({ placeholder }) =>
    placeholder !== undefined && isDomain(placeholder) ? [placeholder.host.replace(/\[.*$/, '')] : [],
  );
  const literals = rules.flatMap(({ placeholder }) => {
    // A domain's brackets hold one that is really used.
    if (isDomain(placeholder)) return [];
    const literal = /\[([^\]]*)\]/.exec(placeholder?.host ?? '')?.[1];
    return literal === undefined ? [] : [lower(literal)];
  });
  return { literals: [...new Set(literals)], suffixes, ...(before.length > 0 && { before }) };
}

function isDomain(placeholder: Placeholder | undefined): boolean {
  return placeholder?.name === 'appliance-domain';
}
