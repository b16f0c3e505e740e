/** A simulated cluster and its network: `emulator/lab/scenarios/*.json`, schema in `scenario.schema.json`. */
export interface Scenario {
  readonly cluster: {
    readonly name: string;
    /** Absent: the cluster is not registered, so nothing says which cloud it is for. */
    readonly cloud?: 'public' | 'usgov' | 'china';
    /** Build of the nodes' operating system, for example 25398. */
    readonly build?: number;
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
  readonly languageMode: 'Full' | 'Constrained';
  /** Whether the WinInetProxy module is on the node. */
  readonly proxyModule: boolean;
  /** Whether the gateway's own account may use this node; if not, it answers 403 until credentials come. */
  readonly credentials: 'gateway' | 'wanted';
  readonly egress: 'open' | 'proxy-only';
  readonly faults: readonly Fault[];
}

export interface Fault {
  /** A host of the list, or a wildcard such as `*.microsoft.com`. */
  readonly host: string;
  /** Absent: every port. */
  readonly port?: number;
  /** `slow:MS` answers late. */
  readonly fault: string;
}

export interface ScenarioProxy {
  readonly host: string;
  readonly port: number;
  readonly requiresAuthentication: boolean;
  readonly deny: readonly string[];
}
