import type { Protocol } from '../../allowlist/catalog/catalog';
import type { Entry, Have, Unread } from '../entries/entry';
import { readPattern } from '../entries/read-pattern';

interface AddressObject {
  readonly line: number;
  readonly value: string;
}

/**
 * FortiGate's address objects and groups, as `show` prints them or as this tool writes them. Objects do not say ports; only
 * this tool's own groups do, by their names.
 */
export function readFortiGate(source: string): Have {
  const objects = new Map<string, AddressObject>();
  const groups = new Map<string, readonly string[]>();
  const unread: Unread[] = [];
  let table = '';
  let name = '';
  for (const [index, raw] of source.split(/\r?\n/).entries()) {
    const text = raw.trim();
    const line = index + 1;
    const [, config] = /^config\s+(.+)$/.exec(text) ?? [];
    const [, edit] = /^edit\s+(.+)$/.exec(text) ?? [];
    const [, key, value = ''] = /^set\s+(\S+)\s+(.+)$/.exec(text) ?? [];
    if (config !== undefined) table = config.trim();
    else if (text === 'end') table = '';
    else if (edit !== undefined) name = quotedTexts(edit)[0] ?? '';
    else if (table === 'firewall address' || table === 'firewall wildcard-fqdn custom') {
      if (key === 'fqdn' || key === 'wildcard-fqdn')
        objects.set(name, { line, value: quotedTexts(value)[0] ?? '' });
      else if (key === 'subnet') objects.set(name, { line, value: subnet(value) });
      else if (key === 'start-ip' || key === 'country' || key === 'interface')
        unread.push({ line, text, reason: key === 'start-ip' ? 'network' : 'elsewhere' });
    } else if (table === 'firewall addrgrp' && key === 'member') groups.set(name, quotedTexts(value));
  }
  const entries: Entry[] = [];
  for (const [object, { line, value }] of objects) {
    const read = readPattern(value);
    if (!read.ok) {
      unread.push({ line, text: value, reason: read.reason });
      continue;
    }
    const doors = [...groups].flatMap(([group, members]) => (members.includes(object) ? doorOf(group) : []));
    for (const door of doors.length === 0 ? [{}] : doors)
      entries.push({ pattern: read.pattern, ...door, line, text: value });
  }
  return { entries, unread };
}

/** `azl-https-443`, as this tool names its groups. */
function doorOf(group: string): readonly { readonly protocol: Protocol; readonly port: number }[] {
  const [, protocol, port] = /^azl-(https|http|tcp|udp)-(\d{1,5})$/.exec(group) ?? [];
  return protocol === undefined ? [] : [{ protocol: protocol as Protocol, port: Number(port) }];
}

function quotedTexts(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

/** One address as an address, more as a network. */
function subnet(text: string): string {
  const [address = '', mask = ''] = text.split(/\s+|\/(?=\d+$)/);
  return mask === '255.255.255.255' || mask === '32' ? address : `${address}/${bits(mask)}`;
}

function bits(mask: string): number {
  if (!mask.includes('.')) return Number(mask);
  return mask.split('.').reduce((sum, part) => sum + Number(part).toString(2).replaceAll('0', '').length, 0);
}
