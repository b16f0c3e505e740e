import { covers } from '../../../app/allowlist/catalog/host-pattern.ts';
import {
  isNarrowed,
  type FoldedFeature,
  type FoldedRule,
  type FoldedUse,
  type HostWords,
  originsOf,
  pairsIn,
  regionsOf,
  sourceOf,
} from './folded.ts';
import { joinRows } from './join-blocks.ts';
import type { Severity } from './manifest.ts';
import { type DoorRows, doorsOf, keyOf, type RegionManifest } from './scope.ts';
import { exceptionFor, type ValidatorWords } from './words.ts';

/** How much a rule that only the validator has is needed. */
const REQUIREMENT: Readonly<Record<Severity, string>> = {
  critical: 'required',
  warning: 'recommended',
  informational: 'optional',
};

export interface Part {
  readonly features: readonly FoldedFeature[];
  readonly rules: readonly FoldedRule[];
}

/** Adds what manifests ask for and the list does not have, each region on its own. */
export function addMissing(
  before: Part,
  applied: readonly RegionManifest[],
  words: ValidatorWords,
  hosts: HostWords,
): Part {
  let part = before;
  for (const each of applied)
    for (const door of doorsOf(each.manifest)) {
      if (isCovered(before, door, each) || door.rows.every(row => exceptionFor(row, words))) continue;
      const rule = ruleFor(part, door, each, hosts);
      part = withRule(part, rule, each.region.cloud);
      const feature = featureOf(door, part, words);
      part = withUse(part, feature, useOf(rule, feature, door, each, words, hosts), words);
    }
  return part;
}

function isCovered({ features, rules }: Part, { door }: DoorRows, applied: RegionManifest): boolean {
  const over = rules.filter(
    rule => rule.port === door.port && rule.protocol === door.protocol && covers(rule.host, door.host),
  );
  return features.some(
    ({ uses = [], vendor, optIn }) =>
      vendor === undefined &&
      optIn === undefined &&
      uses.some(use => {
        const rule = over.find(each => each.id === use.rule);
        return rule !== undefined && !isNarrowed(use, rule) && regionsOf(use, rule, [applied]).length > 0;
      }),
  );
}

function ruleFor(
  { rules }: Part,
  { door }: DoorRows,
  { region }: RegionManifest,
  hosts: HostWords,
): FoldedRule {
  const known = rules.find(rule => keyOf(rule) === keyOf(door));
  if (known) return known;
  const risk = hosts.risk(door.host);
  return {
    id: `${door.host.replaceAll('.', '-').replaceAll('_', '-')}-${door.port}`,
    ...door,
    clouds: [region.cloud],
    scheme: false,
    ...(risk !== undefined && { risk }),
  };
}

/** Uses that hold in every cloud of a rule keep their clouds when the rule gets one more. */
export function withRule({ features, rules }: Part, rule: FoldedRule, cloud: string): Part {
  if (!rules.some(({ id }) => id === rule.id)) return { features, rules: [...rules, rule] };
  if (rule.clouds.includes(cloud)) return { features, rules };
  const pinned = (use: FoldedUse): FoldedUse =>
    use.rule === rule.id ? { clouds: rule.clouds, ...use } : use;
  return {
    features: features.map(feature =>
      feature.uses === undefined ? feature : { ...feature, uses: feature.uses.map(pinned) },
    ),
    rules: rules.map(each => (each.id === rule.id ? { ...each, clouds: [...each.clouds, cloud] } : each)),
  };
}

/** What the edition has no feature for goes into one of its own. */
function featureOf({ rows }: DoorRows, { features }: Part, words: ValidatorWords): string {
  const [{ name, service }] = rows;
  const byCheck = Object.hasOwn(words.checks, name) ? words.checks[name] : undefined;
  const byService = Object.hasOwn(words.services, service) ? words.services[service] : undefined;
  const id = byCheck ?? byService;
  const found = features.find(each => each.id === id && each.uses !== undefined && each.optIn === undefined);
  return found?.id ?? words.other.id;
}

function useOf(
  rule: FoldedRule,
  feature: string,
  door: DoorRows,
  applied: RegionManifest,
  words: ValidatorWords,
  hosts: HostWords,
): FoldedUse {
  const { region, manifest } = applied;
  const blocks = joinRows(door.rows, words.blocks);
  const source = sourceOf(manifest);
  const pair = pairsIn(region, words).find(({ validator }) => validator === rule.host);
  const origins = originsOf(door, applied);
  const purpose =
    hosts.purpose(rule.host, feature) ?? (feature === words.other.id ? words.other.purpose : undefined);
  return {
    rule: rule.id,
    requirement: REQUIREMENT[blocks.severity],
    ...(purpose !== undefined && { purpose }),
    clouds: [region.cloud],
    regions: [region.id],
    arcGateway: door.rows.every(row => row.arcGateway),
    correction: {
      field: 'added',
      reason:
        pair === undefined
          ? words.reason
          : words.pairReason
              .replace('{validator}', pair.validator)
              .replace('{published}', pair.published.join(', ')),
      source,
    },
    blocks: { ...blocks, origins },
    origins: origins as FoldedUse['origins'],
  };
}

function withUse({ features, rules }: Part, id: string, use: FoldedUse, { other }: ValidatorWords): Part {
  const { connects, title, summary } = other;
  const has = features.some(each => each.id === id);
  const all: readonly FoldedFeature[] = has
    ? features
    : [...features, { id, title, kind: 'rules', connects, summary, links: [], uses: [] }];
  return {
    features: all.map(each => (each.id === id ? { ...each, uses: [...(each.uses ?? []), use] } : each)),
    rules,
  };
}
