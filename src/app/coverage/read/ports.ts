import type { PortRange } from '../entries/entry';
import { EVERY_PORT } from '../entries/port-ranges';

export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

export interface Ports {
  readonly ports: readonly (number | PortRange)[];
  /** Those that are said to be UDP's. */
  readonly udp: readonly (number | PortRange)[];
  /** Whether something stands there that is no port. */
  readonly odd: boolean;
}

/** Names of services that configurations write in place of a port. */
const SERVICES: Readonly<Record<string, number>> = { https: 443, http: 80, ntp: 123, dns: 53 };

/**
 * Ports as configurations write them: `443`, `80, 443`, `8000-8100`, `*`, `tcp/443`, `443/udp`, `HTTPS`. What cannot be read is no
 * port, and said to be odd.
 */
export function readPorts(text: string): Ports {
  const ports: (number | PortRange)[] = [];
  const udp: (number | PortRange)[] = [];
  let odd = false;
  for (const part of text.toLowerCase().split(/[\s,;|]+/)) {
    if (part === '') continue;
    const isUdp = /^udp[/:_-]\d|\d[/:_-]udp$/.test(part);
    const read = onePort(
      part.replace(/^(?:tcp|udp|https?)[/:_-](?=\d)|(?<=\d)[/:_-](?:tcp|udp|https?)$/g, ''),
    );
    if (read === undefined) odd = true;
    else if (isUdp) udp.push(read);
    else ports.push(read);
  }
  return { ports, udp, odd };
}

function onePort(part: string): number | PortRange | undefined {
  if (/^(?:\*|any|all)$/.test(part)) return EVERY_PORT;
  if (Object.hasOwn(SERVICES, part)) return SERVICES[part];
  const [, from, to] = /^(\d{1,5})(?:[-–:](\d{1,5}))?$/.exec(part) ?? [];
  if (from === undefined) return undefined;
  if (to === undefined) return isPort(Number(from)) ? Number(from) : undefined;
  // Port 0 begins the range that means all.
  const range = { from: Math.max(1, Number(from)), to: Number(to) };
  return isPort(range.to) && range.from <= range.to ? range : undefined;
}
