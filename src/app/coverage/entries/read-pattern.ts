import type { HostPattern, UnreadReason } from './entry';

/** How a format reads what stands before a name. */
export interface Semantics {
  /** What `.x` means; without it no host begins with a dot. */
  readonly leadingDot?: 'below' | 'below-and-apex';
  /** Whether `*x`, without a dot, is every host that ends so (Azure Firewall). */
  readonly bareStar?: boolean;
  /** Whether `^` stands for exactly one label (PAN-OS). */
  readonly caret?: boolean;
  /** Whether `any` and `all` are every host. */
  readonly words?: boolean;
}

export type PatternEntry =
  | { readonly ok: true; readonly pattern: HostPattern }
  | { readonly ok: false; readonly reason: UnreadReason };

const LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
/** A name without a dot is no host of the internet, and a last label of digits alone none at all. */
const NAME = new RegExp(`^(?:${LABEL}\\.)+(?!\\d+$)${LABEL}$`);
const TOP = new RegExp(`^(?!\\d+$)${LABEL}$`);
const PART = new RegExp(`^([a-z0-9][a-z0-9-]{0,62})\\*\\.((?:${LABEL}\\.)+(?!\\d+$)${LABEL})$`);
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ADDRESS = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const NETWORK =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}\/[\d.]{1,15}|\d{1,3}(?:\.\d{1,3}){3}-[\d.]+|\[?[0-9a-f]*:[0-9a-f:.]+\]?(?:\/\d+)?(?::\d+)?)$/;

/** Every address of version 4: whatever a name stands for is open. */
const EVERY_ADDRESS = /^0\.0\.0\.0(?:\/0(?:\.0\.0\.0)?|-255\.255\.255\.255)$/;

/** Reads one host or pattern, in any case and with or without a closing dot. `*.x` is any depth and not `x`, in every format here. */
export function readPattern(entry: string, semantics: Semantics = {}): PatternEntry {
  const trimmed = entry.trim();
  // Letters that only look like others, or become them in lower case, make another name.
  if (!/^[\x21-\x7e]{1,260}$/.test(trimmed)) return { ok: false, reason: 'no-host' };
  const text = trimmed.toLowerCase().replace(/\.$/, '');
  const { leadingDot, bareStar, caret, words } = semantics;
  const named = (name: string, pattern: HostPattern): PatternEntry =>
    NAME.test(name) || (pattern.kind !== 'exact' && TOP.test(name))
      ? { ok: true, pattern }
      : { ok: false, reason: text.includes('*') ? 'star' : 'no-host' };
  if (text === '*' || EVERY_ADDRESS.test(text) || (words === true && (text === 'any' || text === 'all')))
    return { ok: true, pattern: { kind: 'all' } };
  if (NETWORK.test(text)) return { ok: false, reason: 'network' };
  if (ADDRESS.test(text)) return { ok: true, pattern: { kind: 'exact', name: text } };
  if (text.startsWith('*.')) return named(text.slice(2), { kind: 'below', name: text.slice(2), apex: false });
  if (caret === true && text.startsWith('^.'))
    return named(text.slice(2), { kind: 'label', name: text.slice(2) });
  if (leadingDot !== undefined && text.startsWith('.')) {
    const name = text.slice(1);
    return named(name, { kind: 'below', name, apex: leadingDot === 'below-and-apex' });
  }
  const [, start, name] = PART.exec(text) ?? [];
  if (start !== undefined && name !== undefined) return { ok: true, pattern: { kind: 'part', start, name } };
  if (bareStar === true && text.startsWith('*'))
    return named(text.slice(1), { kind: 'ends', text: text.slice(1) });
  return named(text, { kind: 'exact', name: text });
}
