import type { ArcAgentFault, RegistryContent } from '../nodes/host-protocol.ts';

/** A simulated cluster and its network: `emulator/lab/scenarios/*.json`, schema in `scenario.schema.json`. */
export interface Scenario {
  readonly cluster: {
    readonly name: string;
    /** Absent: the cluster is not registered, so nothing says which cloud it is for. */
    readonly cloud?: 'public' | 'usgov' | 'china';
    /** Build of the nodes' operating system, for example 25398. */
    readonly build?: number;
    readonly address?: string;
    readonly subnetMask?: string;
    readonly witnessAccount?: string;
  };
  readonly nodes: readonly ScenarioNode[];
  readonly proxies: readonly ScenarioProxy[];
}

export interface ScenarioNode {
  readonly name: string;
  readonly state: 'Up' | 'Down' | 'Paused';
  /** Machine-wide WinINet proxy at the start, `host:port`. */
  readonly proxy: string | null;
  readonly proxyBypass: string;
  /** `ConstrainedSigned`: constrained, and the policy trusts the extension's own module, which is on the node. */
  readonly languageMode: 'Full' | 'Constrained' | 'ConstrainedSigned';
  /** The machine's WinHTTP proxy; null: direct. */
  readonly winHttpProxy: { readonly server: string; readonly bypass: string } | null;
  /** Variables of the machine. */
  readonly environment: Readonly<Record<string, string>>;
  /** What `azcmagent config get` answers, by name such as `proxy.url`; null: no agent. */
  readonly arcAgent: Readonly<Record<string, string>> | null;
  /** How azcmagent.exe fails to answer; null: it answers. */
  readonly arcAgentFault: ArcAgentFault | null;
  /** Windows' programs that application control keeps from starting, without `.exe`. */
  readonly blockedPrograms: readonly string[];
  /** Raw values of WinINet's registry keys, by key path and name; over what `proxy` writes. */
  readonly wininet: RegistryContent;
  /** Version that curl.exe plays, or how it fails; `none`: there is none; absent: this computer's. */
  readonly curl?: string;
  /** Whether the WinInetProxy module is on the node. */
  readonly proxyModule: boolean;
  /** Whether the gateway's own account may use this node; if not, it answers 403 until credentials come. */
  readonly credentials: 'gateway' | 'wanted';
  readonly egress: 'open' | 'proxy-only';
  /** How far the node's clock is ahead of the world's; below zero: behind it. */
  readonly clockSkewSeconds: number;
  /** Addresses of its name servers, in its order. Only the lab's own, 192.0.2.53, answers. */
  readonly resolvers: readonly string[];
  readonly faults: readonly Fault[];
}

export interface Fault {
  /** A host of the list, or a wildcard such as `*.microsoft.com`. */
  readonly host: string;
  /** Absent: every port. */
  readonly port?: number;
  /** A word of `FAULT_NAMES`, or a form of `FAULT_FORMS`. */
  readonly fault: string;
}

export interface ScenarioProxy {
  readonly host: string;
  readonly port: number;
  readonly requiresAuthentication: boolean;
  readonly deny: readonly string[];
  /** Ports that it refuses, whatever the host. */
  readonly denyPorts: readonly number[];
  /** Status with which it answers every request; absent: it does its work. */
  readonly answer?: number;
  /** How it fails to answer at all; absent: it answers. */
  readonly broken?: 'silent' | 'closes' | 'not-http' | 'tunnel-closes';
  /** Text of the proxy configuration script that it serves as `/proxy.pac` and `/wpad.dat`; absent: it serves none. */
  readonly pac?: string;
  /** For so long it keeps every request waiting, in milliseconds; absent: not at all. */
  readonly delayMs?: number;
}
