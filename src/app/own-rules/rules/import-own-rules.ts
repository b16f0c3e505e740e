import type { Text } from '../../ui/words/make-text';
import type { BadRow, ChangedRow, NoTable, OwnRulesImport } from './imported';
import { type OwnRule, type OwnRuleDraft, readOwnRule } from './own-rule';
import { readTable, type TableRow } from './read-table';
import { takeApart } from './take-apart';

/** Columns of the allowlist's export, of which these must be there. */
const NEEDED = ['host', 'port', 'protocol', 'purpose'] as const;
const OTHERS = ['requirement', 'direction'] as const;
/**
 * Columns of Test-AzureLocalConnectivity (Azure/AzureLocal-Supportability, TSG/Networking/Arc-Gateway-Outbound-Connectivity,
 * example of 2025-04-01, commit 162a15a9) and of the published document's own shape.
 */
const ADDRESS_COLUMNS = ['url', 'endpoint url', 'endpoint', 'fqdn'] as const;
const PORT_COLUMNS = ['port', 'ports'] as const;
const NOTE_COLUMNS = ['note', 'notes'] as const;

/** What the export calls its columns on a page in another language: a colleague's file is as good. */
const IN_ALL_LANGUAGES: Readonly<Record<string, (typeof NEEDED | typeof OTHERS)[number]>> = {
  ...{ protocol: 'protocol', protokoll: 'protocol', purpose: 'purpose', zweck: 'purpose' },
  ...{ requirement: 'requirement', anforderung: 'requirement' },
  ...{ direction: 'direction', richtung: 'direction' },
};

/** A cell of the row by the column's name in the file, lower case; '' where there is no such column. */
type Cells = (column: string) => string;

/**
 * Reads a table of rules: what the allowlist exports, or what has a column of addresses and one of
 * ports. Columns in any order, others are ignored; an empty or absent requirement means required. Good rows are given
 * back, bad ones reported.
 *
 * @param known rules that are there already; a row that repeats one is bad
 */
export function importOwnRules(text: string, known: readonly OwnRule[], t: Text): OwnRulesImport {
  const nameOf = (column: string): string => t(`export.column.${column}`).toLowerCase();
  const ours = [...NEEDED, ...OTHERS].map(nameOf);
  const named = new Set([...ours, ...ADDRESS_COLUMNS, ...PORT_COLUMNS, ...NOTE_COLUMNS]);
  const tidy = (name: string): string => {
    const own = name.trim().toLowerCase();
    const column = Object.hasOwn(IN_ALL_LANGUAGES, own) ? IN_ALL_LANGUAGES[own] : undefined;
    return column === undefined ? own : nameOf(column);
  };
  const table = readTable(text, name => named.has(tidy(name)));
  const header = table.header.map(tidy);
  const reason = noTable(header, table.header, named, t);
  if (reason !== undefined) return { ok: false, reason };

  const rules: OwnRule[] = [];
  const changed: ChangedRow[] = [];
  const bad: BadRow[] = table.badLines.map(line => ({ line, kind: 'quotes' }));
  if (table.stoppedAt !== undefined) bad.push({ line: table.stoppedAt, kind: 'stopped' });
  const columns = addressColumns(header, t);
  for (const row of table.rows) {
    const cells: Cells = column => row.cells[header.indexOf(column)] ?? '';
    if (row.cells.length !== header.length) bad.push({ line: row.line, kind: 'cells' });
    else if (columns === undefined) takeOurs(row, column => cells(nameOf(column)));
    else takeAddress(row, cells, columns);
  }
  return { ok: true, rules, bad: bad.sort((a, b) => a.line - b.line), changed };

  function takeOurs({ line }: TableRow, cells: Cells): void {
    if (cells('direction') === 'internal') bad.push({ line, kind: 'internal' });
    else take(line, draftOf(cells));
  }

  function takeAddress({ line }: TableRow, cells: Cells, { address, port }: AddressColumns): void {
    const parts = takeApart(cells(address), cells(port));
    if (parts === 'ports') {
      bad.push({ line, kind: 'ports' });
      return;
    }
    const note = NOTE_COLUMNS.map(column => cells(column).trim()).find(each => each !== '' && each !== 'N/A');
    const purpose = note ?? t('ownRules.import.purpose');
    const { host, ports } = parts;
    const taken = ports
      .map(({ port, protocol }) => take(line, { host, port, protocol, requirement: 'required', purpose }))
      .some(Boolean);
    if (taken) changed.push(...parts.left.map(each => ({ line, ...each })));
  }

  function take(line: number, draft: OwnRuleDraft): boolean {
    const entry = readOwnRule(draft, [...known, ...rules]);
    if (entry.ok) rules.push(entry.rule);
    else bad.push({ line, kind: 'rule', problems: entry.problems });
    return entry.ok;
  }
}

interface AddressColumns {
  readonly address: string;
  readonly port: string;
}

/** Undefined where the table has a column of hosts, as the export, or lacks one of the two. */
function addressColumns(header: readonly string[], t: Text): AddressColumns | undefined {
  if (header.includes(t('export.column.host').toLowerCase())) return undefined;
  const address = ADDRESS_COLUMNS.find(name => header.includes(name));
  const port = PORT_COLUMNS.find(name => header.includes(name));
  return address === undefined || port === undefined ? undefined : { address, port };
}

function noTable(
  header: readonly string[],
  asWritten: readonly string[],
  named: ReadonlySet<string>,
  t: Text,
): NoTable | undefined {
  const has = (column: string): boolean => header.includes(t(`export.column.${column}`).toLowerCase());
  const twice = asWritten.filter((_, at) => {
    const name = header[at] ?? '';
    return named.has(name) && header.indexOf(name) !== at;
  });
  if (twice.length > 0) return { kind: 'twice', columns: [...new Set(twice.map(name => name.trim()))] };
  if (addressColumns(header, t) !== undefined) return undefined;
  if (!has('host') && ADDRESS_COLUMNS.some(name => header.includes(name)))
    return { kind: 'missing', columns: [t('export.column.port')] };
  const missing = NEEDED.filter(column => !has(column));
  if (missing.length === 0) return undefined;
  const [only = ''] = header;
  const separator = header.length === 1 ? /[|:\u00A6]|\s{2,}/.exec(only)?.[0] : undefined;
  return separator === undefined
    ? { kind: 'missing', columns: missing.map(column => t(`export.column.${column}`)) }
    : { kind: 'separator', separator };
}

function draftOf(cell: Cells): OwnRuleDraft {
  const requirement = cell('requirement').trim();
  return {
    host: cell('host'),
    port: cell('port'),
    protocol: cell('protocol'),
    requirement: requirement === '' ? 'required' : requirement,
    purpose: cell('purpose'),
  };
}
