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
