import type { FirewallRow, FormatOptions, Skipped } from '../contract';
import { type AdmittedRow, type DoorGroup, gate, groupByDoor, partialReason, split } from '../gate';

/** Azure's own types end there, also where pages say 65535 (`ruleCollectionGroups`, api version 2024-05-01). */
const LAST_PORT = 64_000;

/** What Azure Firewall can say of a list: web traffic by name, and the rest by exact name or address. */
export interface AzureRules {
  /** `Https` or `Http`; matched by name, wildcards too. */
  readonly application: readonly DoorGroup[];
  /** Exact names, which need the policy's DNS proxy, and addresses. */
  readonly network: readonly NetworkGroup[];
  /** How many rows they say. */
  readonly count: number;
  readonly skipped: readonly Skipped[];
  readonly notes: readonly string[];
}

export interface NetworkGroup {
  readonly id: string;
  readonly port: number;
  readonly ipProtocol: 'TCP' | 'UDP';
  readonly names: readonly AdmittedRow[];
  readonly addresses: readonly AdmittedRow[];
}

/**
 * Sorts rows into Azure Firewall's two kinds of rules. Its names allow an asterisk only on the left-most side
 * (MicrosoftDocs/azure-docs, articles/firewall/firewall-faq.yml, commit 004d777a); `*.x` does not cover `x` there either.
 */
export function azureRules(rows: readonly FirewallRow[], options: Pick<FormatOptions, 't'>): AzureRules {
  const { t } = options;
  const { admitted, skipped } = split(gate(rows, options), (row, all) => {
    if (row.port > LAST_PORT) return t('formats.skip.azurePort', LAST_PORT);
    if (row.form === 'partial') return partialReason(row, all, 'Azure Firewall', t);
    return row.form === 'wildcard' && !isWeb(row) ? t('formats.skip.azureWildcard') : undefined;
  });
  const application = groupByDoor(admitted.filter(row => isWeb(row) && row.form !== 'address'));
  const network = networkGroups(admitted.filter(row => !isWeb(row) || row.form === 'address'));
  return {
    application,
    network,
    count: admitted.length,
    skipped,
    notes: [
      t('formats.note.azureInspection'),
      ...(network.some(({ names }) => names.length > 0) ? [t('formats.note.azureDnsProxy')] : []),
    ],
  };
}

function networkGroups(rows: readonly AdmittedRow[]): readonly NetworkGroup[] {
  const byDoor = groupByDoor(
    rows.map(row => ({ ...row, protocol: row.protocol === 'udp' ? ('udp' as const) : ('tcp' as const) })),
  );
  return byDoor.map(group => ({
    id: group.id,
    port: group.port,
    ipProtocol: group.protocol === 'udp' ? 'UDP' : 'TCP',
    names: group.rows.filter(row => row.form === 'exact'),
    addresses: group.rows.filter(row => row.form === 'address'),
  }));
}

function isWeb({ protocol }: AdmittedRow): boolean {
  return protocol === 'https' || protocol === 'http';
}

export function azureProtocol(group: DoorGroup): 'Https' | 'Http' {
  return group.protocol === 'http' ? 'Http' : 'Https';
}
