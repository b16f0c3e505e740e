import type { Cloud } from '../../cluster/cluster';
import type {
  Connects,
  Correction,
  Feature,
  Origin,
  Protocol,
  Requirement,
  Rule,
  RuleUse,
  State,
} from '../catalog/catalog';
import type { Choice } from '../choice/choice';
import { mergeUses, type Uses } from '../catalog/merged-use';
import { fillPlaceholder } from '../choice/placeholders';
import { isPublished, publishedDoor } from '../catalog/published';

/** `none`: the use has no placeholder. `open`: not answered, so the wildcard is listed. `filled`: answered. */
export type PlaceholderState = 'none' | 'open' | 'filled';

/** One line of the allowlist: a rule in one feature, for one choice, with the answers filled in. */
export interface AllowlistRow {
  /** Unique within an allowlist: feature and rule. */
  readonly id: string;
  readonly feature: Feature;
  /** All that the feature says of the rule for this choice, as one; `origins` are those that hold for it. */
  readonly use: RuleUse;
  readonly rule: Rule;
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly requirement: Requirement;
  readonly purpose: string;
  /** Clouds in which this feature needs the rule. */
  readonly clouds: readonly Cloud[];
  /** Regions in which it is needed, when those are fewer than were asked for. */
  readonly regions?: readonly string[];
  /** When it is needed, where a source says so. */
  readonly when?: RuleUse['when'];
  /** Who opens the connection; undefined for rules of the administrator's own. */
  readonly connects?: Connects;
  /** Whether Arc gateway can carry it, where the list says so. */
  readonly arcGateway?: boolean;
  /** That it is no longer current, by itself or with its whole feature. */
  readonly state?: State;
  /** Whether a source says that TLS inspection must leave it alone. */
  readonly bypassInspection: boolean;
  readonly serviceTag?: string;
  /** What is listed differently from the document; undefined in a list as published. */
  readonly correction?: Correction;
  /** What would be listed instead, in a list as published, where we know better. */
  readonly corrected?: { readonly host: string; readonly port: number };
  /** URL and port as the source has them; a place that gives a port goes before one that does not. */
  readonly asWritten: Origin['asWritten'];
  /** Whether the document writes a scheme before this host. */
  readonly scheme: boolean;
  /** What opening it also opens; absent once an answer narrowed the rule to one host. */
  readonly risk?: string;
  readonly placeholderState: PlaceholderState;
}

export interface Scope {
  readonly choice: Choice;
  /** Ids of the regions that were asked for; none when the edition has no lists by region. */
  readonly regions: readonly string[];
}

/** Whether a feature's use of a rule belongs into the list of this choice. */
export function holdsFor(rule: Rule, use: RuleUse, { choice, regions }: Scope): boolean {
  return (
    (use.clouds ?? rule.clouds).includes(choice.cloud) &&
    (use.regions === undefined || use.regions.some(region => regions.includes(region))) &&
    (!choice.published || use.correction?.field !== 'added')
  );
}

/** The row for all uses that a feature makes of a rule within the scope. */
export function makeRow(feature: Feature, rule: Rule, uses: Uses, { choice, regions }: Scope): AllowlistRow {
  const use = mergeUses(uses, regions);
  const { placeholder } = use;
  const answer = placeholder && choice.answers[placeholder.name];
  const host =
    placeholder === undefined || answer === undefined ? rule.host : fillPlaceholder(placeholder, answer);
  const asWritten = writtenIn(use) ?? { url: rule.host };
  const listed = { host, port: rule.port };
  const door = choice.published ? publishedDoor(use, asWritten, listed, answer) : listed;
  const differs = door.host !== listed.host || door.port !== listed.port;
  return {
    id: `${feature.id}/${rule.id}`,
    feature,
    use,
    rule,
    ...door,
    protocol: rule.protocol,
    requirement: use.requirement,
    purpose: use.purpose,
    clouds: use.clouds ?? rule.clouds,
    regions: use.regions,
    when: use.when,
    connects: use.connects ?? feature.connects,
    arcGateway: use.arcGateway,
    state: rule.state ?? feature.state,
    bypassInspection: use.bypassInspection !== undefined,
    serviceTag: rule.serviceTag,
    correction: choice.published ? undefined : use.correction,
    corrected: differs ? listed : undefined,
    asWritten,
    scheme: use.scheme ?? rule.scheme,
    risk: answer === undefined ? rule.risk : undefined,
    placeholderState: placeholder === undefined ? 'none' : answer === undefined ? 'open' : 'filled',
  };
}

function writtenIn({ origins }: RuleUse): Origin['asWritten'] | undefined {
  const published = origins.filter(isPublished);
  const places = published.length > 0 ? published : origins;
  return (places.find(({ asWritten }) => asWritten.port !== undefined) ?? places[0])?.asWritten;
}
