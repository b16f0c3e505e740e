import type { Protocol } from '../allowlist/catalog';
import type { Recognition } from './authorities';
import type { Cause } from './causes';
import type { PhaseName } from './observation';

/** Stable identifiers, used in files; the strings file has the words. From good to bad. */
export const VERDICTS = [
  'reachable',
  'not-tested',
  'node-unavailable',
  'proxy-credentials',
  'proxy-denied',
  'http-blocked',
  'tls-intercepted',
  'tls-failed',
  'refused',
  'timed-out',
  'name-not-resolved',
] as const;

export type VerdictCode = (typeof VERDICTS)[number];

/** Whether a verdict says that something between node and service is wrong. */
export function isFailure(verdict: VerdictCode): boolean {
  return verdict !== 'reachable' && !isUnknown(verdict);
}

/** Whether a verdict says nothing about the endpoint. */
export function isUnknown(verdict: VerdictCode): boolean {
  return verdict === 'not-tested' || verdict === 'node-unavailable';
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
    /** Only of a chain that the node accepts. */
    readonly recognizedBy?: Recognition;
  };
  readonly http?: { readonly status: number; readonly server: string; readonly location: string };
  /** ISO 8601; empty when nothing was started. */
  readonly startedAt: string;
}
