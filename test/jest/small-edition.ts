import type {
  Edition,
  Feature,
  InternalRule,
  Origin,
  Rule,
  RuleUse,
} from '../../src/app/allowlist/catalog/catalog';

/** A place in the document; `port` as text. */
export function place(url: string, port = '443', change: Partial<Origin> = {}): Origin {
  return { source: 'document', section: 'Table', asWritten: { url, port }, ...change };
}

/** A rule named after its host, over HTTPS in the public and US Government clouds. */
export function rule(host: string, change: Partial<Rule> = {}): Rule {
  const { port = 443, protocol = 'https' } = change;
  return {
    id: `${host}-${port}`,
    ...{ host, port, protocol, clouds: ['public', 'usgov'], scheme: false },
    ...change,
  };
}

export function use(of: Rule, change: Partial<RuleUse> = {}): RuleUse {
  return {
    rule: of.id,
    requirement: 'required',
    purpose: `Why ${of.host} is needed.`,
    placeholder: of.placeholder,
    origins: [place(of.host, String(of.port))],
    ...change,
  };
}

export function feature(id: string, uses: readonly RuleUse[], change: Partial<Feature> = {}): Feature {
  return {
    ...{ id, title: `Feature ${id}`, kind: 'rules', summary: `What ${id} is for.`, links: [] },
    connects: 'winhttp',
    uses,
    ...change,
  };
}

export function internalRule(change: Partial<InternalRule> = {}): InternalRule {
  return {
    ...{ id: 'cluster-rpc', group: 'Failover Clustering', purpose: 'Lets nodes talk.' },
    ...{ from: 'Cluster nodes', to: 'Cluster nodes', protocol: 'tcp', ports: ['135', '49152-65535'] },
    requirement: 'required',
    origins: [{ source: 'document', section: 'Failover Clustering', asWritten: '135' }],
    ...change,
  };
}

/** An edition with two public regions, one of US Government, and two vendors. */
export function edition(
  rules: readonly Rule[],
  features: readonly Feature[],
  change: Partial<Edition> = {},
): Edition {
  return {
    ...{ id: '2030-01', title: 'Small list', published: '2030-01-15', appliesTo: ['Tests'] },
    clouds: ['public', 'usgov'],
    regions: [
      { id: 'eastus', title: 'East US', cloud: 'public' },
      { id: 'westeurope', title: 'West Europe', cloud: 'public' },
      { id: 'usgovvirginia', title: 'US Gov Virginia', cloud: 'usgov' },
    ],
    vendors: [
      { id: 'dell', title: 'Dell' },
      { id: 'hpe', title: 'HPE' },
    ],
    sources: { document: { title: 'Small list', date: '2030-01-15' } },
    features,
    rules,
    ...change,
  };
}
