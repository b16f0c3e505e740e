/** Stable identifiers, used in files; the strings file has the words. From good to bad. */
export const VERDICTS = [
  // The service itself answered: behind a certificate that is known to be its own, or with a mark of its own.
  'reachable',
  // Something answered, and nothing shows that it was the service, nor that it was not.
  'not-proven',
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

/**
 * What a verdict comes to, for counts, filters and marks; never mixed. `proven`: the service answered. `unproven`:
 * something did. `failed`: something between node and service is wrong. `unknown`: nothing is known of the endpoint.
 */
export const GRADES = ['proven', 'unproven', 'failed', 'unknown'] as const;
export type Grade = (typeof GRADES)[number];

export function gradeOf(verdict: VerdictCode): Grade {
  switch (verdict) {
    case 'reachable':
      return 'proven';
    case 'not-proven':
      return 'unproven';
    case 'not-tested':
    case 'node-unavailable':
      return 'unknown';
    default:
      return 'failed';
  }
}

/** How many results have which grade. */
export type Tally = Readonly<Record<Grade, number>>;

/** Whatever counts results counts them here, so that no two parts of the tool disagree. */
export function tallyResults(results: Iterable<{ readonly verdict: VerdictCode }>): Tally {
  const tally = { proven: 0, unproven: 0, failed: 0, unknown: 0 };
  for (const { verdict } of results) tally[gradeOf(verdict)] += 1;
  return tally;
}

/** Whether the service itself answered. Only this may be shown as good. */
export function isProven(verdict: VerdictCode): boolean {
  return gradeOf(verdict) === 'proven';
}

/** Whether a verdict says that something between node and service is wrong. */
export function isFailure(verdict: VerdictCode): boolean {
  return gradeOf(verdict) === 'failed';
}

/** Whether a verdict says nothing about the endpoint. */
export function isUnknown(verdict: VerdictCode): boolean {
  return gradeOf(verdict) === 'unknown';
}
