/**
 * A manifest of Microsoft's validator (AzStackHci.EnvironmentChecker, `AzStackHciConnectivityTargets-REGION.xml`): what it
 * checks in one region, a row an endpoint. Source of the shape: AzureLocal/azurelocal-beacon,
 * tools/modules/AzStackHci.EnvironmentChecker/10.2605.0.2006/AzStackHciConnectivity/AzStackHci.Connectivity.Helpers.psm1,
 * commit 5afce9390706b107e9dd9fb8b9fe9c51f9a4d45f.
 */
export interface ManifestFile {
  /** Id of the region, as the edition has it; or one of {@link SCOPES}. */
  readonly region: string;
  /** Of the module. */
  readonly version?: string;
  readonly source: ManifestSource;
  readonly rows: readonly ManifestRow[];
}

/** As `Source` in `src/app/allowlist/catalog/catalog.ts`; a manifest alone does not say from where it is. */
export interface ManifestSource {
  readonly title: string;
  readonly repository?: string;
  readonly path?: string;
  readonly commit?: string;
  readonly url?: string;
  readonly date?: string;
  /** Why no date is known. */
  readonly undated?: string;
}

export interface ManifestRow {
  /** As written: a host, perhaps with port, path and query. Empty where a check needs none. */
  readonly endpoint: string;
  /** Empty: only the name is looked up, or there is no endpoint. */
  readonly protocol: '' | 'https' | 'http';
  readonly severity: Severity;
  /** Checked in every operation, whatever `operations` says. */
  readonly mandatory: boolean;
  /** As written, for example `Deployment`; none for checks of the validator's own. */
  readonly operations: readonly string[];
  readonly arcGateway: boolean;
  readonly service: string;
  readonly name: string;
  readonly title: string;
}

export const SEVERITIES = ['critical', 'warning', 'informational'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * Manifests for more than one region, by the names that the module has for them: `Global` holds in every public region,
 * `AzureLocal` for disconnected operations, where names are the appliance's own.
 */
export const SCOPES: Readonly<Record<string, string>> = { global: 'global', azurelocal: 'azurelocal' };

/**
 * What each operation of the validator stands for here. Deploying, adding a node and repairing one are checked alike;
 * so are updating and upgrading (`ValidateSet` of the module's commands).
 */
export const OPERATIONS: Readonly<Record<string, string>> = {
  bootstrap: 'registration',
  deployment: 'deployment',
  deploy: 'deployment',
  addnode: 'deployment',
  scaleout: 'deployment',
  repairnode: 'deployment',
  update: 'update',
  preupdate: 'update',
  preupdatejit: 'update',
  upgrade: 'update',
  workload: 'workload',
};

/** Checks that belong to no operation run with each. */
const EVERY_OPERATION = ['deployment', 'update'];

/** What a row blocks, as codes. */
export function blockedBy({ operations }: ManifestRow): readonly string[] {
  if (operations.length === 0) return EVERY_OPERATION;
  return operations.flatMap(operation => OPERATIONS[operation.toLowerCase()] ?? []);
}

export interface ManifestDoor {
  readonly host: string;
  readonly port: number;
  readonly protocol: 'https' | 'http';
}

/** What the row connects to; undefined where it connects to nothing. */
export function doorOf({
  endpoint,
  protocol,
}: Pick<ManifestRow, 'endpoint' | 'protocol'>): ManifestDoor | undefined {
  if (protocol === '' || endpoint === '') return undefined;
  const { host, port } = addressOf(endpoint);
  return { host, port: port ?? (protocol === 'https' ? 443 : 80), protocol };
}

/** Host and port of an endpoint, without scheme, path and query. */
export function addressOf(endpoint: string): { readonly host: string; readonly port: number | undefined } {
  const [authority = ''] = endpoint.replace(/^https?:\/\//i, '').split(/[/?#]/);
  const [, host = authority, port] = /^(.*):(\d{1,5})$/.exec(authority) ?? [];
  return { host: host.toLowerCase().replace(/\.$/, ''), port: port === undefined ? undefined : Number(port) };
}
