import type { Cloud, Cluster, ClusterAddress, Node, NodeState } from './cluster';

/** What `Get-ClusterOverview.ps1` could not read; the codes are the script's own. */
export type OverviewWarning =
  | 'cluster-module-missing'
  | 'cluster-unreadable'
  | 'nodes-unreadable'
  | 'domain-unknown'
  | 'registration-command-missing'
  | 'registration-unreadable'
  | 'witness-unreadable';

export interface Overview {
  readonly cluster: Cluster;
  readonly warnings: readonly OverviewWarning[];
}

const STATES: readonly NodeState[] = ['up', 'down', 'paused', 'joining', 'unknown'];
const WARNINGS: readonly OverviewWarning[] = [
  'cluster-module-missing',
  'cluster-unreadable',
  'nodes-unreadable',
  'domain-unknown',
  'registration-command-missing',
  'registration-unreadable',
  'witness-unreadable',
];

/** Names become parts of addresses: nothing but letters, digits, dot, hyphen and underscore gets through. */
const NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?$/;
/** Storage account names: 3 to 24 lower-case letters and digits (Azure naming rules). */
const ACCOUNT = /^[a-z0-9]{3,24}$/;

/**
 * Makes a cluster of the script's output, which comes from a node and is not trusted: what does not fit is left out.
 * Gives undefined when it is no overview at all.
 *
 * @param connectionName the name under which WAC knows the cluster; used when the cluster did not give its own
 */
export function parseOverview(output: unknown, connectionName: string): Overview | undefined {
  if (!isRecord(output) || !('nodes' in output) || !('warnings' in output)) return undefined;
  const registration = isRecord(output['registration']) ? output['registration'] : {};
  const witness = isRecord(output['witness']) ? output['witness'] : {};
  const region = plainText(registration['region']);
  const account = plainText(witness['account']).toLowerCase();
  const by = plainText(output['account']);
  const cloud = cloudOfRegion(region);
  const addresses = parseAddresses(output['addresses']);
  const cluster: Cluster = {
    name: validName(output['name']) ?? connectionName,
    nodes: parseNodes(output['nodes']),
    origin: 'cluster',
    ...(addresses.length > 0 && { addresses }),
    ...(cloud && { cloud }),
    ...(region && { region }),
    ...(/^[^\\]+\\[^\\]+$/.test(by) && { account: by }),
    ...(witness['kind'] === 'cloud' && ACCOUNT.test(account) && { witnessAccount: account }),
  };
  const codes = listOf(output['warnings']);
  return { cluster, warnings: WARNINGS.filter(code => codes.includes(code)) };
}

/**
 * The cloud that a region belongs to; undefined without a region. US Government regions begin with `usgov` or `usdod`,
 * those operated by 21Vianet with `china` (names as `az account list-locations` gives them).
 */
export function cloudOfRegion(region: string): Cloud | undefined {
  const name = region.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (name === '') return undefined;
  if (name.startsWith('usgov') || name.startsWith('usdod')) return 'usgov';
  return name.startsWith('china') ? 'china' : 'public';
}

function parseNodes(value: unknown): readonly Node[] {
  const nodes = new Map<string, Node>();
  for (const item of listOf(value)) {
    if (!isRecord(item)) continue;
    const name = validName(item['name']);
    if (name === undefined) continue;
    const fqdn = validName(item['fqdn']) ?? name;
    const state = STATES.find(word => word === item['state']) ?? 'unknown';
    const build = buildNumber(item['build']);
    const key = fqdn.toLowerCase();
    if (!nodes.has(key)) nodes.set(key, { name, fqdn, state, ...(build !== undefined && { build }) });
  }
  return [...nodes.values()].sort(byName);
}

function parseAddresses(value: unknown): readonly ClusterAddress[] {
  return listOf(value).flatMap(item => {
    if (!isRecord(item)) return [];
    const address = plainText(item['address']);
    const prefix = prefixOf(plainText(item['mask']));
    return bitsOf(address) !== undefined && prefix !== undefined ? [{ address, prefix }] : [];
  });
}

/** 24 of `255.255.255.0`; undefined for what is no mask. */
function prefixOf(mask: string): number | undefined {
  const [, ones] = /^(1+)0*$/.exec(bitsOf(mask) ?? '') ?? [];
  return ones?.length;
}

/** The 32 bits of an IPv4 address; undefined for what is none. */
function bitsOf(address: string): string | undefined {
  const octets = /^(?:\d{1,3}\.){3}\d{1,3}$/.test(address) ? address.split('.').map(Number) : [];
  if (octets.length === 0 || octets.some(octet => octet > 255)) return undefined;
  return octets.map(octet => octet.toString(2).padStart(8, '0')).join('');
}

function buildNumber(value: unknown): number | undefined {
  return /^\d{4,6}$/.test(plainText(value)) ? Number(value) : undefined;
}

/** Orders `node2` before `node10`. */
export function byName(a: Node, b: Node): number {
  return a.name.localeCompare(b.name, 'en', { numeric: true });
}

/** A name that a computer or a cluster can have; undefined for anything else. */
export function validName(value: unknown): string | undefined {
  return typeof value === 'string' && NAME.test(value) ? value : undefined;
}

/** One printable line of at most 100 characters; '' for anything else. */
function plainText(value: unknown): string {
  return typeof value === 'string' && /^[\x20-\x7e]{1,100}$/.test(value) ? value.trim() : '';
}

/** Remoting may hand over a list of one as the thing itself. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? [] : [value];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
