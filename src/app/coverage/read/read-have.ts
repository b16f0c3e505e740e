import type { Have } from '../entries/entry';
import { azureEntries } from './azure/azure-rules';
import { readBicep } from './azure/bicep';
import { headingOf, readTable } from './csv';
import { readFortiGate } from './fortigate/fortigate';
import { readHostList } from './host-list';
import { readJson } from './json';
import { readSquid } from './squid/squid';
import { readSuricata } from './suricata';
import { readTerraform } from './azure/terraform';

/** What can be read, by what the text is taken for; the strings file has a name for each under `coverage.source.<code>`. */
const READERS = {
  json: readJson,
  bicep: text => azureEntries(readBicep(text)),
  terraform: text => azureEntries(readTerraform(text)),
  squid: readSquid,
  fortigate: readFortiGate,
  suricata: readSuricata,
  table: readTable,
  list: readHostList,
} as const satisfies Readonly<Record<string, (text: string) => Have>>;

export type SourceKind = keyof typeof READERS;

/**
 * Why a file is not read at all; the strings file has a sentence under `coverage.refused.<code>`. `damaged`: begins like
 * JSON and is none, or is nested beyond reason. `no-rules`: nothing in it is a rule of a kind that is known.
 */
export type Refusal = 'empty' | 'binary' | 'page' | 'damaged' | 'too-large' | 'no-rules';

export type ReadFile =
  ({ readonly kind: SourceKind } & Have) | { readonly kind: 'refused'; readonly why: Refusal };

/** Signs, not bytes. Configurations of whole sites are below; a page that reads more would stand still. */
export const LONGEST = 10_000_000;

/** Reads what the network team has, by its own signs. Workbooks and pages are not read, and nothing of them is guessed. */
export function readHave(text: string): ReadFile {
  if (text.length > LONGEST) return { kind: 'refused', why: 'too-large' };
  const taken = kindOf(text);
  if (!isSource(taken)) return { kind: 'refused', why: taken };
  try {
    const have = READERS[taken](text);
    // Squid's and FortiGate's files were known by their rules: those may let nothing through.
    const isKnown = taken === 'squid' || taken === 'fortigate';
    return !isKnown && have.entries.length + have.denials.length + have.unread.length === 0
      ? { kind: 'refused', why: 'no-rules' }
      : { kind: taken, ...have };
  } catch (error) {
    // Nested deeper than the engine goes: no firewall wrote that.
    if (error instanceof RangeError) return { kind: 'refused', why: 'damaged' };
    throw error;
  }
}

/** Bytes as text. Windows PowerShell 5.1 writes UTF-16 where one redirects its output. */
export function textOf(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

function isSource(kind: SourceKind | Refusal): kind is SourceKind {
  return kind in READERS;
}

const SIGNS: readonly (readonly [SourceKind, RegExp])[] = [
  ['bicep', /^\s*(?:resource\s+\w+\s+'|targetScope\s*=|param\s+\w+\s+\w+|var\s+\w+\s*=)/],
  ['terraform', /^\s*(?:resource|variable|module|locals|data|terraform)\s*(?:"[^"]*"\s*){0,2}\{/],
  ['fortigate', /^\s*config\s+firewall\b/],
  ['squid', /^\s*(?:acl\s+\S+\s+\S+|http_access\s+(?:allow|deny)\b)/],
  ['suricata', /^\s*(?:pass|alert|drop|reject)\s+\w+\s+\S.*->/],
];

function kindOf(text: string): SourceKind | Refusal {
  if (text.trim() === '') return 'empty';
  const head = text.slice(0, 4000);
  // Control signs but tabs and line ends: a workbook, or another file that is no text.
  if (/[\u0000-\u0008\u000E-\u001F\uFFFD]/.test(head) || text.includes('\u0000')) return 'binary';
  if (/^\s*(?:<!doctype|<html|<\?xml)/i.test(head)) return 'page';
  if (/^\s*(?:\{|\[\s*["{[\]])/.test(head)) return isJson(text) ? 'json' : 'damaged';
  const lines = text.split(/\r?\n/);
  const sign = SIGNS.find(([, pattern]) => lines.some(line => pattern.test(line.slice(0, 500))));
  if (sign !== undefined) return sign[0];
  return lines.slice(0, 50).some(headingOf) ? 'table' : 'list';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}
