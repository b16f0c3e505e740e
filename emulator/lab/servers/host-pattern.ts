/**
 * True when `pattern` covers `host`: the same name, or for `*.x` any name below x (but not x itself),
 * or for `a*.x` any name below x that begins with a.
 */
export function coversHost(pattern: string, host: string): boolean {
  if (!isWildcard(pattern)) return pattern.toLowerCase() === host.toLowerCase();
  const [start, end] = ends(pattern);
  const name = host.toLowerCase();
  return name.startsWith(start) && name.endsWith(end) && name.length > start.length + end.length;
}

export function isWildcard(host: string): boolean {
  return host.includes('*');
}

/** True when every name that `inner` covers is covered by `outer` too. */
export function coversPattern(outer: string, inner: string): boolean {
  if (!isWildcard(inner)) return coversHost(outer, inner);
  if (!isWildcard(outer)) return false;
  const [outerStart, outerEnd] = ends(outer);
  const [innerStart, innerEnd] = ends(inner);
  return innerStart.startsWith(outerStart) && innerEnd.endsWith(outerEnd);
}

function ends(pattern: string): readonly [string, string] {
  const [start = '', end = ''] = pattern.toLowerCase().split('*');
  return [start, end];
}
