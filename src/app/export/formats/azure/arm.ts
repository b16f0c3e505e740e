import type { FormatOptions, WriteFormat } from '../contract';
import type { DoorGroup } from '../gate';
import { headerLines } from '../header';
import { azureProtocol, type AzureRules, azureRules, type NetworkGroup } from './azure-rules';

/** Resource Manager takes no longer text (`ExpressionException` of Bicep 0.49.2: limit 131072). */
const LONGEST_TEXT = 100_000;

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
  const [description = '', ...more] = pieces(headerLines(options, rules).join(' '));
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    metadata: {
      description: literal(description),
      ...(more.length > 0 && { more: more.map(literal) }),
    },
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

function pieces(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; at += LONGEST_TEXT) found.push(text.slice(at, at + LONGEST_TEXT));
  return found;
}

/** A string within brackets is an expression to Resource Manager; two brackets at its beginning make it text. */
function literal(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
}
