import type { Protocol } from '../../../allowlist/catalog/catalog';
import type { Denial, Entry, Have, HostPattern, Unread, UnreadReason } from '../../entries/entry';
import { readPattern } from '../../entries/read-pattern';
import { type Edited, editedObjects } from './fortigate-config';
import { serviceDoors } from './fortigate-services';

const ADDRESSES = ['firewall address', 'firewall wildcard-fqdn custom'];
/** Addresses of nodes, or groups of such: which ones are meant is not in them. */
const ANYWHERE = ['all', 'any'];

/** What an address object stands for; undefined for one that cannot be compared. */
interface AddressObject {
  readonly pattern: HostPattern | undefined;
  readonly line: number;
  readonly text: string;
}

/**
 * FortiGate's address objects and groups, as `show` prints them or as this tool writes them, and its policies where the
 * file has them: then only what a policy accepts is an entry, in the policies' order. Objects alone do not say ports; only
 * this tool's own groups do, by their names.
 */
export function readFortiGate(source: string): Have {
  const domains = new Map<string, Edited[]>();
  for (const edited of editedObjects(source)) {
    const own = domains.get(edited.domain) ?? [];
    own.push(edited);
    domains.set(edited.domain, own);
  }
  const all = [...domains.values()];
  const isRuled = (domain: readonly Edited[]): boolean => domain.some(({ table }) => table === POLICIES);
  // Where one of them has policies, objects of another that has none open nothing.
  const counted = all.some(isRuled) ? all.filter(isRuled) : all;
  const read = counted.map(readDomain);
  return {
    entries: read.flatMap(({ entries }) => entries),
    denials: read.flatMap(({ denials }) => denials),
    unread: read.flatMap(({ unread }) => unread),
  };
}

/** Of a policy that accepts: what they let through is said elsewhere. */
const PROFILES = [
  'webfilter-profile',
  'dnsfilter-profile',
  'application-list',
  'ssl-ssh-profile',
  'profile-group',
];
/** Profiles of every device that refuse nothing and open no encryption. */
const HARMLESS = ['certificate-inspection', 'no-inspection'];

const POLICIES = 'firewall policy';

function readDomain(all: readonly Edited[]): Have {
  const unread: Unread[] = [];
  const objects = new Map(
    all
      .filter(({ table }) => ADDRESSES.includes(table))
      .map(edited => [edited.name, addressOf(edited, unread)] as const),
  );
  const groups = new Map(
    all.filter(({ table }) => table === 'firewall addrgrp').map(edited => [edited.name, edited] as const),
  );
  const policies = all.filter(({ table }) => table === POLICIES);
  if (policies.length > 0) return byPolicies(policies, objects, groups, all, unread);
  const entries: Entry[] = [];
  for (const [name, { pattern, line, text }] of objects) {
    if (pattern === undefined) continue;
    if (pattern.kind === 'all') {
      // Every device has such an object: without a policy it opens nothing.
      unread.push({ line, text, reason: 'network' });
      continue;
    }
    const doors = [...groups].flatMap(([group, { settings }]) =>
      settings.get('member')?.values.includes(name) === true ? doorOf(group) : [],
    );
    for (const door of doors.length === 0 ? [{}] : doors) entries.push({ pattern, ...door, line, text });
  }
  return { entries, denials: [], unread };
}

function byPolicies(
  policies: readonly Edited[],
  objects: ReadonlyMap<string, AddressObject>,
  groups: ReadonlyMap<string, Edited>,
  all: readonly Edited[],
  unread: Unread[],
): Have {
  const services = serviceDoors(all);
  const entries: Entry[] = [];
  const denials: Denial[] = [];
  for (const policy of policies) {
    const valuesOf = (key: string): readonly string[] => policy.settings.get(key)?.values ?? [];
    const [action = 'deny'] = valuesOf('action');
    const text = `edit ${policy.name}`;
    const leave = (reason: UnreadReason, what = text): void =>
      void unread.push({ line: policy.line, text: what, reason });
    const isWhole = valuesOf('dstaddr').length > 0 && valuesOf('service').length > 0;
    const isOff = valuesOf('status')[0] === 'disable';
    if (isOff || isConditional(policy) || !isWhole) {
      leave(isOff || action === 'accept' ? 'condition' : 'may-deny');
      continue;
    }
    const beyond = action === 'accept' ? 'elsewhere' : 'may-deny';
    const targets = valuesOf('dstaddr').flatMap(name => {
      const found = targetsOf(name, objects, groups, 0);
      if (found === undefined) leave(beyond, name);
      return found ?? [];
    });
    const doors = valuesOf('service').flatMap(name => {
      const found = services(name);
      if (found === undefined) leave(beyond, name);
      return found ?? [];
    });
    const from = [...valuesOf('srcintf'), ...valuesOf('srcaddr')].filter(name => !ANYWHERE.includes(name));
    const made = targets.flatMap(({ pattern, line, text: value }) =>
      doors.map(door => ({
        ...{ pattern, line: line === 0 ? policy.line : line, text: value, ...door },
        ...(from.length === 0 ? {} : { sources: from.join(' ') }),
      })),
    );
    if (action === 'accept') {
      for (const each of made) entries.push(each);
      for (const [key, { values, line }] of policy.settings)
        if (PROFILES.includes(key) && !HARMLESS.includes(values[0] ?? ''))
          unread.push({ line, text: `set ${key} ${values.join(' ')}`, reason: 'may-deny' });
    } else {
      leave('denies');
      denials.push(...made.map(each => ({ ...each, after: entries.length, ordered: true as const })));
    }
  }
  return { entries, denials, unread };
}

