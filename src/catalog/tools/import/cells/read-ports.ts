/** A port of a cell, and what the cell says of its protocol. */
export interface WrittenPort {
  readonly port: number;
  readonly transport?: 'tcp' | 'udp';
  readonly scheme?: 'https' | 'http';
}

const DEFAULTS = { https: 443, http: 80 } as const;

/**
 * Reads `443`, `80, 443`, `80/443`, `TCP/443`, `443 (TCP)`, `HTTPS/TCP 443`, `HTTP and HTTPS`. Undefined: it says no ports in
 * a way that is known, for example a range.
 */
export function readPorts(cell: string): readonly WrittenPort[] | undefined {
  const groups = cell
    .toLowerCase()
    .split(/[,;&+]|\band\b/)
    .filter(group => group.trim() !== '');
  const read = groups.map(readGroup);
  const ports = read.flatMap(each => each ?? []);
  if (read.includes(undefined) || ports.length === 0) return undefined;
  const seen = new Map(ports.map(port => [JSON.stringify(port), port]));
  return [...seen.values()];
}

/** Numbers, and at most one word of each kind, which goes with all of them. */
function readGroup(group: string): readonly WrittenPort[] | undefined {
  const parts = group.split(/[\s/:()]+/).filter(part => part !== '');
  const numbers = parts.filter(part => /^\d{1,5}$/.test(part)).map(Number);
  const transports = (['tcp', 'udp'] as const).filter(each => parts.includes(each));
  const schemes = (['https', 'http'] as const).filter(each => parts.includes(each));
  if (parts.some(part => !/^(?:\d{1,5}|tcp|udp|https?)$/.test(part))) return undefined;
  if (transports.length > 1 || numbers.some(port => port < 1 || port > 65535)) return undefined;
  const [transport] = transports;
  const spoken = { ...(transport && { transport }) };
  if (numbers.length === 0) return schemes.map(scheme => ({ port: DEFAULTS[scheme], ...spoken, scheme }));
  if (schemes.length > 1) return undefined;
  const [scheme] = schemes;
  return numbers.map(port => ({ port, ...spoken, ...(scheme && { scheme }) }));
}
