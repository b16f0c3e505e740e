import type { Have } from '../entries/entry';
import { azureEntries } from './azure-rules';
import { readBicep } from './bicep';
import { headingOf, readTable } from './csv';
import { readFortiGate } from './fortigate';
import { readHostList } from './host-list';
import { readJson } from './json';
import { readSquid } from './squid';
import { readSuricata } from './suricata';
import { readTerraform } from './terraform';

/** What the network team's file was taken for; the strings file has a name for each under `coverage.source.<code>`. */
export type SourceKind =
  'json' | 'bicep' | 'terraform' | 'squid' | 'fortigate' | 'suricata' | 'table' | 'list' | 'binary' | 'page';

export interface ReadFile extends Have {
  readonly kind: SourceKind;
}

const READERS: Readonly<Record<Exclude<SourceKind, 'binary' | 'page'>, (text: string) => Have>> = {
  json: readJson,
  bicep: text => azureEntries(readBicep(text)),
  terraform: text => azureEntries(readTerraform(text)),
  squid: readSquid,
  fortigate: readFortiGate,
  suricata: readSuricata,
  table: readTable,
  list: readHostList,
};

/** Reads what the network team has, by its own signs. Workbooks and pages are not read, and nothing of them is guessed. */
export function readHave(text: string): ReadFile {
  const kind = kindOf(text);
  if (kind === 'binary' || kind === 'page') return { kind, entries: [], unread: [] };
  return { kind, ...READERS[kind](text) };
}

function kindOf(text: string): SourceKind {
  // Control signs but tabs and line ends: a workbook, or another file that is no text.
  if (/[\u0000-\u0008\u000E-\u001F]/.test(text.slice(0, 2000))) return 'binary';
  if (/^\s*(?:<!doctype|<html|<\?xml)/i.test(text)) return 'page';
  if (isJson(text)) return 'json';
  if (/^\s*(?:resource\s+\w+\s+'|targetScope\s*=|param\s+\w+\s+\w+)/m.test(text)) return 'bicep';
  if (/^\s*(?:resource|variable|module|locals|data|terraform)\s*(?:"[^"]*"\s*)*\{/m.test(text))
    return 'terraform';
  if (/^\s*config\s+firewall\b/m.test(text)) return 'fortigate';
  if (/^\s*acl\s+\S+\s+(?:-\w+\s+)*\S+/m.test(text)) return 'squid';
  if (/^\s*(?:pass|alert|drop|reject)\s+\w+\s+\S+\s+\S+\s+->/m.test(text)) return 'suricata';
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/, 50);
  return lines.some(headingOf) ? 'table' : 'list';
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
