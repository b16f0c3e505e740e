import type { Cloud } from '../cluster/cluster';
import type { Correction, Edition, Feature, Origin, Protocol, Requirement, Rule, RuleUse } from './catalog';
import { fillPlaceholder } from './witness';

/** What only the cluster's owner knows. */
export interface Answers {
  /** Storage account of the cloud witness; must have passed `readWitnessAccount`. */
  readonly witnessAccount?: string;
}

/** `none`: the rule has no placeholder. `open`: not answered, so the wildcard is listed. `filled`: answered. */
export type PlaceholderState = 'none' | 'open' | 'filled';

/** One line of the allowlist: a rule in one feature, for one cloud, with the answers filled in. */
export interface AllowlistRow {
  /** Unique within an allowlist: feature and rule. */
  readonly id: string;
  readonly feature: Feature;
  readonly use: RuleUse;
  readonly rule: Rule;
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly requirement: Requirement;
  readonly purpose: string;
  /** Clouds in which this feature needs the rule. */
  readonly clouds: readonly Cloud[];
  readonly serviceTag?: string;
  readonly correction?: Correction;
  /** URL and port as the source has them; a place that gives a port goes before one that does not. */
  readonly asWritten: Origin['asWritten'];
  /** Whether the document writes a scheme before this host. */
  readonly scheme: boolean;
  /** What opening it also opens; absent once an answer narrowed the rule to one host. */
  readonly risk?: string;
  readonly placeholderState: PlaceholderState;
}

export interface AllowlistGroup {
  readonly feature: Feature;
  readonly rows: readonly AllowlistRow[];
}

export interface Allowlist {
  readonly edition: Edition;
  readonly cloud: Cloud;
  /** One for every feature of the edition, in its order; linked features and such without rules have no rows. */
  readonly groups: readonly AllowlistGroup[];
}

/** The edition's rules for one cloud. */
export function makeAllowlist(edition: Edition, cloud: Cloud, answers: Answers): Allowlist {
  const rules = new Map(edition.rules.map(rule => [rule.id, rule]));
  const groups = edition.features.map(feature => ({
    feature,
    rows: feature.uses.flatMap(use => {
      const rule = rules.get(use.rule);
      return rule !== undefined && cloudsOf(rule, use).includes(cloud)
        ? [row(feature, use, rule, answers)]
        : [];
    }),
  }));
  return { edition, cloud, groups };
}

/** All rows in the document's order. */
export function rowsOf(allowlist: Allowlist): readonly AllowlistRow[] {
  return allowlist.groups.flatMap(group => group.rows);
}

export function isWildcard(host: string): boolean {
  return host.startsWith('*.');
}

/** Whether a rule's host lets a concrete host through. `*.x` covers `a.x` and `b.a.x`, never `x` itself. */
export function covers(pattern: string, host: string): boolean {
  return isWildcard(pattern) ? host.endsWith(pattern.slice(1)) && !host.startsWith('.') : pattern === host;
}

function cloudsOf(rule: Rule, use: RuleUse): readonly Cloud[] {
  return use.clouds ?? rule.clouds;
}

function row(feature: Feature, use: RuleUse, rule: Rule, answers: Answers): AllowlistRow {
  const filled = rule.placeholder !== undefined && answers.witnessAccount !== undefined;
  return {
    id: `${feature.id}/${rule.id}`,
    feature,
    use,
    rule,
    host: filled ? fillPlaceholder(rule, answers.witnessAccount) : rule.host,
    port: rule.port,
    protocol: rule.protocol,
    requirement: use.requirement,
    purpose: use.purpose,
    clouds: cloudsOf(rule, use),
    serviceTag: rule.serviceTag,
    correction: use.correction,
    asWritten: asWritten(use) ?? { url: rule.host },
    scheme: use.scheme ?? rule.scheme,
    risk: filled ? undefined : rule.risk,
    placeholderState: rule.placeholder === undefined ? 'none' : filled ? 'filled' : 'open',
  };
}

function asWritten(use: RuleUse): Origin['asWritten'] | undefined {
  return (use.origins.find(origin => origin.asWritten.port !== undefined) ?? use.origins[0])?.asWritten;
}
