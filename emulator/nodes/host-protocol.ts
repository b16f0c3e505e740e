/** What the PowerShell host of a node takes and answers, one JSON object a line; `emulator/powershell-host/README.md`. */

/** A registry value: a number (DWord), a string, or another kind with its data, bytes in Base64. */
export type RegistryData =
  | number
  | string
  | {
      /** `Unknown`: a kind that .NET does not read. */
      readonly kind:
        'Binary' | 'DWord' | 'ExpandString' | 'MultiString' | 'None' | 'QWord' | 'String' | 'Unknown';
      readonly data: number | string | readonly string[];
    };

/** Values by name, by key path such as `HKLM:\SOFTWARE\Contoso`. */
export type RegistryContent = Readonly<Record<string, Readonly<Record<string, RegistryData>>>>;

/** The cluster as its nodes know it. */
export interface ClusterSeed {
  /** FQDN. */
  readonly name: string;
  readonly nodes: readonly {
    readonly Name: string;
    readonly State: 'Up' | 'Down' | 'Paused' | 'Joining' | 'Unknown';
  }[];
  /** Build of the nodes' operating system; default 20348, which is version 21H2. */
  readonly build?: number;
  /** Storage account of the cloud witness; absent: no witness. */
  /** Of its name, with the mask of the network. */
  readonly address?: string;
  readonly subnetMask?: string;
  readonly witnessAccount?: string;
  /** Absent: not registered with Azure. */
  readonly cloud?: 'public' | 'usgov' | 'china';
}

/** What a node starts with. */
export interface NodeSeed {
  /** Short name. */
  readonly name: string;
  readonly fqdn?: string;
  /** Default `Full`. `ConstrainedSigned`: constrained, and the policy trusts the extension's own module. */
  readonly languageMode?: 'Full' | 'Constrained' | 'ConstrainedSigned';
  /** A module that is on the node and runs in the full language. */
  readonly signedModule?: { readonly name: string; readonly code: string };
  /** The machine's WinHTTP proxy; absent: direct. */
  readonly winHttpProxy?: { readonly server: string; readonly bypass: string };
  /** Version that the node's curl.exe plays, `none` for a node without one; absent: this computer's own. */
  readonly curl?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly registry?: RegistryContent;
  /** Machine-wide WinINet proxy, kept as Set-WinInetProxy writes it. */
  readonly proxy?: string | null;
  /** Entries with `;` between them. */
  readonly proxyBypass?: string;
  /** Whether the module WinInetProxy is on the node; default no. */
  readonly proxyModule?: boolean;
  /** Whether the PowerShell Gallery answers; absent: the node's network decides. */
  readonly gallery?: boolean;
  /** Ports on which it listens, in its own network. */
  readonly listens?: readonly number[];
  /** IPv4 addresses of the node. */
  readonly addresses?: readonly string[];
  /** A proxy that Network ATC writes. */
  readonly networkAtcProxy?: string;
  /** What `azcmagent config get` answers, by name such as `connection.type`; absent: the agent is not on the node. */
  readonly arcAgent?: Readonly<Record<string, string>>;
  /** How azcmagent.exe, which is there then, fails to answer; absent: it answers. */
  readonly arcAgentFault?: ArcAgentFault;
  /** Windows' programs that application control keeps from starting, without `.exe`: `azcmagent`, `reg` and the like. */
  readonly blockedPrograms?: readonly string[];
  /** Absent: the computer is in no cluster. */
  readonly cluster?: ClusterSeed;
}

/** It ends by itself, with an error code, with words that are no setting, or never. */
export type ArcAgentFault = 'crashes' | 'fails' | 'babbles' | 'hangs';

/** A node as it is now. */
export interface NodeSnapshot {
  readonly name: string;
  readonly registry: RegistryContent;
  readonly environment: Readonly<Record<string, string>>;
  /** Modules of the PowerShell Gallery that are on the node. */
  readonly modules: readonly string[];
  /** Calls that scripts made of commands that only Windows has, in order, with the parameters that were bound. */
  readonly calls: readonly {
    readonly command: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  }[];
}

export interface HostError {
  /** Full name of the exception's .NET type. */
  readonly errorType: string;
  readonly message: string;
  readonly fullyQualifiedErrorId: string;
  readonly category: string;
  /** Line of the script, from 1; 0 when unknown. */
  readonly line: number;
}

export interface HostProgress {
  readonly activity: string;
  readonly statusDescription: string;
  readonly currentOperation: string | null;
  /** 0–100, or -1 when the script does not say. */
  readonly percentComplete: number;
  readonly completed: boolean;
}

export type RunOutcome = 'completed' | 'failed' | 'stopped' | 'timedOut';

/** Any answer of the host; which fields are there tells its kind. */
export interface HostAnswer {
  readonly id?: string;
  readonly output?: unknown;
  readonly progress?: HostProgress;
  readonly warning?: string;
  readonly end?: RunOutcome;
  readonly errors?: readonly HostError[];
  readonly ms?: number;
  readonly done?: true;
  readonly fatal?: string;
  readonly registry?: RegistryContent;
}
