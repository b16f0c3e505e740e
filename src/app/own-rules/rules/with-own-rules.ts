import type { Allowlist, AllowlistRow } from '../../allowlist/list/allowlist';
import type { Feature, Rule, RuleUse } from '../../allowlist/catalog/catalog';
import type { Text } from '../../ui/words/make-text';
import type { OwnRule } from './own-rule';

export const OWN_RULES = 'own-rules';

/**
 * The allowlist with the administrator's own rules as its last feature, so that they are shown, probed and exported like
 * the others. They hold for every cloud and region; no source says anything of them.
 */
export function withOwnRules(allowlist: Allowlist, rules: readonly OwnRule[], t: Text): Allowlist {
  if (rules.length === 0) return allowlist;
  const feature: Feature = {
    id: OWN_RULES,
    title: t('ownRules.title'),
    kind: 'rules',
    summary: t('ownRules.summary'),
    links: [],
    uses: rules.map(useOf),
  };
  const rows = rules.map(own => row(allowlist, feature, own));
  return { ...allowlist, groups: [...allowlist.groups, { feature, rows }] };
}

function idOf({ host, port, protocol }: OwnRule): string {
  return `own-${protocol}-${host}-${port}`;
}

function useOf(own: OwnRule): RuleUse {
  return { rule: idOf(own), requirement: own.requirement, purpose: own.purpose, origins: [] };
}

function row({ choice }: Allowlist, feature: Feature, own: OwnRule): AllowlistRow {
  const { host, port, protocol, requirement, purpose } = own;
  const clouds = [choice.cloud];
  const rule: Rule = { id: idOf(own), host, port, protocol, clouds, scheme: false };
  return {
    id: `${OWN_RULES}/${rule.id}`,
    ...{ feature, use: useOf(own), rule },
    ...{ host, port, protocol, requirement, purpose, clouds },
    bypassInspection: false,
    asWritten: { url: '' },
    scheme: false,
    placeholderState: 'none',
  };
}
