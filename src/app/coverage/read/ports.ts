import type { PortRange } from '../entries/entry';

export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

/** Ports as configurations write them: `443`, `80, 443`, `8000-8100`, `*`. What cannot be read is no port. */
export function readPorts(text: string): 'every' | readonly (number | PortRange)[] {
  const parts = text.split(/[\s,;]+/).filter(part => part !== '');
  if (parts.some(part => /^(?:\*|any|all)$/i.test(part))) return 'every';
  return parts.flatMap((part): readonly (number | PortRange)[] => {
    const [, from, to] = /^(\d{1,5})(?:[-–:](\d{1,5}))?$/.exec(part) ?? [];
    if (from === undefined || !isPort(Number(from))) return [];
    if (to === undefined) return [Number(from)];
    const last = Number(to);
    return isPort(last) && last >= Number(from) ? [{ from: Number(from), to: last }] : [];
  });
}
