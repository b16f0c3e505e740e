import { type Check, type Edition } from '../edition.ts';

export const knownSources: Check = {
  name: 'known-sources',
  find: edition => {
    const named = citations(edition);
    const cited = new Set(named.map(each => each.source));
    return [
      ...named
        .filter(({ source }) => !Object.hasOwn(edition.sources, source))
        .map(
          ({ where, source }) =>
            `${where} names the source "${source}", which is not there: add it to "sources".`,
        ),
      ...Object.keys(edition.sources)
        .filter(source => !cited.has(source))
        .map(source => `source "${source}" backs nothing: cite it or remove it.`),
    ];
  },
};

function citations(edition: Edition): { where: string; source: string }[] {
  return [
    ...edition.features.flatMap(feature =>
      (feature.uses ?? []).flatMap(use =>
        use.origins.map(({ source }) => ({ where: `feature "${feature.id}", rule "${use.rule}"`, source })),
      ),
    ),
    ...edition.features.flatMap(({ id, state }) =>
      state === undefined ? [] : [{ where: `feature "${id}"`, source: state.source }],
    ),
    ...(edition.internalRules ?? []).flatMap(rule =>
      rule.origins.map(({ source }) => ({ where: `internal rule "${rule.id}"`, source })),
    ),
    ...(edition.bypassInspection ? [{ where: 'inspection', source: edition.bypassInspection.source }] : []),
    ...(edition.changes ?? []).map(({ source }) => ({ where: 'a change', source })),
    ...edition.rules.flatMap(rule =>
      [
        ...(rule.representatives ?? []),
        rule.correction,
        rule.note,
        rule.state,
        rule.bypassInspection,
      ].flatMap(each => (each === undefined ? [] : [{ where: `rule "${rule.id}"`, source: each.source }])),
    ),
  ];
}
