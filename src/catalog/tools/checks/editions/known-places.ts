import { type Check, usedRules } from '../edition.ts';

/** Regions and vendors that features speak of are those of the edition. */
export const knownPlaces: Check = {
  name: 'known-places',
  find: edition => {
    const regions = new Map((edition.regions ?? []).map(({ id, cloud }) => [id, cloud]));
    const vendors = new Set((edition.vendors ?? []).map(({ id }) => id));
    const used = usedRules(edition);
    return [
      ...used.flatMap(({ feature, use, rule }) =>
        [...(use.regions ?? []), ...use.origins.flatMap(origin => origin.regions ?? [])]
          .filter(region => !rule.clouds.includes(regions.get(region) ?? ''))
          .map(
            region =>
              `feature "${feature.id}", rule "${rule.id}": "${region}" is no region of the edition in the rule's clouds: add it to "regions", or mend the name.`,
          ),
      ),
      ...edition.features.flatMap(({ id, vendor }) =>
        vendor === undefined || vendors.has(vendor)
          ? []
          : [`feature "${id}" is for the vendor "${vendor}", whom "vendors" does not have: add it there.`],
      ),
      ...[...vendors]
        .filter(vendor => !edition.features.some(feature => feature.vendor === vendor))
        .map(vendor => `vendor "${vendor}" has no feature: add one, or remove the vendor.`),
      ...[...regions.keys()]
        .filter(
          region => !used.some(({ use }) => use.origins.some(origin => origin.regions?.includes(region))),
        )
        .map(region => `region "${region}" has no rule: import its list, or remove the region.`),
    ];
  },
};
