import { type ChangeRecord, parseRecords } from './change-record';
import { hideCredentials, hideInAddress, hideInWords } from './credentials';
import { type AgentReading, parseAgent } from './layers/arc-agent';
import { type Layers, readLayers, sameProxyKey } from './layers/layers';
import { parseRawValues, type RawValues } from './layers/raw-values';

/** Everything that a node told beyond WinINet's setting in force. */
export interface NodeLayers {
  /** Every value that a change can touch, to the byte. */
  readonly values: RawValues;
  readonly layers: Layers;
  /** What the node keeps of changes, newest first. */
  readonly records: readonly ChangeRecord[];
  /** The account that read, `DOMAIN\\name`; '' when not told. */
  readonly account: string;
  /** IPv4 addresses of the node, when it told them. */
  readonly addresses: readonly string[];
  /** Full, Constrained …; '' when not told. */
  readonly languageMode: string;
  /** Who else writes these settings. */
  readonly owners: readonly Owner[];
}

export const OWNERS = ['group-policy', 'policy-values', 'preferences', 'network-atc'] as const;
/** One that writes these settings, or may: whether it does could not be read. */
export interface Owner {
  /** Each has its sentences under `proxy.owner.<code>` and `proxy.owner.unread.<code>`. */
  readonly by: (typeof OWNERS)[number];
  /** The values that it names. */
  readonly names: string;
  /** Why it could not be read; from the node. */
  readonly unread?: string;
}

/** The WinINet proxy of one node, as `Get-ProxySetting.ps1` read it. */
export interface ProxySetting {
  /** Absent when not told. */
  readonly computerName?: string;
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
  /** What the Arc agent itself holds; absent: there is none, or the node did not tell. */
  readonly agent?: AgentReading;
  /** Absent when the node told no more than WinINet's setting. */
  readonly node?: NodeLayers;
  /** Why it did not tell every value to the byte; from the node, absent where it did, or did not say. */
  readonly untold?: string;
}

/** What the administrator wants on a node; undefined stands for no machine-wide proxy. */
export interface DesiredProxy {
  readonly server: string;
  readonly bypass: readonly string[];
}

/** A way in which a setting is not as wanted; each has its sentence under `proxy.difference.<code>`. */
export type Difference =
  | 'unreadable'
  | 'not-machine-wide'
  | 'still-machine-wide'
  | 'server'
  | 'still-set'
  | 'bypass'
  | 'script'
  | 'detect'
  | 'left-over'
  | 'winhttp'
  | 'environment'
  | 'not-as-before'
  /** The account's own values, which no change is to touch. */
  | 'account'
  /** Layers that the last change left alone, and that are not what they were then. */
  | 'winhttp-since'
  | 'environment-since'
  | 'agent-since';

/** Makes a setting of the script's output, which is not trusted; undefined when it is none. */
export function parseProxySetting(output: unknown): ProxySetting | undefined {
  if (typeof output !== 'object' || output === null) return undefined;
  const fields = output as Readonly<Record<string, unknown>>;
  const { machineWide, server, readable } = fields;
  if (typeof machineWide !== 'boolean' || typeof server !== 'string' || typeof readable !== 'boolean')
    return undefined;
  const policy = fields['perUserPolicy'];
  const computerName = textOf(fields['computerName']);
  return {
    ...(computerName !== '' && { computerName }),
    machineWide,
    perUserPolicy: policy === 0 || policy === 1 ? policy : null,
    server: hideCredentials(server),
    bypass: textList(fields['bypass']),
    pacUrl: hideInAddress(textOf(fields['pacUrl'])),
    autoDetect: fields['autoDetect'] === true,
    moduleVersion: textOf(fields['moduleVersion']) || null,
    readable,
    leftoverServer: hideCredentials(textOf(fields['leftoverServer'])),
    ...nodeLayers(fields),
  };
}

function nodeLayers(
  fields: Readonly<Record<string, unknown>>,
): Pick<ProxySetting, 'agent' | 'node' | 'untold'> {
  const values = parseRawValues(fields['values']);
  const agent = parseAgent(fields['arcAgent']);
  const untold = hideInWords(textOf(fields['valuesUnread']));
  if (values === undefined) return { ...(agent && { agent }), ...(untold !== '' && { untold }) };
  return {
    ...(agent && { agent }),
    node: {
      values,
      layers: readLayers(values, agent),
      records: parseRecords(fields['changes']),
      account: textOf(fields['account']),
      addresses: textList(fields['addresses']),
      languageMode: textOf(fields['languageMode']),
      owners: ownersOf(fields),
    },
  };
}

/** Of lines `code=text`, which are not trusted. */
function ownersOf(fields: Readonly<Record<string, unknown>>): readonly Owner[] {
  const read = (name: string) =>
    textList(fields[name]).flatMap(line => {
      const [code = ''] = line.split('=', 1);
      const by = OWNERS.find(each => each === code);
      return by === undefined ? [] : [{ by, text: line.slice(code.length + 1) }];
    });
  return [
    ...read('owners').map(({ by, text }) => ({ by, names: text })),
    ...read('ownersUnread').map(({ by, text }) => ({ by, names: '', unread: text })),
  ];
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
  if (sameProxyKey(setting.server) !== sameProxyKey(desired.server)) found.push('server');
  if (bypassKey(setting.bypass) !== bypassKey(desired.bypass)) found.push('bypass');
  if (setting.pacUrl !== '') found.push('script');
  if (setting.autoDetect) found.push('detect');
  return found;
}

function bypassKey(entries: readonly string[]): string {
  return [...new Set(entries.map(entry => entry.toLowerCase()))].sort().join(';');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Remoting may hand over a list of one as the text itself. */
function textList(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string' && item !== '');
}
