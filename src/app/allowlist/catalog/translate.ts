import type { Edition, EditionSummary, Feature, InternalRule, Rule, RuleUse } from './catalog';

/** What the lists' English texts are in another language, by the English text. */
export type Translations = ReadonlyMap<string, string>;

/** Of a file of `src/catalog/languages` as the build wrote it; undefined when it is anything else. */
export function readTranslations(json: unknown): Translations | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const texts = Object.entries(json as Readonly<Record<string, unknown>>);
  return texts.every((each): each is [string, string] => typeof each[1] === 'string')
    ? new Map(texts)
    : undefined;
}

/**
 * An edition in another language: what it says in our words. Names of sources and of their sections, regions, vendors and
 * all that is as written in a source stay. What has no translation stays English and is noted in `english`.
 */
export function translateEdition(edition: Edition, translations: Translations): Edition {
  const english = new Set<string>();
  const say = (text: string): string => {
    const local = translations.get(text);
    if (local === undefined) english.add(text);
    return local ?? text;
  };
  const { features, rules, internalRules, changes } = edition;
  return {
    ...edition,
    ...said(edition, ['title'], say),
    features: features.map(feature => featureIn(feature, say)),
    rules: rules.map(rule => ruleIn(rule, say)),
    ...(internalRules && { internalRules: internalRules.map(rule => internalRuleIn(rule, say)) }),
    ...(changes && { changes: changes.map(change => said(change, ['text'], say)) }),
    english,
  };
}

export function translateSummary(summary: EditionSummary, translations: Translations): EditionSummary {
  return { ...summary, title: translations.get(summary.title) ?? summary.title };
}

type Say = (text: string) => string;

function featureIn(feature: Feature, say: Say): Feature {
  return {
    ...said(feature, ['title', 'summary'], say),
    links: feature.links.map(link => said(link, ['title'], say)),
    uses: feature.uses.map(use => useIn(use, say)),
    ...(feature.state && { state: said(feature.state, ['text'], say) }),
  };
}

function useIn(use: RuleUse, say: Say): RuleUse {
  const { correction, note, bypassInspection } = use;
  return {
    ...said(use, ['purpose', 'alternative'], say),
    ...(correction && { correction: said(correction, ['reason'], say) }),
    ...(note && { note: said(note, ['text'], say) }),
    ...(bypassInspection && { bypassInspection: said(bypassInspection, ['text'], say) }),
  };
}

function ruleIn(rule: Rule, say: Say): Rule {
  return {
    ...said(rule, ['risk'], say),
    ...(rule.note && { note: said(rule.note, ['text'], say) }),
    ...(rule.state && { state: said(rule.state, ['text'], say) }),
  };
}

function internalRuleIn(rule: InternalRule, say: Say): InternalRule {
  return said(rule, ['group', 'purpose', 'from', 'to', 'note'], say);
}

/** The same, with what stands in these fields said in the other language; a field that is not there stays away. */
function said<T extends object>(whole: T, fields: readonly (keyof T)[], say: Say): T {
  const texts = fields.flatMap(field => {
    const text = whole[field];
    return typeof text === 'string' ? [[field, say(text)] as const] : [];
  });
  return { ...whole, ...Object.fromEntries(texts) };
}
