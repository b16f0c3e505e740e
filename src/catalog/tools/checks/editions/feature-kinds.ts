import { type Check, type Feature } from '../edition.ts';

export const featureKinds: Check = {
  name: 'feature-kinds',
  find: ({ features }) =>
    features.flatMap(feature => {
      const problem = problemOf(feature);
      return problem === undefined ? [] : [`feature "${feature.id}" (${feature.kind ?? ''}) ${problem}.`];
    }),
};

function problemOf({ list, kind, uses = [], links = [] }: Feature): string | undefined {
  if (list !== undefined) return undefined;
  if (kind === 'rules' && uses.length === 0) return 'has no rules: add uses, or make it "linked" or "none"';
  if (kind !== 'rules' && uses.length > 0) return 'has rules: make its kind "rules"';
  if (kind === 'linked' && links.length === 0) return 'links to nothing: add the link to its list';
  return undefined;
}
