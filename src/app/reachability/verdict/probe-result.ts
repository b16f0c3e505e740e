import type { Protocol } from '../../allowlist/catalog/catalog';
import type { Client } from '../plan/client-routes';
import type { Recognition } from './certificates/authorities';
import type { Cause } from './causes';
import type { NextHost } from './endpoint-facts';
import type { PhaseName } from '../probe/observation';
import type { Slow } from './times/slow';
import type { VerdictCode } from './verdicts';

/** What an endpoint was at an address of the family, IPv4 or IPv6, by which the probe had not connected. */
export interface OtherFamily {
  readonly address: string;
  readonly verdict: VerdictCode;
  readonly cause: Cause;
  /** Milliseconds that the connection took, or its failing. */
  readonly ms: number;
  /** What the step said at which it ended; hostile text, '' when all went well. */
  readonly detail: string;
}

/** One endpoint seen from one node, as in files and between parts. */
export interface ProbeResult {
  readonly node: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** Ids of the catalog rules that this endpoint stands for. */
  readonly rules: readonly string[];
  /** Wildcards for which this host was tried as a known example. */
  readonly standsFor: readonly string[];
  readonly verdict: VerdictCode;
  /** Finer cause in kebab case, for example `no-such-name`, `certificate-expired`; picks the explanation. */
  readonly cause: Cause;
  readonly route: {
    readonly kind: 'direct' | 'proxy' | 'none';
    readonly proxy?: string;
    readonly client?: Client;
    /** The client that connects here, where its own way was not the one that was tried. */
    readonly notBy?: Client;
  };
  readonly phases: readonly {
    readonly phase: PhaseName;
    readonly ms: number;
    readonly outcome: string;
    readonly detail: string;
  }[];
  readonly addresses: readonly string[];
  readonly certificate?: {
    readonly subject: string;
    readonly issuer: string;
    readonly root: string;
    readonly notAfter: string;
    /** Only of a chain that the node accepts. */
    readonly recognizedBy?: Recognition;
    /** The product that opens TLS, when its authority is known by name. */
    readonly product?: string;
  };
  readonly http?: { readonly status: number; readonly server: string; readonly location: string };
  /** How far the node's clock is ahead of the server's; below zero: behind. 0: they agree. Absent when nothing tells. */
  readonly clockSkewSeconds?: number;
  /** It answered, and one step of the network took a large part of the time allowed. Absent: it did not, or failed. */
  readonly slow?: Slow;
  /** Where the answer sends its callers on to, and whether the plan has that host. */
  readonly next?: NextHost & { readonly listed: boolean };
  /** The same endpoint at an address of the other family. Absent: the name has none, or it was not tried. */
  readonly otherFamily?: OtherFamily;
  /** ISO 8601; empty when nothing was started. */
  readonly startedAt: string;
}

/** What a result comes to. */
export type Judged = Pick<ProbeResult, 'verdict' | 'cause'>;
