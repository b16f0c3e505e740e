import type { Carried, Denial, Entry, Have, HostPattern, Unread } from '../entries/entry';
import { readPattern } from '../entries/read-pattern';
import { readPorts } from './ports';

const PROTOCOLS: Readonly<Record<string, Carried | 'any'>> = {
  ...{ tls: 'https', http: 'http', tcp: 'tcp', udp: 'udp', ip: 'any' },
};
/** Options that change nothing of what a rule is about. */
const SAID_ONLY = ['msg', 'sid', 'rev', 'gid', 'metadata', 'reference', 'classtype', 'priority'];
const BUFFERS: Readonly<Record<string, string>> = {
  ...{ 'tls.sni': 'tls', tls_sni: 'tls', 'http.host': 'http' },
};

/**
 * Suricata rules that pass: server name or host by `startswith` and `endswith`, `dotprefix` or not (docs.suricata.io 8.0.0,
 * 8.9.1), an address, or every host. Rules that do more are unread.
 */
export function readSuricata(source: string): Have {
  const entries: Entry[] = [];
  const denials: Denial[] = [];
  const unread: Unread[] = [];
  for (const [index, raw] of source.split(/\r?\n/).entries()) {
    const text = raw.trim();
    if (text === '' || text.startsWith('#')) continue;
    const line = index + 1;
    const rule = readRule(text);
    if (rule === undefined) {
      unread.push({ line, text, reason: 'no-host' });
      continue;
    }
    const { found, odd } = entriesOf(rule, line, text);
    if (rule.action === 'pass') {
      entries.push(...found);
      if (odd !== undefined) unread.push({ line, text, reason: odd });
    } else {
      const isDenial = rule.action === 'drop' || rule.action === 'reject';
      const denies = odd === undefined && found.length > 0 ? 'denies' : 'may-deny';
      unread.push({ line, text, reason: isDenial ? denies : 'condition' });
      if (isDenial) denials.push(...found.map(entry => ({ ...entry, after: entries.length })));
    }
  }
  return { entries, denials, unread };
}

interface Rule {
  readonly action: string;
  readonly word: string;
  readonly from: string;
  readonly fromPort: string;
  readonly target: string;
  readonly port: string;
  readonly options: string;
}

function readRule(text: string): Rule | undefined {
  const list = '\\S+|\\[[^\\]]*\\]';
  const [, action, word = '', from = '', fromPort = '', target = '', port = '', options = ''] =
    new RegExp(
      `^(\\w+)\\s+(\\w+)\\s+(${list})\\s+(${list})\\s+->\\s+(${list})\\s+(${list})\\s+\\((.*)\\)$`,
    ).exec(text) ?? [];
  return action === undefined ? undefined : { action, word, from, fromPort, target, port, options };
}

function entriesOf(
  { word, from, fromPort, target, port, options }: Rule,
  line: number,
  text: string,
): { readonly found: readonly Entry[]; readonly odd?: Unread['reason'] } {
  const protocol = PROTOCOLS[word];
  const pattern = patternOf(target, options, word);
  if (protocol === undefined || pattern === undefined || fromPort !== 'any')
    return { found: [], odd: 'expression' };
  const { ports, odd } = readPorts(port.replace(/^\[|\]$/g, ''));
  return {
    found: ports.map(each => ({
      ...{ pattern, line, text: /msg:"azl ([^"]+)"/.exec(options)?.[1] ?? text, port: each },
      ...(protocol === 'any' ? {} : { protocol }),
      ...(from === 'any' || from === '$HOME_NET' ? {} : { sources: from }),
    })),
    ...(odd ? { odd: 'port' as const } : {}),
  };
}

interface Content {
  readonly text: string;
  /** Matched against the name with a dot put before it. */
  readonly isDotted: boolean;
  isStart: boolean;
  isEnd: boolean;
}

/** Undefined for a rule that looks at anything else than the name. */
function patternOf(target: string, options: string, word: string): HostPattern | undefined {
  const read = optionsOf(options);
  if (read === undefined) return undefined;
  const contents: Content[] = [];
  let buffer: string | undefined;
  let isDotted = false;
  let expression: string | undefined;
  for (const { name, value } of read) {
    const last = contents.at(-1);
    if (name in BUFFERS) {
      buffer = BUFFERS[name];
      isDotted = false;
    } else if (name === 'dotprefix' && buffer !== undefined) isDotted = true;
    else if (name === 'content') {
      const [, text] = /^"([A-Za-z0-9._-]+)"$/.exec(value) ?? [];
      if (text === undefined || buffer !== word) return undefined;
      contents.push({ text: text.toLowerCase(), isDotted, isStart: false, isEnd: false });
    } else if (name === 'startswith' && last !== undefined) last.isStart = true;
    else if (name === 'endswith' && last !== undefined) last.isEnd = true;
    else if (name === 'pcre' && expression === undefined) expression = value;
    else if (
      name === 'flow'
        ? !/^(?:to_server|established|,|\s)+$/.test(value)
        : name !== 'nocase' && !SAID_ONLY.includes(name)
    )
      return undefined;
  }
  const address = readPattern(target);
  if (address.ok && address.pattern.kind === 'exact')
    return contents.length === 0 && expression === undefined ? address.pattern : undefined;
  if (target !== 'any' && target !== '$EXTERNAL_NET') return undefined;
  return named(contents, expression);
}

function named(
  [first, second, ...more]: readonly Content[],
  expression: string | undefined,
): HostPattern | undefined {
  if (more.length > 0) return undefined;
  if (first === undefined) return expression === undefined ? { kind: 'all' } : undefined;
  if (second === undefined) {
    if (expression !== undefined || !first.isEnd) return undefined;
    const isBelow = first.text.startsWith('.');
    const name = isBelow ? first.text.slice(1) : first.text;
    if (first.isStart) return isBelow === first.isDotted ? hostOf(name) : undefined;
    return isBelow
      ? hostOf(name) && { kind: 'below', name, apex: first.isDotted }
      : { kind: 'ends', text: first.text };
  }
  if (first.isDotted || second.isDotted) return undefined;
  const name = second.text.slice(1);
  const own = `"/^${first.text}[a-z0-9_-]*\\.${name.replaceAll('.', '\\.')}$/i"`;
  return first.isStart && !first.isEnd && second.isEnd && second.text.startsWith('.') && expression === own
    ? { kind: 'part', start: first.text, name }
    : undefined;
}

/** Undefined where the text is not made of options alone. */
function optionsOf(text: string): readonly { readonly name: string; readonly value: string }[] | undefined {
  const options: { name: string; value: string }[] = [];
  const one = /\s*([a-z_.]+)\s*(?::\s*((?:"(?:\\.|[^"\\])*"|[^;"])*))?;/y;
  while (one.lastIndex < text.length) {
    if (text.slice(one.lastIndex).trim() === '') break;
    const [, name, value = ''] = one.exec(text) ?? [];
    if (name === undefined) return undefined;
    options.push({ name, value: value.trim() });
  }
  return options;
}

function hostOf(name: string): HostPattern | undefined {
  const read = readPattern(name);
  return read.ok ? read.pattern : undefined;
}
