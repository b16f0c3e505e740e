import type { Edition, Feature, InternalRule } from '../catalog/catalog';
import { type Choice, chosenRegions } from '../choice/choice';
import { type AllowlistRow, holdsFor, makeRow } from './row';

export type { AllowlistRow, PlaceholderState } from './row';

export interface AllowlistGroup {
  readonly feature: Feature;
  readonly rows: readonly AllowlistRow[];
}

export interface Allowlist {
  readonly edition: Edition;
  readonly choice: Choice;
  /**
   * One for every feature of the edition, in its order; linked features and such without rules have no rows.
   * Features of hardware vendors are there only for the chosen vendor.
   */
  readonly groups: readonly AllowlistGroup[];
  /** Traffic inside the network; the same for every cloud. */
  readonly internal: readonly InternalRule[];
}

/** The edition's rules for one choice; one row a rule and feature, also where regions differ. */
export function makeAllowlist(edition: Edition, choice: Choice): Allowlist {
  const groups = edition.features
    .filter(feature => feature.vendor === undefined || feature.vendor === choice.vendor)
    .map(feature => ({ feature, rows: rowsFor(edition, feature, choice) }));
  return { edition, choice, groups, internal: edition.internalRules ?? [] };
}

/** All rows in the document's order. */
export function rowsOf(allowlist: Allowlist): readonly AllowlistRow[] {
  return allowlist.groups.flatMap(group => group.rows);
}

function rowsFor(edition: Edition, feature: Feature, choice: Choice): readonly AllowlistRow[] {
  const rules = new Map(edition.rules.map(rule => [rule.id, rule]));
  const scope = { choice, regions: chosenRegions(edition, choice) };
  const uses = feature.uses.filter(use => {
    const rule = rules.get(use.rule);
    return rule !== undefined && holdsFor(rule, use, scope);
  });
  return [...new Set(uses.map(use => use.rule))].flatMap(id => {
    const [first, ...others] = uses.filter(use => use.rule === id);
    const rule = rules.get(id);
    if (first === undefined || rule === undefined) return [];
    const row = makeRow(feature, rule, [first, ...others], scope);
    return choice.arcGateway && row.arcGateway === true ? [] : [row];
  });
}
