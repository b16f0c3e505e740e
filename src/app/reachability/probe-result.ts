import type { PhaseName } from './observation';

/** Stable identifiers, used in files; the strings file has the words. */
export type VerdictCode =
  | 'reachable'
  | 'name-not-resolved'
  | 'refused'
  | 'timed-out'
  | 'tls-failed'
  | 'tls-intercepted'
  | 'http-blocked'
  | 'proxy-denied'
  | 'proxy-credentials'
  | 'node-unavailable'
  | 'not-tested';

/** One endpoint seen from one node, as in files and between parts. */
export interface ProbeResult {
  readonly node: string;
  readonly host: string;
  readonly port: number;
  /** Ids of the catalog rules that this endpoint stands for. */
  readonly rules: readonly string[];
  readonly verdict: VerdictCode;
  /** Finer cause in kebab case, for example `no-such-name`, `certificate-expired`; picks the explanation. */
  readonly cause: string;
  readonly route: { readonly kind: 'direct' | 'proxy' | 'none'; readonly proxy?: string };
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
  };
  readonly http?: { readonly status: number; readonly server: string; readonly location: string };
  /** ISO 8601; empty when nothing was started. */
  readonly startedAt: string;
}
