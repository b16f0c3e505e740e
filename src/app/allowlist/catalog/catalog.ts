import type { Cloud } from '../../cluster/cluster';

/** What is known of an edition before it is loaded: an entry of `assets/catalog/editions.json`. */
export interface EditionSummary {
  readonly id: string;
  readonly title: string;
  /** ISO date of the list as it is used here; `2025-04` where no day is known. */
  readonly published: string;
  /** ISO date that the list itself prints, where it is another one. */
  readonly printedDate?: string;
  readonly appliesTo: readonly string[];
  /** Builds of the operating system for which this edition is proposed, for example 20348. */
  readonly builds?: readonly number[];
  /** Clouds for which the list was published. */
  readonly clouds: readonly Cloud[];
  /** Regions that have a list of their own; absent when lists are not by region. */
  readonly regions?: readonly Region[];
  readonly vendors?: readonly Vendor[];
}

export interface Region {
  readonly id: string;
  readonly title: string;
  readonly cloud: Cloud;
  /** Azure's own name of the region, where the list's is another one. */
  readonly azureName?: string;
}

/** Hardware vendor with a list of its own. */
export interface Vendor {
  readonly id: string;
  readonly title: string;
}

/**
 * One dated version of the published list, put together from `src/catalog` by `src/catalog/tools/compose.ts`.
 * A host is written once, as a rule; features use rules.
 */
export interface Edition extends EditionSummary {
  readonly sources: Readonly<Record<string, Source>>;
  /** In the document's order. */
  readonly features: readonly Feature[];
  readonly rules: readonly Rule[];
  /** Traffic inside the network. */
  readonly internalRules?: readonly InternalRule[];
  /** Why hosts came or went against the edition before. */
  readonly changes?: readonly {
    readonly hosts: readonly string[];
    readonly text: string;
    readonly source: string;
  }[];
  /** Its texts that are English on a page that is not. In no file: `translateEdition` notes them. */
  readonly english?: ReadonlySet<string>;
}

/** Where a fact is from. */
export interface Source {
  readonly title: string;
  readonly repository?: string;
  readonly path?: string;
  readonly commit?: string;
  readonly url?: string;
  /** ISO date of the source itself, or of the commit; absent when neither is known. */
  readonly date?: string;
}

/** `none`: the document says no rules are needed. `linked`: it only links to another list. */
export type FeatureKind = 'rules' | 'none' | 'linked';

export interface Feature {
  readonly id: string;
  readonly title: string;
  readonly kind: FeatureKind;
  /** What this is for, in our own words. */
  readonly summary: string;
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly uses: readonly RuleUse[];
  /** Who opens the connections; there when the kind is `rules`. */
  readonly connects?: Connects;
  /** Only for hardware of this vendor. */
  readonly vendor?: string;
  readonly state?: State;
  /** The document only links to its rules, so they are listed when the feature is chosen, not before. */
  readonly optIn?: boolean;
  /** What does not work without its required rules, where no manifest says so rule by rule. */
  readonly blocks?: Blocks;
}

/** What an endpoint that is not reachable stops. `workload`: what runs on the cluster, not the cluster itself. */
export const BLOCKED = [
  'registration',
  'deployment',
  'update',
  'witness',
  'support',
  'extensions',
  'workload',
] as const;
export type Blocked = (typeof BLOCKED)[number];

/**
 * How hard, hardest first: `critical` stops it, `warning` lets a part of it fail, `informational` is worth knowing. The
 * words are those of Microsoft's validator (AzStackHci.EnvironmentChecker).
 */
