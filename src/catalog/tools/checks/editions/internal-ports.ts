import { type Check, type InternalRule } from '../edition.ts';

export const internalPorts: Check = {
  name: 'internal-ports',
  find: ({ internalRules = [] }) =>
    internalRules.flatMap(rule => problemsOf(rule).map(problem => `internal rule "${rule.id}": ${problem}.`)),
};

function problemsOf({ protocol, ports }: InternalRule): readonly string[] {
  if (protocol === 'icmp') return ports.length > 0 ? ['icmp has no ports: leave "ports" empty'] : [];
  if (ports.length === 0) return [`${protocol} needs ports: add a number or a range such as "5001-65535"`];
  return ports.flatMap(entry => {
    const [first = NaN, last = first] = entry.split('-').map(Number);
    const bad = [first, last].find(port => !Number.isInteger(port) || port < 1 || port > 65535);
    if (bad !== undefined) return [`port ${String(bad)} in "${entry}" cannot be: write 1 to 65535`];
    if (entry.includes('-') && last <= first)
      return [`the range "${entry}" does not ascend: write the lower port first, or one port alone`];
    return [];
  });
}
