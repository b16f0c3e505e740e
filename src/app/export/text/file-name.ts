export interface FileNameParts {
  /** What the file holds, for example `outbound-allowlist`. */
  readonly content: string;
  /** As WAC or the cluster tells it: may hold anything. */
  readonly cluster: string;
  readonly cloud: string;
  /** Ids of what tells lists of one day apart, such as edition and region. */
  readonly list?: readonly string[];
  readonly date: Date;
  readonly extension: string;
}

const LONGEST_CLUSTER = 63;

/**
 * For example `outbound-allowlist_hci-cluster_public_azure-local-2026-07_eastus_2026-11-24.json`: safe on Windows, Linux
 * and in a mail.
 */
export function fileName({ content, cluster, cloud, list = [], date, extension }: FileNameParts): string {
  return `${[content, clusterPart(cluster), cloud, ...list, localDate(date)].join('_')}.${extension}`;
}

/** The short name of an FQDN, reduced to letters, digits and hyphens. An IP address keeps all its parts. */
function clusterPart(cluster: string): string {
  const address = /^[\d.]+$|:/.test(cluster);
  const name = address ? cluster : (cluster.split('.')[0] ?? '');
  const safe = name
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, LONGEST_CLUSTER)
    .replace(/^-+|-+$/g, '');
  return safe === '' ? 'cluster' : safe;
}

/** The administrator's own date, as ISO 8601. */
export function localDate(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
