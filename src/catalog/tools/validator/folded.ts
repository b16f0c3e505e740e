import { isWildcard } from '../../../app/allowlist/catalog/host-pattern.ts';
import type { ManifestFile } from './manifest.ts';
import type { DoorRows, Region, RegionManifest } from './scope.ts';
import type { Pair, ValidatorWords } from './words.ts';

/** What of an edition's file is looked at; everything else is kept. */
export interface FoldedUse {
  readonly rule: string;
  readonly clouds?: readonly string[];
  readonly regions?: readonly string[];
  readonly origins?: readonly { readonly regions?: readonly string[] }[];
  readonly [field: string]: unknown;
}

export interface FoldedFeature {
  readonly id?: string;
  readonly vendor?: unknown;
  readonly optIn?: unknown;
  readonly uses?: readonly FoldedUse[];
  readonly [field: string]: unknown;
}

export interface FoldedRule {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly clouds: readonly string[];
  readonly [field: string]: unknown;
}

/** What is known of a host, in our own words. */
export interface HostWords {
  /** Undefined where `hosts.json` says it, or nothing does. */
  purpose(host: string, feature: string): string | undefined;
  risk(host: string): string | undefined;
}

/** Id of a manifest among the sources of an edition. */
export function sourceOf({ region }: ManifestFile): string {
  return `validator.${region}`;
}

/** Whether the use needs just one host of a wildcard: it covers no other. */
export function isNarrowed(use: FoldedUse, rule: FoldedRule): boolean {
  return isWildcard(rule.host) && (use['placeholder'] ?? rule['placeholder']) !== undefined;
}

/** Regions of the edition in which a use holds. */
export function regionsOf(
  use: FoldedUse,
  rule: FoldedRule,
  applied: readonly RegionManifest[],
): readonly RegionManifest[] {
  const clouds = use.clouds ?? rule.clouds;
  return applied.filter(
    ({ region }) => clouds.includes(region.cloud) && (use.regions?.includes(region.id) ?? true),
  );
}

/** A place in a manifest, as `Origin` in `src/app/allowlist/catalog/catalog.ts`. */
export function originsOf({ rows }: DoorRows, { region, manifest }: RegionManifest): readonly unknown[] {
  return rows.map(({ service, title, endpoint }) => ({
    source: sourceOf(manifest),
    section: `${service}: ${title}`,
    regions: [region.id],
    asWritten: { url: endpoint },
  }));
}

/** Of hosts for which the validator asks in place of a published one. */
export function pairsIn({ cloud }: Region, { pairs }: ValidatorWords): readonly Pair[] {
  return pairs.filter(pair => pair.cloud === cloud);
}
