import type { FormatOptions, WriteFormat } from '../contract';
import type { AdmittedRow, DoorGroup } from '../gate';
import { headerLines } from '../header';
import { commentLines } from '../one-line';
import { azureProtocol, type AzureRules, azureRules, type NetworkGroup } from './azure-rules';

/** Azure Firewall policy: a rule collection group, in Bicep. Names of types as in api version 2024-05-01. */
export const writeBicep: WriteFormat = (rows, options) => {
  const rules = azureRules(rows, options);
  return {
    fileName: options.fileName('bicep'),
    mediaType: 'text/plain;charset=utf-8',
    content: bicepText(rules, options),
    skipped: rules.skipped,
    notes: rules.notes,
  };
};

export function bicepText(rules: AzureRules, options: FormatOptions): string {
  const { t } = options;
  const header = headerLines(options, rules);
  const collections = [
    ...(rules.application.length === 0
      ? []
      : [collection('azure-local-web', 410, rules.application.map(applicationRule))]),
    // Azure refuses a collection of both kinds, and no compiler says so.
    ...(rules.network.length === 0
      ? []
      : [collection('azure-local-other', 420, rules.network.flatMap(networkRules))]),
  ];
  return `${[
    ...commentLines('//', header),
    '',
    `@description(${quoted(t('formats.azure.policyName'))})`,
    'param policyName string',
    `@description(${quoted(t('formats.azure.sourceAddresses'))})`,
    // Of a list without a rule that goes this way.
    '#disable-next-line no-unused-params',
    'param sourceAddresses array',
    '',
    "resource policy 'Microsoft.Network/firewallPolicies@2024-05-01' existing = {",
    '  name: policyName',
    '}',
    '',
    "resource allowlist 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2024-05-01' = {",
    '  parent: policy',
    "  name: 'azure-local-allowlist'",
    '  properties: {',
    '    priority: 400',
    '    ruleCollections: [',
    ...collections.flat().map(line => `      ${line}`),
    '    ]',
    '  }',
    '}',
  ].join('\n')}\n`;
}

function collection(
  name: string,
  priority: number,
  rules: readonly (readonly string[])[],
): readonly string[] {
  return [
    '{',
    "  ruleCollectionType: 'FirewallPolicyFilterRuleCollection'",
    `  name: ${quoted(name)}`,
    `  priority: ${priority}`,
    '  action: {',
    "    type: 'Allow'",
    '  }',
    '  rules: [',
    ...rules.flat().map(line => `    ${line}`),
    '  ]',
    '}',
  ];
}

function applicationRule(group: DoorGroup): readonly string[] {
  return [
    '{',
    "  ruleType: 'ApplicationRule'",
    `  name: ${quoted(group.id)}`,
    '  sourceAddresses: sourceAddresses',
    '  protocols: [',
    '    {',
    `      protocolType: ${quoted(azureProtocol(group))}`,
    `      port: ${group.port}`,
    '    }',
    '  ]',
    ...hosts('targetFqdns', group.rows),
    '}',
  ];
}

/** Names and addresses cannot stand in one rule. */
function networkRules(group: NetworkGroup): readonly (readonly string[])[] {
  const rule = (suffix: string, lines: readonly string[]): readonly string[] => [
    '{',
    "  ruleType: 'NetworkRule'",
    `  name: ${quoted(`${group.id}${suffix}`)}`,
    '  ipProtocols: [',
    `    ${quoted(group.ipProtocol)}`,
    '  ]',
    '  sourceAddresses: sourceAddresses',
    ...lines,
    '  destinationPorts: [',
    `    ${quoted(String(group.port))}`,
    '  ]',
    '}',
  ];
  return [
    ...(group.names.length === 0 ? [] : [rule('', hosts('destinationFqdns', group.names))]),
    ...(group.addresses.length === 0
      ? []
      : [rule('-addresses', hosts('destinationAddresses', group.addresses))]),
  ];
}

/** The linter takes hosts of Azure for literals that should be `environment()`: here they are the very data. */
function hosts(property: string, rows: readonly AdmittedRow[]): readonly string[] {
  return [
    `  ${property}: [`,
    ...rows.flatMap(row => [
      ...commentLines('//', row.purposes).map(line => `    ${line}`),
      '    #disable-next-line no-hardcoded-env-urls',
      `    ${quoted(row.host)}`,
    ]),
    '  ]',
  ];
}

function quoted(text: string): string {
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replace(/'/g, "\\'")
    .replace(/\$\{/g, '\\${')
    .replace(/\r/g, '\\r')
    .replace(/\n/g, '\\n')
    .replace(/\t/g, '\\t');
  return `'${escaped}'`;
}
