import { type BypassInput, parseBypassList } from '../bypass-list';
import { isBracketedIpv6 } from '../proxy-server';
import { isOctet, patternsOf } from './ranges';

/** Why an entry was written otherwise; each has its sentence under `proxy.bypass.converted.<code>`. */
export type ConversionReason = 'comma' | 'blank' | 'leading-dot' | 'cidr' | 'ipv6';

export interface Conversion {
  readonly from: string;
  readonly to: readonly string[];
  readonly reason: ConversionReason;
}

export interface TypedBypass extends BypassInput {
  /** Never silent: the page says each. */
  readonly conversions: readonly Conversion[];
}

/**
 * Reads a bypass list in whatever notation it was typed, and gives it in WinINet's: `;` between entries and `*` for any
 * characters. That of NO_PROXY – commas, leading dots, CIDR – is converted, entry by entry.
 */
export function parseTypedBypass(typed: string): TypedBypass {
  const conversions: Conversion[] = [];
  const entries = typed.split(/\r\n|\r|\n/).flatMap(line => splitLine(line, conversions));
  const written = entries.flatMap(entry => convert(entry, conversions));
  return { ...parseBypassList(written.join('\n')), conversions };
}

function splitLine(line: string, conversions: Conversion[]): readonly string[] {
  return line.includes(',') || /\S\s+[^\s;]/.test(line.replaceAll(';', ' ; ').replace(/\s*;\s*/g, ';'))
    ? splitOtherwise(line, conversions)
    : [line];
}

function splitOtherwise(line: string, conversions: Conversion[]): readonly string[] {
  const to = line.split(/[,;\s]+/).filter(entry => entry !== '');
  if (to.length === 0) return [line];
  conversions.push({ from: line.trim(), to, reason: line.includes(',') ? 'comma' : 'blank' });
  return to;
}

function convert(line: string, conversions: Conversion[]): readonly string[] {
  return line.split(';').length > 1
    ? [
        line
          .split(';')
          .map(entry => convertEntry(entry.trim(), conversions))
          .join(';'),
      ]
    : [convertEntry(line.trim(), conversions)];
}

/** One entry may become several, with `;` between them. */
function convertEntry(entry: string, conversions: Conversion[]): string {
  if (/^\.[A-Za-z0-9]/.test(entry)) return note(entry, [`*${entry}`], 'leading-dot', conversions);
  if (isBracketedIpv6(`[${entry}]`)) return note(entry, [`[${entry}]`], 'ipv6', conversions);
  const patterns = patternsOf(entry);
  return patterns === undefined ? entry : note(entry, patterns, 'cidr', conversions);
}

function note(
  from: string,
  to: readonly string[],
  reason: ConversionReason,
  conversions: Conversion[],
): string {
  conversions.push({ from, to, reason });
  return to.join(';');
}

/** NO_PROXY's notation of WinINet's entries; those that it cannot say are named. */
export function toNoProxy(entries: readonly string[]): {
  readonly text: string;
  readonly left: readonly string[];
} {
  const left: string[] = [];
  const said = entries.flatMap(entry => {
    const own = noProxyEntry(entry);
    if (own === undefined) left.push(entry);
    return own === undefined ? [] : [own];
  });
  return { text: [...new Set(said)].join(','), left };
}

function noProxyEntry(entry: string): string | undefined {
  // An address stands there as it is.
  if (isBracketedIpv6(entry)) return entry.slice(1, -1);
  if (entry === '*' || !entry.includes('*')) return entry;
  const [, domain] = /^\*(\.[^*]+)$/.exec(entry) ?? [];
  if (domain !== undefined) return domain;
  const [, octets = ''] = /^((?:\d{1,3}\.){1,3})\*$/.exec(entry) ?? [];
  const known = octets.split('.').filter(octet => octet !== '');
  if (known.length === 0 || !known.every(isOctet)) return undefined;
  return `${[...known, '0', '0', '0'].slice(0, 4).join('.')}/${known.length * 8}`;
}
