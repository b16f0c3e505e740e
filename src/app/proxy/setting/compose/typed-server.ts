import { keepsArcGateway } from '../layers/arc-gateway';
import { serverFor } from '../layers/layers';
import { parseProxyServer, type ProxyServerProblem } from '../proxy-server';

/**
 * From this build on Microsoft's page wants `http://` before the proxy (azure-stack-docs,
 * azure-local/manage/configure-proxy-settings-23h2.md, dab362c0); for older ones the page writes it without.
 */
const SCHEME_FROM_BUILD = 25398;

export type TypedServer =
  | {
      readonly ok: true;
      /** As the nodes get it: `host:port`, `http://host:port`, or `http=…;https=…`. */
      readonly server: string;
      /** What was done with the scheme; undefined: nothing. */
      readonly scheme?: 'removed' | 'added';
    }
  | { readonly ok: false; readonly problem: ProxyServerProblem };

/** Whether the page for a build wants `http://`. */
export function wantsScheme(build: number | undefined): boolean {
  return build !== undefined && build >= SCHEME_FROM_BUILD;
}

/** Reads what was typed as server: one for all, or one for each of HTTP and HTTPS as `http=…;https=…`. */
export function parseTypedServer(typed: string, build: number | undefined): TypedServer {
  const text = typed.trim();
  if (/^(?:http|https)=/i.test(text)) return parsePerProtocol(text);
  const read = parseProxyServer(text);
  if (!read.ok) return read;
  if (wantsScheme(build)) {
    const server = `http://${read.server}`;
    return {
      ok: true,
      server,
      ...(read.schemeRemoved ? {} : { scheme: 'added' as const }),
    };
  }
  return {
    ok: true,
    server: read.server,
    ...(read.schemeRemoved ? { scheme: 'removed' as const } : {}),
  };
}

/** The server through which a node fetches the module: Arc gateway's own on each node lets nothing through that is not its. */
export function serverToFetch(server: string): string {
  const both = [serverFor('https', server), serverFor('http', server)];
  const [own = ''] = both.filter(each => each !== '' && !keepsArcGateway(each));
  return own.replace(/^http:\/\//i, '');
}

function parsePerProtocol(text: string): TypedServer {
  const parts = text.replace(/;$/, '').split(';');
  const seen = new Set<string>();
  const servers: string[] = [];
  for (const part of parts) {
    const [, protocol = '', server = ''] = /^(https?)=(.*)$/i.exec(part.trim()) ?? [];
    if (protocol === '' || seen.has(protocol.toLowerCase())) return { ok: false, problem: 'several' };
    seen.add(protocol.toLowerCase());
    const read = parseProxyServer(server);
    if (!read.ok) return read;
    servers.push(`${protocol.toLowerCase()}=${server.trim().replace(/^http:\/\//i, 'http://')}`);
  }
  return { ok: true, server: servers.join(';') };
}
