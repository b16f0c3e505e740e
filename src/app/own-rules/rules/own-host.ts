/** Why a text is no host of a rule; the strings file has a sentence under `ownRules.problem.host.<code>`. */
export type HostProblem =
  | 'missing'
  /** `https://` before it. */
  | 'scheme'
  /** Something after the name: a path or a query. */
  | 'path'
  /** A port behind a colon. */
  | 'port'
  | 'spaces'
  /** A part in brackets that should be filled in. */
  | 'placeholder'
  /** A name that a published list writes where the reader's own belongs, such as `yourkeyvault`. */
  | 'published-placeholder'
  /** An IPv6 address. */
  | 'ipv6'
  /** A network: an address and a length. */
  | 'network'
  /** Leads to the computer itself. */
  | 'loopback'
  /** A star elsewhere than as first label or at its end. */
  | 'wildcard'
  /** Only one label. */
  | 'not-full'
  | 'too-long'
  | 'characters';

export type HostEntry =
  { readonly ok: true; readonly host: string } | { readonly ok: false; readonly problem: HostProblem };

const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
/** First labels with a star, and what follows. */
const WILDCARD = /^(\*|[a-z0-9][a-z0-9-]*\*)\.([^*]+)$/;

/** Looked for in this order, before the name itself is read. */
const FOREIGN: readonly (readonly [RegExp, HostProblem])[] = [
  [/^$/, 'missing'],
  [/^[a-z][a-z0-9+.-]*:\/\//i, 'scheme'],
  [/^(?:(?:.+\.)?localhost|127(?:\.\d+){0,3}|0\.0\.0\.0|\[?::1?\]?)(?::\d+)?(?:\/\d+)?$/, 'loopback'],
  [/^(?:\d+(?:\.\d+){1,3}|\[?[0-9a-f]*:[0-9a-f:.]*\]?)\/\d{1,3}(?:\.\d{1,3}){0,3}$/, 'network'],
  [/^\[[0-9a-f:.%a-z-]*:[0-9a-f:.%a-z-]*\](?::\d+)?$|^[0-9a-f]*:[0-9a-f.]*:[0-9a-f:.]*(?:%\w+)?$/, 'ipv6'],
  [/[/?#\\]/, 'path'],
  [/[[\]<>{}]/, 'placeholder'],
  [/\s/, 'spaces'],
  [/^[^:]*:\d*$/, 'port'],
  [/^(?:your-?[a-z]|my(?:blobstorage|storageaccount)\.)[^.]*(?:\.[^.]+){2,}$/, 'published-placeholder'],
  // What a URL would split off or decode.
  [/[:@%]/, 'characters'],
];

/**
 * Reads a host name or wildcard (`*.x`, `azgn*.x`). Names in other scripts become what is asked of name servers (IDNA,
 * UTS #46): `münchen.example` is kept as `xn--mnchen-3ya.example`. Four decimal numbers are an IPv4 address.
 */
export function readHost(entry: string): HostEntry {
  const text = entry.trim().toLowerCase().replace(/\.$/, '');
  const foreign = FOREIGN.find(([pattern]) => pattern.test(text));
  if (foreign !== undefined) return { ok: false, problem: foreign[1] };
  if (!text.includes('*')) return readName(text, '');
  const [, first, rest] = WILDCARD.exec(text) ?? [];
  return first === undefined || rest === undefined
    ? { ok: false, problem: 'wildcard' }
    : readName(rest, `${first}.`);
}

function readName(name: string, before: string): HostEntry {
  const ascii = toAscii(name);
  if (ascii === undefined) return { ok: false, problem: 'characters' };
  const host = `${before}${ascii}`;
  const labels = host.split('.');
  if (host.length > 253 || labels.some(label => label.length > 63)) return { ok: false, problem: 'too-long' };
  if (!ascii.split('.').every(label => LABEL.test(label))) return { ok: false, problem: 'characters' };
  // URLs read `1.2` or `0x7f.1` as addresses; nobody writes a rule so on purpose.
  const isAddress = /^\d+(?:\.\d+){3}$/.test(ascii);
  if (isAddress && (ascii !== name || before !== '')) return { ok: false, problem: 'characters' };
  return labels.length < 2 ? { ok: false, problem: 'not-full' } : { ok: true, host };
}

function toAscii(name: string): string | undefined {
  try {
    return new URL(`http://${name}/`).hostname;
  } catch {
    return undefined;
  }
}
