import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

/** CommonJS, around HashiCorp's own parser compiled to WebAssembly. */
const { parse } = createRequire(import.meta.url)('@cdktn/hcl2json') as {
  parse: (name: string, text: string) => Promise<Record<string, unknown>>;
};

/**
 * Arguments of each block, those that must be there with `!`. From hashicorp/terraform-provider-azurerm,
 * website/docs/r/firewall_policy_rule_collection_group.html.markdown, commit 0a830d40 (provider 4.55).
 */
const ARGUMENTS = {
  group: [
    'name!',
    'firewall_policy_id!',
    'priority!',
    'application_rule_collection',
    'nat_rule_collection',
    'network_rule_collection',
  ],
  collection: ['name!', 'action!', 'priority!', 'rule!'],
  applicationRule: [
    ...['name!', 'description', 'protocols', 'http_headers', 'source_addresses', 'source_ip_groups'],
    ...[
      'destination_addresses',
      'destination_urls',
      'destination_fqdns',
      'destination_fqdn_tags',
      'terminate_tls',
      'web_categories',
    ],
  ],
  protocols: ['type!', 'port!'],
  networkRule: [
    ...['name!', 'description', 'protocols!', 'destination_ports!', 'source_addresses', 'source_ip_groups'],
    ...['destination_addresses', 'destination_ip_groups', 'destination_fqdns'],
  ],
} as const;

type Block = Readonly<Record<string, unknown>>;

/** Reads a file as Terraform would, holds its names against the provider's, and gives the doors that it opens. */
export async function doorsInTerraform(text: string): Promise<readonly string[]> {
  const file = await parse('allowlist.tf', text);
  const resources = file['resource'] as Record<string, Record<string, unknown>>;
  return blocks(
    resources['azurerm_firewall_policy_rule_collection_group']?.['azure_local_allowlist'],
  ).flatMap(group => {
    holds(group, ARGUMENTS.group);
    const web = blocks(group['application_rule_collection']).flatMap(collection => {
      holds(collection, ARGUMENTS.collection);
      return blocks(collection['rule']).flatMap(rule => {
        holds(rule, ARGUMENTS.applicationRule);
        return blocks(rule['protocols']).flatMap(protocol => {
          holds(protocol, ARGUMENTS.protocols);
          return texts(rule['destination_fqdns']).map(
            host => `${String(protocol['type']).toLowerCase()}://${host}:${String(protocol['port'])}`,
          );
        });
      });
    });
    const other = blocks(group['network_rule_collection']).flatMap(collection => {
      holds(collection, ARGUMENTS.collection);
      return blocks(collection['rule']).flatMap(rule => {
        holds(rule, ARGUMENTS.networkRule);
        const hosts = [...texts(rule['destination_fqdns']), ...texts(rule['destination_addresses'])];
        return hosts.flatMap(host =>
          texts(rule['destination_ports']).map(
            port => `${texts(rule['protocols']).join().toLowerCase()}://${host}:${port}`,
          ),
        );
      });
    });
    return [...web, ...other];
  });
}

function holds(block: Block, names: readonly string[]): void {
  const known = names.map(name => name.replace('!', ''));
  assert.deepEqual(
    Object.keys(block).filter(name => !known.includes(name)),
    [],
  );
  for (const name of names.filter(each => each.endsWith('!'))) assert.ok(name.slice(0, -1) in block, name);
}

function blocks(value: unknown): readonly Block[] {
  return value === undefined ? [] : ([value].flat() as Block[]);
}

function texts(value: unknown): readonly string[] {
  return value === undefined ? [] : ([value].flat() as string[]);
}
