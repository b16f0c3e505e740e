import { hideCredentials, hideInAddress } from '../credentials';
import { type AgentReading, isAgentRead } from './arc-agent';
import {
  type ConnectionOptions,
  DETECT_FLAG,
  PAC_FLAG,
  PROXY_FLAG,
  readConnection,
  readWinHttp,
} from './blobs';
import { isOther, partsOf, type RawValue, type RawValues } from './raw-values';

export const LAYERS = ['machine', 'account', 'winhttp', 'environment', 'agent'] as const;
/** WinINet of the machine, WinINet of the running account, WinHTTP, the machine's environment, the Arc agent's own. */
export type LayerName = (typeof LAYERS)[number];

/** One layer as a person reads it. */
export interface Layer {
  /** False: it could not be understood, and the rest says nothing. */
  readonly readable: boolean;
  /** As stored: `host:port`, per protocol, with or without `http://`; '' for none in force. A name and password are left out. */
  readonly server: string;
  /** As stored; the notation is the layer's own. */
  readonly bypass: string;
  readonly pacUrl: string;
  readonly autoDetect: boolean;
  /** WinINet decides by the policy which of the two hives counts. */
  readonly inForce: boolean;
}

export interface Layers {
  readonly machine: Layer;
  readonly account: Layer;
  readonly winhttp: Layer;
  readonly environment: Layer;
  /** Absent: there is no agent on the node. */
  readonly agent?: Layer;
}

/** Whether the policy makes WinINet's settings those of the machine. WinINet wants the number 0: a text is none. */
export function isMachineWide(values: RawValues): boolean {
  return values.policy === 'DWord|0';
}

/** Who goes by which proxy, out of what stands in the registry and the environment. */
export function readLayers(values: RawValues, agent: AgentReading | undefined): Layers {
  const machineWide = isMachineWide(values);
  return {
    machine: layerOf(readConnection(values['machine.default']), machineWide),
    account: layerOf(readConnection(values['user.default']), !machineWide),
    winhttp: layerOf(readWinHttp(values.winhttp), true),
    environment: environmentLayer(values),
    ...(agent && { agent: agentLayer(agent) }),
  };
}

/** One that could not be asked is there, and nothing is known of it. */
export function agentLayer(agent: AgentReading): Layer {
  const isRead = isAgentRead(agent);
  return {
    readable: isRead,
    server: isRead ? agent.proxyUrl : '',
    bypass: isRead ? agent.proxyBypass : '',
    pacUrl: '',
    autoDetect: false,
    inForce: true,
  };
}

function layerOf(options: ConnectionOptions | undefined, inForce: boolean): Layer {
  if (options === undefined)
    return { readable: false, server: '', bypass: '', pacUrl: '', autoDetect: false, inForce };
  const { flags, server, bypass, pacUrl } = options;
  const isOn = (flag: number) => (flags & flag) !== 0;
  return {
    readable: true,
    server: isOn(PROXY_FLAG) ? hideCredentials(server) : '',
    bypass: isOn(PROXY_FLAG) ? bypass : '',
    pacUrl: isOn(PAC_FLAG) ? hideInAddress(pacUrl) : '',
    autoDetect: isOn(DETECT_FLAG),
    inForce,
  };
}

/** Both variables, named when they differ; most programs of a node go out over HTTPS. */
function environmentLayer(values: RawValues): Layer {
  const http = hideCredentials(dataOf(values['env.HTTP_PROXY']));
  const https = hideCredentials(dataOf(values['env.HTTPS_PROXY']));
  const server =
    http === https ? https : [http && `http=${http}`, https && `https=${https}`].filter(Boolean).join(';');
  const names = ['env.HTTP_PROXY', 'env.HTTPS_PROXY', 'env.NO_PROXY'] as const;
  return {
    readable: !names.some(name => isOther(values[name])),
    server,
    bypass: dataOf(values['env.NO_PROXY']),
    pacUrl: '',
    autoDetect: false,
    inForce: true,
  };
}

function dataOf(value: RawValue): string {
  const { kind, data } = partsOf(value);
  return kind === 'String' || kind === 'ExpandString' ? data : '';
}

/** The proxy for a scheme in a server text: `http=a:1;https=b:2`, `http://a:1`, `a:1`; '' for none. */
export function serverFor(scheme: 'http' | 'https', server: string): string {
  const parts = server.split(/[;\s]+/).filter(part => part !== '');
  const own = parts.find(part => part.toLowerCase().startsWith(`${scheme}=`));
  const plain = parts.find(part => !/^[a-z]+=/i.test(part));
  return (own === undefined ? plain : own.slice(scheme.length + 1)) ?? '';
}

/** Without `http://` and a slash at the end, in small letters, in one order: the same proxy reads the same. */
export function sameProxyKey(server: string): string {
  return server
    .split(/[;\s]+/)
    .map(part =>
      part
        .toLowerCase()
        .replace(/^((?:[a-z]+=)?)http:\/\//, '$1')
        .replace(/\/$/, ''),
    )
    .filter(part => part !== '')
    .sort()
    .join(';');
}
