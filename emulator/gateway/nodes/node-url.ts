/** Where a request for a node goes. */
export interface NodeAddress {
  readonly node: string;
  /** What follows: `invokeCommand`, `pssessions/{id}` … without query. */
  readonly rest: string;
}

/**
 * The two forms in which the SDK writes node URLs (its data/net.ts and data/gateway-url-translator.ts):
 * version 1 `/api/nodes/{node}/features/powershellApi/{rest}`,
 * version 2 `/api/services/WinREST/PowerShell/nodes/{node}/{rest}`.
 */
const FORMS: readonly RegExp[] = [
  /^\/api\/nodes\/([^/]+)\/features\/powershellApi\/(.+)$/i,
  /^\/api\/services\/WinREST\/PowerShell\/nodes\/([^/]+)\/(.+)$/i,
];

/** The node of a path, and what is asked of it; undefined: no path to a node. */
export function nodeAddress(pathname: string): NodeAddress | undefined {
  for (const form of FORMS) {
    const [, node, rest] = form.exec(pathname) ?? [];
    if (node !== undefined && rest !== undefined) return { node: decodeURIComponent(node), rest };
  }
  return undefined;
}

/** `pssessions/{id}` and `pssessions/{id}/{action}`. */
export function sessionAddress(rest: string): { id: string; action: string } | undefined {
  const [, id, action] = /^pssessions\/([^/]+)(?:\/([^/]+))?$/i.exec(rest) ?? [];
  return id === undefined ? undefined : { id, action: (action ?? '').toLowerCase() };
}
