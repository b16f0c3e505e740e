/** The WinINet proxy of one node, as `Get-ProxySetting.ps1` read it. */
export interface ProxySetting {
  /** The policy makes the proxy one for the machine and not for each account. */
  readonly machineWide: boolean;
  /** The policy value ProxySettingsPerUser; null when it is not set. */
  readonly perUserPolicy: 0 | 1 | null;
  /** `host:port`, or '' for none; of the machine when machine-wide, else of the account that asked. */
  readonly server: string;
  readonly bypass: readonly string[];
  /** Address of a proxy script in force, or ''. */
  readonly pacUrl: string;
  readonly autoDetect: boolean;
  /** Version of the WinInetProxy module; null when the node does not have it. */
  readonly moduleVersion: string | null;
  /** False: the node's value could not be understood, and the fields above say nothing. */
  readonly readable: boolean;
  /** A proxy that is still in the machine's settings although they are not in force; '' for none. */
  readonly leftoverServer: string;
}

/** What the administrator wants on a node; undefined stands for no machine-wide proxy. */
export interface DesiredProxy {
  readonly server: string;
  readonly bypass: readonly string[];
}

/** A way in which a setting is not as wanted; each has its sentence under `proxy.difference.<code>`. */
export type Difference =
  'unreadable' | 'not-machine-wide' | 'still-machine-wide' | 'server' | 'still-set' | 'bypass' | 'script';

/** Makes a setting of the script's output, which is not trusted; undefined when it is none. */
export function parseProxySetting(output: unknown): ProxySetting | undefined {
  if (typeof output !== 'object' || output === null) return undefined;
  const fields = output as Readonly<Record<string, unknown>>;
  const { machineWide, server, readable } = fields;
  if (typeof machineWide !== 'boolean' || typeof server !== 'string' || typeof readable !== 'boolean')
    return undefined;
  const policy = fields['perUserPolicy'];
  return {
    machineWide,
    perUserPolicy: policy === 0 || policy === 1 ? policy : null,
    server,
    bypass: textList(fields['bypass']),
    pacUrl: textOf(fields['pacUrl']),
    autoDetect: fields['autoDetect'] === true,
    moduleVersion: textOf(fields['moduleVersion']) || null,
    readable,
    leftoverServer: textOf(fields['leftoverServer']),
  };
}

/** In what way a node's setting is not the wanted one; empty when it is. Case and order of hosts do not matter. */
export function differencesFrom(
  setting: ProxySetting,
  desired: DesiredProxy | undefined,
): readonly Difference[] {
  if (!setting.readable) return ['unreadable'];
  const found: Difference[] = [];
  if (desired === undefined) {
    if (setting.machineWide) found.push('still-machine-wide');
    if (setting.server !== '') found.push('still-set');
    return found;
  }
  if (!setting.machineWide) found.push('not-machine-wide');
  if (!sameText(setting.server, desired.server)) found.push('server');
  if (bypassKey(setting.bypass) !== bypassKey(desired.bypass)) found.push('bypass');
  if (setting.pacUrl !== '') found.push('script');
  return found;
}

/** A column in which nodes are compared. */
export type ComparedPart = 'server' | 'bypass' | 'machineWide';

/**
 * For each setting, the parts in which it is not like more than half of all; where there is no such majority, all
 * differ. Settings that cannot be read are not compared.
 */
export function differingParts(settings: readonly ProxySetting[]): readonly ReadonlySet<ComparedPart>[] {
  const keys: Readonly<Record<ComparedPart, (setting: ProxySetting) => string>> = {
    server: setting => setting.server.toLowerCase(),
    bypass: setting => bypassKey(setting.bypass),
    machineWide: setting => String(setting.machineWide),
  };
  const readable = settings.filter(setting => setting.readable);
  const result = settings.map(() => new Set<ComparedPart>());
  for (const part of Object.keys(keys) as ComparedPart[]) {
    const common = majority(readable.map(keys[part]));
    settings.forEach((setting, index) => {
      if (setting.readable && keys[part](setting) !== common) result[index]?.add(part);
    });
  }
  return result;
}

/** The value that more than half have; undefined when there is none. */
function majority(values: readonly string[]): string | undefined {
  return values.find(value => values.filter(other => other === value).length * 2 > values.length);
}

function bypassKey(entries: readonly string[]): string {
  return [...new Set(entries.map(entry => entry.toLowerCase()))].sort().join(';');
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Remoting may hand over a list of one as the text itself. */
function textList(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string' && item !== '');
}
