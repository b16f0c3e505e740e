import type { ComposedEdition } from './compose.ts';

/** `blocks.json`: what does not work without a feature's rules. */
export interface BlocksFile {
  /** By the feature's id. */
  readonly features: Readonly<Record<string, BlocksFact>>;
  /** For features of hardware vendors. */
  readonly vendors: BlocksFact;
}

/** See `Blocks` in `src/app/allowlist/catalog/catalog.ts`. */
export interface BlocksFact {
  readonly what: readonly string[];
  readonly severity: string;
  readonly less?: Readonly<Record<string, string>>;
}

/** The edition, whose features say what does not work without them. */
export function withBlocks(edition: ComposedEdition, { features, vendors }: BlocksFile): ComposedEdition {
  return {
    ...edition,
    features: edition.features.map(feature => {
      const { id = '', vendor } = feature;
      const blocks =
        vendor === undefined ? (Object.hasOwn(features, id) ? features[id] : undefined) : vendors;
      return blocks === undefined ? feature : { ...feature, blocks };
    }),
  };
}
