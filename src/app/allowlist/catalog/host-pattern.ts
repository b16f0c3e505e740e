/** Whether a rule's host stands for many: `*.x`, or a first label that ends in a star (`azgn*.x`). */
export function isWildcard(host: string): boolean {
  return host.includes('*');
}

/**
 * Whether a rule's host lets a concrete host through. `*.x` covers `a.x` and `b.a.x`, never `x` itself; `azgn*.x`
 * covers names with exactly one label before `x`, one that begins with `azgn`.
 */
export function covers(pattern: string, host: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === host;
  const start = pattern.slice(0, star);
  const end = pattern.slice(star + 1);
  if (host.length < start.length + end.length || !host.startsWith(start) || !host.endsWith(end)) return false;
  const hidden = host.slice(start.length, host.length - end.length);
  return start === '' ? hidden !== '' && !hidden.startsWith('.') : !hidden.includes('.');
}

/** The name that `*.x` leaves out; undefined where there is no such name. */
export function apexOf(host: string): string | undefined {
  return host.startsWith('*.') ? host.slice('*.'.length) : undefined;
}
