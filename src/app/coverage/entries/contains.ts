import type { HostPattern } from './entry';

/** Whether the pattern opens this one host; in lower case. */
export function matches(pattern: HostPattern, host: string): boolean {
  switch (pattern.kind) {
    case 'all':
      return true;
    case 'exact':
      return pattern.name === host;
    case 'ends':
      return host.endsWith(pattern.text);
    case 'below':
      return isBelow(host, pattern.name) || (pattern.apex && host === pattern.name);
    case 'label':
      return isBelow(host, pattern.name) && !hidden(host, pattern.name).includes('.');
    case 'part':
      return (
        isBelow(host, pattern.name) &&
        !hidden(host, pattern.name).includes('.') &&
        host.startsWith(pattern.start)
      );
  }
}

/** Whether every host that `inner` opens is opened by `outer` too. */
export function contains(outer: HostPattern, inner: HostPattern): boolean {
  if (outer.kind === 'all') return true;
  if (inner.kind === 'all') return false;
  if (inner.kind === 'exact') return matches(outer, inner.name);
  if (inner.kind === 'ends') return outer.kind === 'ends' && inner.text.endsWith(outer.text);
  if (inner.kind === 'below' && inner.apex && !matches(outer, inner.name)) return false;
  // From here on, all hosts of `inner` end in a dot and its name.
  if (outer.kind === 'ends') return `.${inner.name}`.endsWith(outer.text);
  if (outer.kind === 'below') return inner.name === outer.name || isBelow(inner.name, outer.name);
  if (outer.kind === 'exact' || inner.name !== outer.name || inner.kind === 'below') return false;
  if (outer.kind === 'label') return true;
  return inner.kind === 'part' && inner.start.startsWith(outer.start);
}

/** Whether both may open one host. Where that is not plain, yes. */
export function overlaps(one: HostPattern, other: HostPattern): boolean {
  if (one.kind === 'all' || other.kind === 'all') return true;
  if (one.kind === 'exact') return matches(other, one.name);
  if (other.kind === 'exact') return matches(one, other.name);
  const [end, otherEnd] = [endOf(one), endOf(other)];
  return end.endsWith(otherEnd) || otherEnd.endsWith(end) || apexMeets(one, other) || apexMeets(other, one);
}

/** What all its hosts end in, but for an apex. */
function endOf(pattern: Exclude<HostPattern, { kind: 'all' | 'exact' }>): string {
  return pattern.kind === 'ends' ? pattern.text : `.${pattern.name}`;
}

function apexMeets(pattern: HostPattern, other: HostPattern): boolean {
  return pattern.kind === 'below' && pattern.apex && matches(other, pattern.name);
}

function isBelow(host: string, name: string): boolean {
  return host.length > name.length + 1 && host.endsWith(`.${name}`);
}

/** What stands before the name and its dot. */
function hidden(host: string, name: string): string {
  return host.slice(0, host.length - name.length - 1);
}
