import type { FormatOptions, WriteFormat } from '../contract';
import type { AdmittedRow, DoorGroup } from '../gate';
import { headerLines } from '../header';
import { commentLines } from '../one-line';
import { azureProtocol, type AzureRules, azureRules, type NetworkGroup } from './azure-rules';

/**
 * Azure Firewall policy for Terraform's azurerm provider. Names from hashicorp/terraform-provider-azurerm,
 * website/docs/r/firewall_policy_rule_collection_group.html.markdown, commit 0a830d40.
 */
export const writeTerraform: WriteFormat = (rows, options) => {
  const rules = azureRules(rows, options);
  return {
    fileName: options.fileName('tf'),
    mediaType: 'text/plain;charset=utf-8',
    content: terraformText(rules, options),
    skipped: rules.skipped,
    notes: rules.notes,
  };
};

export function terraformText(rules: AzureRules, options: FormatOptions): string {
  const { t } = options;
  const header = headerLines(options, rules);
  return `${[
    ...commentLines('#', header),
    '',
    'variable "firewall_policy_id" {',
    '  type        = string',
    `  description = ${quoted(t('formats.azure.policyId'))}`,
    '}',
    '',
    'variable "source_addresses" {',
    '  type        = list(string)',
    `  description = ${quoted(t('formats.azure.sourceAddresses'))}`,
    '}',
    '',
    'resource "azurerm_firewall_policy_rule_collection_group" "azure_local_allowlist" {',
    '  name               = "azure-local-allowlist"',
    '  firewall_policy_id = var.firewall_policy_id',
    '  priority           = 400',
    ...collection('application', 'azure-local-web', 410, rules.application.map(applicationRule)),
    ...collection('network', 'azure-local-other', 420, rules.network.flatMap(networkRules)),
    '}',
  ].join('\n')}\n`;
}

function collection(
  kind: 'application' | 'network',
  name: string,
  priority: number,
  rules: readonly (readonly string[])[],
): readonly string[] {
  if (rules.length === 0) return [];
  return [
    '',
    `  ${kind}_rule_collection {`,
    `    name     = ${quoted(name)}`,
    `    priority = ${priority}`,
    '    action   = "Allow"',
    ...rules.flatMap(rule => ['', ...rule.map(line => `    ${line}`)]),
    '  }',
  ];
}

function applicationRule(group: DoorGroup): readonly string[] {
  return [
    'rule {',
    `  name             = ${quoted(group.id)}`,
    '  source_addresses = var.source_addresses',
    ...hosts('destination_fqdns', group.rows),
    '  protocols {',
    `    type = ${quoted(azureProtocol(group))}`,
    `    port = ${group.port}`,
    '  }',
    '}',
  ];
}

function networkRules({
  id,
  port,
  ipProtocol,
  names,
  addresses,
}: NetworkGroup): readonly (readonly string[])[] {
  const rule = (suffix: string, destinations: readonly string[]): readonly string[] => [
    'rule {',
    `  name              = ${quoted(`${id}${suffix}`)}`,
    `  protocols         = [${quoted(ipProtocol)}]`,
    '  source_addresses  = var.source_addresses',
    ...destinations,
    `  destination_ports = [${quoted(String(port))}]`,
    '}',
  ];
  return [
    ...(names.length === 0 ? [] : [rule('', hosts('destination_fqdns', names))]),
    ...(addresses.length === 0 ? [] : [rule('-addresses', hosts('destination_addresses', addresses))]),
  ];
}

function hosts(argument: string, rows: readonly AdmittedRow[]): readonly string[] {
  return [
    `  ${argument} = [`,
    ...rows.flatMap(row => [
      ...commentLines('#', row.purposes).map(line => `    ${line}`),
      `    ${quoted(row.host)},`,
    ]),
    '  ]',
  ];
}

function quoted(text: string): string {
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\$\{/g, '$$$${')
    .replace(/%\{/g, '%%{')
    .replace(/\r/g, '\\r')
    .replace(/\n/g, '\\n')
    .replace(/\t/g, '\\t');
  return `"${escaped}"`;
}