/** Negated, at some times, for some users, or to what the device's maker keeps: this tool cannot judge it. */
function isConditional({ settings }: Edited): boolean {
  const value = (key: string): string => settings.get(key)?.values[0] ?? '';
  const schedule = value('schedule');
  return (
    ['dstaddr-negate', 'service-negate', 'srcaddr-negate', 'internet-service'].some(
      key => value(key) === 'enable',
    ) ||
    (schedule !== '' && schedule !== 'always') ||
    ['users', 'groups', 'fsso-groups'].some(key => settings.has(key))
  );
}

type Target = AddressObject & { readonly pattern: HostPattern };

/** Undefined where the file does not have the object, or a group leaves members out. */
function targetsOf(
  name: string,
  objects: ReadonlyMap<string, AddressObject>,
  groups: ReadonlyMap<string, Edited>,
  depth: number,
): readonly Target[] | undefined {
  if (name === 'all') return [{ pattern: { kind: 'all' }, line: 0, text: 'all' }];
  const group = groups.get(name);
  if (group === undefined) {
    const object = objects.get(name);
    if (object === undefined) return undefined;
    const { pattern } = object;
    return pattern === undefined ? [] : [{ ...object, pattern }];
  }
  if (depth > 8 || group.settings.get('exclude')?.values[0] === 'enable') return undefined;
  return (group.settings.get('member')?.values ?? []).flatMap(
    member => targetsOf(member, objects, groups, depth + 1) ?? [],
  );
}

/** What cannot be compared with names is left, with the reason. */
function addressOf({ line, settings, name }: Edited, unread: Unread[]): AddressObject {
  const host = settings.get('fqdn') ?? settings.get('wildcard-fqdn');
  const subnet = settings.get('subnet');
  if (host === undefined && subnet === undefined) {
    const [key, setting] =
      ['start-ip', 'country', 'interface', 'sdn', 'fsso-group']
        .map(each => [each, settings.get(each)] as const)
        .find(([, each]) => each !== undefined) ?? [];
    const text = key === undefined ? name : `set ${key} ${setting?.values.join(' ') ?? ''}`;
    unread.push({ line: setting?.line ?? line, text, reason: key === 'start-ip' ? 'network' : 'elsewhere' });
    return { pattern: undefined, line, text };
  }
  const at = (host ?? subnet)?.line ?? line;
  const text = host === undefined ? subnetText(subnet?.values ?? []) : (host.values[0] ?? '');
  const read = readPattern(text);
  if (read.ok) return { pattern: read.pattern, line: at, text };
  unread.push({ line: at, text, reason: read.reason });
  return { pattern: undefined, line: at, text };
}

/** `azl-https-443`, as this tool names its groups. */
function doorOf(group: string): readonly { readonly protocol: Protocol; readonly port: number }[] {
  const [, protocol, port] = /^azl-(https|http|tcp|udp)-(\d{1,5})$/.exec(group) ?? [];
  return protocol === undefined ? [] : [{ protocol: protocol as Protocol, port: Number(port) }];
}

/** One address as an address, more as a network. */
function subnetText(values: readonly string[]): string {
  const [address = '', mask = ''] = values.flatMap(value => value.split('/'));
  return mask === '255.255.255.255' || mask === '32' ? address : `${address}/${bits(mask)}`;
}

function bits(mask: string): number {
  if (!mask.includes('.')) return Number(mask);
  return mask.split('.').reduce((sum, part) => sum + Number(part).toString(2).replaceAll('0', '').length, 0);
}
