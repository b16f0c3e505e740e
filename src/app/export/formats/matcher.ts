import { covers } from '../../allowlist/catalog/host-pattern';
import type { Protocol } from '../../allowlist/catalog/catalog';

/**
 * What the allowlist means, in one place: whether it lets a request through. Every format's own engine is asked the same
 * requests and must agree. Host names do not know case; `*.x` covers every name below `x`, never `x`.
 */
export function allows(
  rows: readonly { readonly host: string; readonly port: number; readonly protocol: Protocol }[],
  request: { readonly host: string; readonly port: number; readonly protocol: Protocol },
): boolean {
  const host = request.host.toLowerCase();
  return rows.some(
    row => row.port === request.port && row.protocol === request.protocol && covers(row.host, host),
  );
}
