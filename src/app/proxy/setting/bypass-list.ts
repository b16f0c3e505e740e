import { isBracketedIpv6, isHostName } from './proxy-server';

/** Why an entry cannot be in the list; each has its sentence under `proxy.bypass.error.<code>`. */
export type BypassProblem =
  | 'empty'
  | 'quotes'
  | 'comma'
  | 'local'
  | 'scheme'
  | 'cidr'
  | 'space'
  | 'port'
  | 'too-long'
  | 'no-address'
  | 'character';

export interface BypassError {
  /** The entry as typed; may be ''. */
  readonly entry: string;
  readonly problem: BypassProblem;
}

export interface BypassInput {
  /** The good entries, each once, in the order typed. */
  readonly entries: readonly string[];
  readonly errors: readonly BypassError[];
}

/**
 * Reads what was typed as the bypass list: entries apart by `;` or on lines of their own, `*` for any characters.
 * This is WinINet's syntax; that of NO_PROXY (commas, CIDR, leading dots) is another and is refused.
 * `<local>` is good for WinINet, yet the check before an Azure Stack HCI deployment refuses it
 * (MicrosoftDocs/azure-stack-docs, configure-proxy-settings-23h2.md, 00012dd8).
 */
export function parseBypassList(text: string): BypassInput {
  const seen = new Set<string>();
  const entries: string[] = [];
  const errors: BypassError[] = [];
  for (const entry of split(text)) {
    const problem = problemOf(entry);
    if (problem !== undefined) {
      errors.push({ entry, problem });
    } else if (!seen.has(entry.toLowerCase())) {
      seen.add(entry.toLowerCase());
      entries.push(entry);
    }
  }
  return { entries, errors };
}

/** Blank lines and one `;` at the end of a line are how people write lists; an entry left out between two is not. */
function split(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).flatMap(line => {
    const content = line.trim().replace(/;$/, '');
    return content === '' && !line.includes(';') ? [] : content.split(';').map(entry => entry.trim());
  });
}

function problemOf(entry: string): BypassProblem | undefined {
  if (entry === '') return 'empty';
  if (/["'`\u00ab\u00bb\u2018-\u201f\u2039\u203a]/.test(entry)) return 'quotes';
  if (entry.includes(',')) return 'comma';
  if (entry.toLowerCase() === '<local>') return 'local';
  if (entry.includes('://')) return 'scheme';
  if (/\/\d{1,3}$/.test(entry)) return 'cidr';
  if (/\s/.test(entry)) return 'space';
  if (isBracketedIpv6(entry)) return undefined;
  if (/:\d+$/.test(entry)) return 'port';
  if (entry.length > 253) return 'too-long';
  // Digits alone are an address, or nothing that any layer would ever meet: a range from-to, a part of one, its hyphen.
  const isAddressPart = /^[0-9.]+$/.test(entry) && !isHostName(entry);
  if (isAddressPart || /^[._-]+$/.test(entry) || /^\d+(?:\.\d+){3}-[0-9.]+$/.test(entry)) return 'no-address';
  return /^[A-Za-z0-9*._-]+$/.test(entry) ? undefined : 'character';
}
