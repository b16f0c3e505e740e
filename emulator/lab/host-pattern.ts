/** True when `pattern` covers `host`: the same name, or for `*.x` any name below x (but not x itself). */
export function coversHost(pattern: string, host: string): boolean {
  const wanted = pattern.toLowerCase();
  const name = host.toLowerCase();
  return wanted.startsWith('*.')
    ? name.endsWith(wanted.slice(1)) && name.length > wanted.length - 1
    : name === wanted;
}

export function isWildcard(host: string): boolean {
  return host.startsWith('*.');
}

/** True when every name that `inner` covers is covered by `outer` too. */
export function coversPattern(outer: string, inner: string): boolean {
  if (!isWildcard(inner)) return coversHost(outer, inner);
  return isWildcard(outer) && inner.toLowerCase().endsWith(outer.slice(1).toLowerCase());
}
