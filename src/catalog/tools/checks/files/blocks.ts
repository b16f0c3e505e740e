import type { ComposedEdition } from '../../compose.ts';

/** No rule is without what it blocks. */
export function blocksProblems({ features }: ComposedEdition): readonly string[] {
  return features
    .filter(({ uses, blocks }) => blocks === undefined && uses.some(use => use['blocks'] === undefined))
    .map(
      ({ id = '' }) =>
        `feature "${id}" does not say what it blocks: add it to "features" in src/catalog/blocks.json.`,
    );
}
