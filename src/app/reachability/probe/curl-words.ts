/**
 * What curl says in words, as codes of the other probe. Windows' own curl uses Schannel, whose sentences are in the
 * system's language and whose numbers are not; other builds use OpenSSL. Numbers: winerror.h.
 */

type Table = readonly (readonly [RegExp, string])[];

function find(table: Table, words: string): string | undefined {
  return table.find(([pattern]) => pattern.test(words))?.[1];
}

const CERTIFICATES: Table = [
  [/0x80090325|0x800B0109|UNTRUSTED_ROOT|self[- ]signed certificate/i, 'UntrustedRoot'],
  [/0x800B010A|PARTIAL_CHAIN|unable to (get local issuer|verify the first)/i, 'PartialChain'],
  [/0x80090328|0x800B0101|NOT_TIME_VALID|has expired|not yet valid/i, 'NotTimeValid'],
  [
    /0x80090322|0x800B010F|does not match|no alternative certificate|failed to match/i,
    'RemoteCertificateNameMismatch',
  ],
  [/0x800B010C|CERT_TRUST_IS_REVOKED/i, 'Revoked'],
];

/** Why a certificate was not accepted. */
export function certificateError(words: string): string {
  return find(CERTIFICATES, words) ?? 'RemoteCertificateChainErrors';
}

/** Whether the words of a failed handshake are about the certificate. */
export function isCertificateError(exit: number, words: string): boolean {
  return exit === 60 || (exit === 35 && /0x800B01|0x8009032[2578]/i.test(words));
}

const CONNECTIONS: Table = [
  [/refused/i, 'ConnectionRefused'],
  [/timed? ?out/i, 'TimedOut'],
  [/network (is )?unreachable/i, 'NetworkUnreachable'],
  [/host (is )?unreachable|no route to host/i, 'HostUnreachable'],
  [/permission denied|access|bad access/i, 'AccessDenied'],
  [/reset/i, 'ConnectionReset'],
  [/abort/i, 'ConnectionAborted'],
];

/** Why a connection failed; a code that no rule knows when the words say nothing. */
export function connectionError(words: string): string {
  return find(CONNECTIONS, words) ?? 'ConnectFailed';
}

const EXCHANGES: Table = [
  // Of mail protocols curl tells the number alone: ECONNRESET here, WSAECONNRESET on Windows.
  [/reset|errno: (104|10054)\b/i, 'ConnectionReset'],
  [/abort/i, 'ConnectionAborted'],
  [/http\/0\.9|weird server|not an http|invalid (status|header)|unsupported (http|response)/i, 'NotHttp'],
];

/** Why an exchange on an open connection failed. */
export function exchangeError(words: string): string {
  return find(EXCHANGES, words) ?? 'ConnectionClosed';
}

const HANDSHAKES: Table = [
  [/reset/i, 'ConnectionReset'],
  [/connection was abort|connection aborted/i, 'ConnectionAborted'],
  [
    /SSL_ERROR_SYSCALL|unexpected eof|failed to receive handshake|connection closed|closed abruptly/i,
    'ConnectionClosed',
  ],
];

/** Numbers: 'Schannel Error Codes for TLS and SSL Alerts' (learn.microsoft.com/windows/win32/secauthn). */
const REFUSALS: Table = [
  [
    /0x80090302|0x80090331|alert (protocol version|insufficient security)|unsupported protocol/i,
    'TlsVersion',
  ],
  [/0x80090308|wrong version number|packet length too long|http request/i, 'NotTls'],
  // The others that stand for alerts: of these, those about a certificate are alerts where the other side showed none.
  [/0x80090304|0x8009030[CF]|0x8009032[5678]|0x80090330|0x80092010|\balert\b/i, 'TlsAlert'],
];

/**
 * The node's own TLS could not begin: no memory (0x80090300), no credentials (0x8009030E, 0x8009030D), or no handle for them
 * (lib/vtls/schannel.c). Nothing was sent.
 */
const OWN: Table = [[/AcquireCredentialsHandle|0x80090300|0x8009030[DE]/i, 'NodeTls']];

/** Why a TLS handshake failed that is not about the certificate. */
export function handshakeError(words: string): string {
  return find(OWN, words) ?? find(HANDSHAKES, words) ?? find(REFUSALS, words) ?? 'Authentication';
}

/** What Resolve-DnsName says, as the codes of a socket. */
const NAMES: Readonly<Record<string, string>> = {
  DNS_ERROR_RCODE_NAME_ERROR: 'HostNotFound',
  DNS_INFO_NO_RECORDS: 'NoData',
  DNS_ERROR_RCODE_SERVER_FAILURE: 'NoRecovery',
  DNS_ERROR_RCODE_REFUSED: 'NoRecovery',
  DNS_ERROR_RCODE_FORMAT_ERROR: 'NoRecovery',
  ERROR_TIMEOUT: 'TimedOut',
};

/** Why a name was not found. A name that is found at the second time is told as one to be tried again. */
export function nameError(id: string): string {
  return Object.hasOwn(NAMES, id) ? (NAMES[id] ?? 'TryAgain') : 'TryAgain';
}
