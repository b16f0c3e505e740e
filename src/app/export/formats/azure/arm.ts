import type { FormatOptions, WriteFormat } from '../contract';
import type { DoorGroup } from '../gate';
import { headerLines } from '../header';
import { azureProtocol, type AzureRules, azureRules, type NetworkGroup } from './azure-rules';

const SOURCES = "[parameters('sourceAddresses')]";

/** Azure Firewall policy as an ARM template, for the portal's "Deploy a custom template": the twin of the Bicep file. */
export const writeArm: WriteFormat = (rows, options) => {
  const rules = azureRules(rows, options);
  return {
    fileName: options.fileName('json'),
    mediaType: 'application/json',
    content: armText(rules, options),
    skipped: rules.skipped,
    notes: rules.notes,
  };
};

export function armText(rules: AzureRules, options: FormatOptions): string {
  const { t } = options;
  const header = headerLines(options, rules);
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    metadata: { description: literal(header.join(' ')) },
    parameters: {
      policyName: { type: 'string', metadata: { description: literal(t('formats.azure.policyName')) } },
      sourceAddresses: {
        type: 'array',
        metadata: { description: literal(t('formats.azure.sourceAddresses')) },
      },
    },
    resources: [
      {
        type: 'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
        apiVersion: '2024-05-01',
        name: "[concat(parameters('policyName'), '/azure-local-allowlist')]",
        properties: {
          priority: 400,
          ruleCollections: [
            ...collection('azure-local-web', 410, rules.application.map(applicationRule)),
            ...collection('azure-local-other', 420, rules.network.flatMap(networkRules)),
          ],
        },
      },
    ],
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}

/** Nothing where there are no rules: Azure refuses an empty collection. */
function collection(name: string, priority: number, rules: readonly unknown[]): readonly unknown[] {
  const ruleCollectionType = 'FirewallPolicyFilterRuleCollection';
  return rules.length === 0 ? [] : [{ ruleCollectionType, name, priority, action: { type: 'Allow' }, rules }];
}

function applicationRule(group: DoorGroup): unknown {
  return {
    ruleType: 'ApplicationRule',
    name: group.id,
    sourceAddresses: SOURCES,
    protocols: [{ protocolType: azureProtocol(group), port: group.port }],
    targetFqdns: group.rows.map(({ host }) => literal(host)),
  };
}

function networkRules({ id, port, ipProtocol, names, addresses }: NetworkGroup): readonly unknown[] {
  const rule = (suffix: string, destinations: object): unknown => ({
    ruleType: 'NetworkRule',
    name: `${id}${suffix}`,
    ipProtocols: [ipProtocol],
    sourceAddresses: SOURCES,
    ...destinations,
    destinationPorts: [String(port)],
  });
  return [
    ...(names.length === 0 ? [] : [rule('', { destinationFqdns: names.map(({ host }) => literal(host)) })]),
    ...(addresses.length === 0
      ? []
      : [rule('-addresses', { destinationAddresses: addresses.map(({ host }) => literal(host)) })]),
  ];
}

/** A string that begins with a bracket is an expression to Resource Manager; two brackets make it text. */
function literal(text: string): string {
  return text.startsWith('[') ? `[${text}` : text;
}
