import type { Blocked, Protocol, Requirement, Severity } from '../../allowlist/catalog/catalog';
import type { Cause, Owner } from '../verdict/causes';
import type { VerdictCode } from '../verdict/verdicts';

/** A sentence of the strings file. Values are shown as they are: hosts, numbers, or a smaller part with its own words. */
export interface Sentence {
  readonly key: string;
  readonly values: readonly (string | number | Sentence)[];
}

/**
 * What happened, seen across endpoints and nodes. `untested`: nothing is known of the endpoints, for a reason of the
 * node; `other`: one cause that has no finding of its own. Each kind has its sentences under `finding.<kind>.`.
 */
export const FINDING_KINDS = [
  'untested',
  'proxy-unreachable',
  'proxy-no-http',
  'proxy-credentials',
  'proxy-port',
  'proxy-policy',
  'proxy-upstream',
  'resolver-silent',
  'resolver-stopped',
  'resolver-blind',
  'names-unanswered',
  'names-missing',
  'only-ipv6',
  'sinkhole',
  'one-address',
  'clock',
  'intercepted',
  'root-missing',
  'certificates',
  'revocation',
  'past-proxy',
  'no-way-out',
  'port-closed',
  'range-closed',
  'tls-silent',
  'transparent-proxy',
  'page-instead',
  'filtered',
  'rule-missing',
  'slow',
  'family',
  'redirect-blocked',
  'redirect-unlisted',
  'other',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One result of a run. */
export interface CellRef {
  readonly node: string;
  /** Of the plan's entry, `host:port/protocol`. */
  readonly entry: string;
}

export interface FindingEndpoint {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
}

export interface FindingScope {
  /** Names, in the order of the run. */
  readonly nodes: readonly string[];
  /** Whether these are all nodes of the run. */
  readonly allNodes: boolean;
  /** In the order of the plan; of a `slow` or `family` finding those that show it. */
  readonly endpoints: readonly FindingEndpoint[];
  /** Ids of the rules that need these endpoints. */
  readonly rules: readonly string[];
  /** What does not work, in part or at all, while it lasts; in the catalog's order. */
  readonly blocks: readonly Blocked[];
}

/** What was seen in the same way in one or more results. */
export interface Evidence {
  readonly cause: Cause;
  /** What the cause means. */
  readonly sentence: Sentence;
  readonly cells: readonly CellRef[];
}

/** One explanation for failures of a run, or for endpoints of which nothing is known. */
export interface Finding {
  /** The same for the same thing in another run: the kind and what it is about. Unique in a run. */
  readonly id: string;
  readonly kind: FindingKind;
  /**
   * Of the most results in it; the first in the plan's order among equals. Where nothing failed yet, of the results that
   * show what is wrong.
   */
  readonly verdict: VerdictCode;
  readonly cause: Cause;
  readonly owner: Owner;
  readonly title: Sentence;
  /** What the administrator does next. */
  readonly next: Sentence;
  /** What the owner is asked for, in the text to copy. */
  readonly ask: Sentence;
  readonly scope: FindingScope;
  /** Every failed result that it explains. A result belongs to one finding; empty where nothing failed yet. */
  readonly cells: readonly CellRef[];
  /** By cause, most results first. */
  readonly evidence: readonly Evidence[];
  /** What speaks for it besides: other nodes that reach the same, or what worked before. */
  readonly context: readonly Sentence[];
}

/** What the list says of one use of an endpoint; a rule can have several, one for each feature. */
export interface ListFact {
  readonly rule: string;
  readonly feature: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly requirement: Requirement;
  /** What does not work without it, and how hard. */
  readonly blocks: readonly { readonly what: Blocked; readonly severity: Severity }[];
}
