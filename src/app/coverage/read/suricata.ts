import type { Protocol } from '../../allowlist/catalog/catalog';
import type { Entry, Have, HostPattern, Unread } from '../entries/entry';
import { readPattern } from '../entries/read-pattern';

const PROTOCOLS: Readonly<Record<string, Protocol>> = { tls: 'https', http: 'http', tcp: 'tcp', udp: 'udp' };

/** Suricata rules that pass: server name or host by `startswith` and `endswith`, or an address. Others are unread. */
export function readSuricata(source: string): Have {
  const entries: Entry[] = [];
  const unread: Unread[] = [];
  for (const [index, raw] of source.split(/\r?\n/).entries()) {
    const line = index + 1;
    const text = raw.trim();
    if (text === '' || text.startsWith('#')) continue;
    const [, action, word = '', target = '', port = '', options = ''] =
      /^(\w+)\s+(\w+)\s+\S+\s+\S+\s+->\s+(\S+)\s+(\S+)\s+\((.*)\)$/.exec(text) ?? [];
    const protocol = PROTOCOLS[word];
    const pattern = patternOf(target, options);
    if (action !== 'pass') unread.push({ line, text, reason: action === undefined ? 'no-host' : 'denies' });
    else if (protocol === undefined || pattern === undefined)
      unread.push({ line, text, reason: 'expression' });
    else if (!/^\d{1,5}$/.test(port)) unread.push({ line, text, reason: 'port' });
    else entries.push({ pattern, protocol, port: Number(port), line, text: nameIn(options) ?? text });
  }
  return { entries, unread };
}

function patternOf(target: string, options: string): HostPattern | undefined {
  const address = readPattern(target);
  if (address.ok && address.pattern.kind === 'exact') return address.pattern;
  const contents = [...options.matchAll(/content:"([^"]*)"((?:; (?:nocase|startswith|endswith))*)/g)];
  const texts = contents.map(([, text = '', marks = '']) => ({ text: text.toLowerCase(), marks }));
  const [first, second] = texts;
  if (first === undefined || /dotprefix|negate|content:!/.test(options)) return undefined;
  const isStart = first.marks.includes('startswith');
  const isEnd = first.marks.includes('endswith');
  if (isStart && isEnd) return named(first.text);
  if (isEnd && second === undefined)
    return first.text.startsWith('.')
      ? { kind: 'below', name: first.text.slice(1), apex: false }
      : { kind: 'ends', text: first.text };
  const end = second?.text ?? '';
  return isStart &&
    end.startsWith('.') &&
    second?.marks.includes('endswith') === true &&
    options.includes('pcre:')
    ? { kind: 'part', start: first.text, name: end.slice(1) }
    : undefined;
}

function named(name: string): HostPattern | undefined {
  const read = readPattern(name);
  return read.ok ? read.pattern : undefined;
}

function nameIn(options: string): string | undefined {
  return /msg:"azl ([^"]+)"/.exec(options)?.[1];
}
