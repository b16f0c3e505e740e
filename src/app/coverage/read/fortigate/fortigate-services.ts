import type { Carried, PortRange } from '../../entries/entry';
import type { Edited } from './fortigate-config';
import { readPorts } from '../ports';

export interface ServiceDoor {
  readonly port?: number | PortRange;
  readonly protocol?: Carried;
}

/** Services that every FortiGate knows, as far as a list can ask for them. */
const KNOWN: Readonly<Record<string, readonly ServiceDoor[]>> = {
  ALL: [{ port: { from: 1, to: 65535 } }],
  ALL_TCP: [{ port: { from: 1, to: 65535 }, protocol: 'tcp' }],
  ALL_UDP: [{ port: { from: 1, to: 65535 }, protocol: 'udp' }],
  HTTPS: [{ port: 443, protocol: 'tcp' }],
  HTTP: [{ port: 80, protocol: 'tcp' }],
  NTP: [{ port: 123, protocol: 'udp' }],
  DNS: [{ port: 53, protocol: 'udp' }],
};

/** The doors of services by name, groups taken apart; undefined for one that the file does not say. */
export function serviceDoors(
  objects: readonly Edited[],
): (name: string) => readonly ServiceDoor[] | undefined {
  const custom = new Map(objects.filter(({ table }) => table === 'firewall service custom').map(own));
  const groups = new Map(
    objects
      .filter(({ table }) => table === 'firewall service group')
      .map(({ name, settings }) => [name, settings.get('member')?.values ?? []] as const),
  );
  const find = (name: string, depth: number): readonly ServiceDoor[] | undefined => {
    const members = groups.get(name);
    if (members === undefined) return custom.get(name) ?? KNOWN[name.toUpperCase()];
    if (depth > 8) return undefined;
    const found = members.map(member => find(member, depth + 1));
    return found.every(each => each !== undefined) ? found.flat() : undefined;
  };
  return name => find(name, 0);
}

/** `443 8443-8444:1024-65535`: what stands behind the colon are the ports from where it comes. */
function own({ name, settings }: Edited): readonly [string, readonly ServiceDoor[]] {
  const doors = (['tcp', 'udp'] as const).flatMap(protocol =>
    (settings.get(`${protocol}-portrange`)?.values ?? []).flatMap(value =>
      readPorts(value.split(':')[0] ?? '').ports.map(port => ({ port, protocol })),
    ),
  );
  // Limited to hosts of its own: that is another rule than the policy's.
  const isLimited = settings.has('fqdn') || settings.has('iprange');
  return [name, isLimited ? [] : doors];
}
