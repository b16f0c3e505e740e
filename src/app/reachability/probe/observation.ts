import type { Client } from '../plan/client-routes';

/** What a probe tells of each endpoint: codes and measurements, no judgement. */
export interface Observation {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: 'https' | 'http' | 'tcp' | 'udp';
  readonly route: 'direct' | 'proxy';
  /** `host:port` of the proxy that was used, '' when direct. */
  readonly proxy: string;
  /** The client of the node whose way was gone; absent: WinINet's. */
  readonly client?: Client;
  /**
   * `done`: ended by itself. `timeout`: its own time was over. `deadline`: the whole call's time was over before it
   * ended, or even began; its phases then say nothing about the endpoint.
   */
  readonly outcome: 'done' | 'timeout' | 'deadline';
  /** In order; the last one says how far it came. */
  readonly phases: readonly ObservedPhase[];
  readonly addresses: readonly string[];
  /** Leaf first. Empty when TLS showed none. */
  readonly certificates: readonly ObservedCertificate[];
  /** The node's own judgement of the chain: 'RemoteCertificateNameMismatch', 'UntrustedRoot', 'NotTimeValid' … Empty: trusted. */
  readonly tlsErrors: readonly string[];
  readonly http: ObservedHttp | null;
  /** Status line that the proxy gave to CONNECT; null when it was not asked. */
  readonly proxyStatus: number | null;
  /** ISO 8601, the node's clock. '' when it never began. */
  readonly startedAt: string;
  /** The node's own address on this connection; absent without one. */
  readonly source?: string;
  /** What the HTTP request asked for, as `/connecttest.txt`; absent: `/`. */
  readonly path?: string;
  /** Milliseconds in which the node did not run the probe while this endpoint was measured; absent: none. */
  readonly heldUpMs?: number;
  /** What this way of probing could not see although it was there; absent: nothing. */
  readonly unmeasured?: readonly Unmeasured[];
}

/** `certificates`: the node accepted them, and nobody saw them. `headers`: only the status of the answer is known. */
export type Unmeasured = 'certificates' | 'headers';

/** `name` look-up, `connect` TCP, `proxy` CONNECT, `tls` handshake, `http` request, `ntp` a question for the time. With a proxy, `name` and `connect` are the proxy's. */
export type PhaseName = 'name' | 'connect' | 'proxy' | 'tls' | 'http' | 'ntp';

export interface ObservedPhase {
  readonly phase: PhaseName;
  readonly ms: number;
  readonly outcome: 'ok' | 'failed' | 'timeout';
  /**
   * A code such as `HostNotFound`, `ConnectionRefused`, `ConnectionReset` (.NET's SocketError); of TLS also `TlsAlert`,
   * `TlsVersion` (no version or cipher in common), `NotTls`, `Untrusted`; '' when all went well.
   */
  readonly code: string;
  /** The engine's own words; for `connect` the address that answered, or each address with its code. Hostile text. */
  readonly detail: string;
}

export interface ObservedCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly thumbprint: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/** The final answer: a `1xx` before it is left out. */
export interface ObservedHttp {
  readonly status: number;
  readonly server: string;
  readonly via: string;
  readonly location: string;
  /** Lower-case names of all headers: telling a service's own refusal from a filter's page needs them. */
  readonly headers: readonly string[];
  /** Of the final answer, exactly as sent; absent when it has none, or the way of probing does not tell. */
  readonly contentType?: string;
  /** The `Content-Length` header; absent when it has none. */
  readonly contentLength?: number;
  /** The `Date` header, ISO 8601; absent when it has none or is no date. */
  readonly date?: string;
  /** The beginning of the body, as far as it came with the header; a few hundred characters. Hostile text. */
  readonly body?: string;
}