export const SEVERITIES = ['critical', 'warning', 'informational'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Blocks {
  /** In the order of {@link BLOCKED}; never empty in the catalog. */
  readonly what: readonly Blocked[];
  /** The hardest of all. */
  readonly severity: Severity;
  /** Those of `what` that are blocked less hard than `severity` says. */
  readonly less?: Partial<Readonly<Record<Blocked, Severity>>>;
}

/** What a manifest of Microsoft's validator says; `origins` are its rows. */
export interface UseBlocks extends Blocks {
  readonly origins: readonly Origin[];
}

/**
 * Who opens a connection. `wininet`, `winhttp`: programs on the node that use this proxy setting. `agent`: one with
 * a proxy setting of its own. Not the node: `browser`, the administrator's; `guest`, virtual machines on the cluster, such
 * as session hosts; `appliance`, the control plane of disconnected operations; `gateway`, that of Windows Admin Center.
 */
export type Connects = 'wininet' | 'winhttp' | 'agent' | NotNode;

export const NOT_NODES = ['browser', 'guest', 'appliance', 'gateway'] as const;
export type NotNode = (typeof NOT_NODES)[number];

/** Who connects, where that is not a node; nodes need not reach it. */
export function notNode(connects: Connects | undefined): NotNode | undefined {
  return NOT_NODES.find(each => each === connects);
}

/** Not current: `superseded` by something newer but perhaps still needed, or `retired`. */
export interface State {
  readonly kind: 'superseded' | 'retired';
  /** Rule or feature that takes its place. */
  readonly by?: string;
  readonly text: string;
  readonly source: string;
}

export type Requirement = 'required' | 'recommended' | 'optional';
export const REQUIREMENTS: readonly Requirement[] = ['required', 'recommended', 'optional'];

/** That a feature needs a rule, and why. */
export interface RuleUse {
  readonly rule: string;
  readonly requirement: Requirement;
  readonly purpose: string;
  /** What can be done instead of opening it. */
  readonly alternative?: string;
  /** Where this feature needs it, when that is less than the rule's clouds. */
  readonly clouds?: readonly Cloud[];
  /** Regions of the edition in which this holds; absent: everywhere. A rule may have several uses, by region. */
  readonly regions?: readonly string[];
  /** When it is needed, where a source says so. */
  readonly when?: 'deployment' | 'after' | 'both';
  /** When it differs from the feature's. */
  readonly connects?: Connects;
  /** Whether Arc gateway can carry it, where the list says so. */
  readonly arcGateway?: boolean;
  /** Where Arc gateway's own page has it among the endpoints that it does not carry. */
  readonly notRedirected?: Origin;
  /** What it blocks, where the validator's manifest of the use's regions names it. */
  readonly blocks?: UseBlocks;
  /** What we list differently from what the use's own source says, and why. */
  readonly correction?: Correction;
  /**
   * The part of the host that only this cluster's owner knows, where this use needs that one host; another feature may
   * need the whole wildcard.
   */
  readonly placeholder?: Placeholder;
  /** What another source says of it in the use's regions. */
  readonly note?: { readonly text: string; readonly source: string };
  /** A source of the feature says that TLS inspection must leave it alone. */
  readonly bypassInspection?: { readonly source: string; readonly text?: string };
  /** Whether the feature's part of the document writes a scheme, when that differs from the rule's. */
  readonly scheme?: boolean;
  readonly origins: readonly Origin[];
}

/** The place in a source, and what stands there. */
export interface Origin {
  readonly source: string;
  readonly section: string;
  /** Regions of which this holds; absent: all of the use's. */
  readonly regions?: readonly string[];
  /** Exactly as written there. */
  readonly asWritten: {
    readonly url: string;
    readonly port?: string;
    readonly arcGateway?: string;
    readonly requiredFor?: string;
  };
}

/**
 * `added`: the published list does not have it at all. `listed`: the document's text has it, its JSON does not.
 * Others: the field that differs.
 */
export interface Correction {
  readonly field: 'host' | 'port' | 'cloud' | 'listed' | 'added';
  /** Continues "listed as … because …". */
  readonly reason: string;
  readonly source: string;
}

export type Protocol = 'https' | 'http' | 'tcp' | 'udp';

/** The parts of host names that only the cluster's owner knows. */
export type PlaceholderName =
  'witness-account' | 'key-vault' | 'arc-gateway' | 'workspace-id' | 'region' | 'appliance-domain';

export interface Placeholder {
  readonly name: PlaceholderName;
  /** The host with the name's part in brackets; a domain's brackets hold the one that the source uses. */
  readonly host: string;
}

export interface Rule {
  readonly id: string;
  /** A host name, or a wildcard: a leading `*.`, or a first label that ends in `*` (`azgn*.`). Lower case. */
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly clouds: readonly Cloud[];
  /** Whether the document writes a scheme before the host; kept for the export in its own shape. */
  readonly scheme: boolean;
  readonly serviceTag?: string;
  /** The part that only this cluster's owner knows; the uses that it narrows have it too. */
  readonly placeholder?: Placeholder;
  /** Hosts that a source shows to exist under the wildcard. None: not testable. */
  readonly representatives?: readonly {
    readonly host: string;
    readonly source: string;
    readonly note?: string;
  }[];
  readonly state?: State;
  /** The organization's own authority signs for it: no public one is expected. */
  readonly authority?: 'organization';
  /** What opening this also opens. */
  readonly risk?: string;
  /** What a later source says of it; changes nothing in this edition. */
  readonly note?: { readonly text: string; readonly source: string };
}

/** A rule for traffic between the cluster's nodes, or between them and who manages them. */
export interface InternalRule {
  readonly id: string;
  /** The source's heading, for example `Failover Clustering`. */
  readonly group: string;
  readonly purpose: string;
  readonly from: string;
  readonly to: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  /** Numbers and ranges such as `49152-65535`; none for icmp. */
  readonly ports: readonly string[];
  readonly requirement: Requirement;
  readonly origins: readonly {
    readonly source: string;
    readonly section: string;
    readonly asWritten: string;
  }[];
  readonly note?: string;
}
