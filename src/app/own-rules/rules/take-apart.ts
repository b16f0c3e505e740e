import type { ChangedRow } from './imported';

/** An address of a list in the parts of rules; nothing is checked yet. */
export interface AddressParts {
  readonly host: string;
  /** At least one. */
  readonly ports: readonly { readonly port: string; readonly protocol: string }[];
  /** What is no part of a host, and was left out. */
  readonly left: readonly Pick<ChangedRow, 'kind' | 'what'>[];
}

const ADDRESS = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)([/?#].*)?$/is;

/**
 * Takes an address as published lists and test tools write it – `https://a.example:8084/path` – and the cell beside it with
 * one port or several. `ports`: the address and the cell name different ones.
 */
export function takeApart(address: string, portCell: string): AddressParts | 'ports' {
  const [, scheme, authority = '', path = ''] = ADDRESS.exec(address.trim()) ?? [];
  // Left as it is, so that it is named: rules have no such scheme.
  if (scheme !== undefined && !/^https?$/i.test(scheme))
    return { host: address.trim(), ports: portsOf(portCell, undefined), left: [] };
  // A network, such as 10.0.0.0/24 or 10.0.0.0/255.255.255.0, is no path.
  if (/^[\d.:a-f]+$/i.test(authority) && /^\/(?:\d{1,3}|\d{1,3}(?:\.\d{1,3}){3})$/.test(path))
    return { host: `${authority}${path}`, ports: portsOf(portCell, scheme), left: [] };
  const [, host = authority, inAddress] = /^(.*[^:]):(\d+)$/.exec(authority) ?? [];
  const listed = portCell.trim();
  const cell = listed === '' || listed === 'N/A' ? (inAddress ?? usualPort(scheme)) : listed;
  const ports = portsOf(cell, scheme);
  if (inAddress !== undefined && !ports.some(({ port }) => Number(port) === Number(inAddress)))
    return 'ports';
  return {
    host,
    ports,
    left: [
      ...(inAddress === undefined ? [] : [{ kind: 'port', what: inAddress } as const]),
      ...(path === '' || path === '/' ? [] : [{ kind: 'path', what: path } as const]),
    ],
  };
}

/** Of an address that names none; '' where only its owner knows. */
function usualPort(scheme: string | undefined): string {
  return scheme === undefined ? '' : /^http$/i.test(scheme) ? '80' : '443';
}

function portsOf(cell: string, scheme: string | undefined): AddressParts['ports'] {
  const many = /^\d+(?:\s*[,;/ ]\s*\d+)+$/.test(cell.trim()) ? cell.trim().split(/\D+/) : [cell.trim()];
  return many.map(port => ({ port, protocol: protocolOf(port, many.length === 1 ? scheme : undefined) }));
}

/** As published lists mean it: 80 is plain HTTP, 123 the time, and the rest HTTPS. */
function protocolOf(port: string, scheme: string | undefined): string {
  if (scheme !== undefined && /^https?$/i.test(scheme)) return scheme.toLowerCase();
  return port === '80' ? 'http' : port === '123' ? 'udp' : 'https';
}
