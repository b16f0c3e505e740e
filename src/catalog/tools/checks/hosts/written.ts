/**
 * The hosts that a cell of a published list names, as rules write them: without scheme and path, and with `*` for
 * what stands in angle brackets (`<region>.a.example` and `*.<region>.a.example` are both `*.a.example`).
 */
export function hostsNamed(written: string): readonly string[] {
  return written
    .split(/[\s,]+/)
    .map(part =>
      part
        .replace(/^https?:\/\//, '')
        .replace(/\/.*$/, '')
        .replace(/^(?:(?:\*|<[^>]+>)\.)+/, '*.'),
    )
    .filter(host => host.includes('.'));
}

/** The port numbers that a cell names, for example 80 and 443 in `HTTP/TCP 80 and HTTPS/TCP 443`. */
export function portsNamed(written: string): readonly number[] {
  return (written.match(/\d+/g) ?? []).map(Number);
}
