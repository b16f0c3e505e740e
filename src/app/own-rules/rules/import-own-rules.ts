import { readCsv } from '../../export/text/read-csv';
import type { Text } from '../../ui/make-text';
import { type OwnRule, type OwnRuleDraft, type OwnRuleProblems, readOwnRule } from './own-rule';

/** A row that was not taken, and why. */
export type BadRow = {
  /** In the file, from 1. */
  readonly line: number;
} & (
  | { readonly kind: 'rule'; readonly problems: OwnRuleProblems }
  /** `quotes`: no CSV. `cells`: more or fewer than the header. `internal`: a rule inside the network. */
  | { readonly kind: 'quotes' | 'cells' | 'internal' }
);

export type OwnRulesImport =
  | { readonly ok: true; readonly rules: readonly OwnRule[]; readonly bad: readonly BadRow[] }
  /** No table of ours: these columns are not there. */
  | { readonly ok: false; readonly missing: readonly string[] };

const NEEDED = ['host', 'port', 'protocol', 'purpose'] as const;

/**
 * Reads the CSV that the allowlist exports, in the language of `t`: columns in any order, others are ignored, an empty
 * or absent requirement means required. Good rows are given back, bad ones reported.
 *
 * @param known rules that are there already; a row that repeats one is bad
 */
export function importOwnRules(text: string, known: readonly OwnRule[], t: Text): OwnRulesImport {
  const { records, badLines } = readCsv(text);
  const [header, ...rows] = records;
  const names = (header?.cells ?? []).map(name => name.trim().toLowerCase());
  const columnOf = (column: string): number => names.indexOf(t(`export.column.${column}`).toLowerCase());
  const missing = NEEDED.filter(column => columnOf(column) === -1);
  if (missing.length > 0) return { ok: false, missing: missing.map(column => t(`export.column.${column}`)) };

  const rules: OwnRule[] = [];
  const bad: BadRow[] = badLines.map(line => ({ line, kind: 'quotes' }));
  for (const { line, cells } of rows) {
    const cell = (column: string): string => cells[columnOf(column)] ?? '';
    if (cells.length !== names.length) bad.push({ line, kind: 'cells' });
    else if (cell('direction') === 'internal') bad.push({ line, kind: 'internal' });
    else {
      const entry = readOwnRule(draftOf(cell), [...known, ...rules]);
      if (entry.ok) rules.push(entry.rule);
      else bad.push({ line, kind: 'rule', problems: entry.problems });
    }
  }
  return { ok: true, rules, bad: bad.sort((a, b) => a.line - b.line) };
}

/** Every reason why a row was not taken, as sentences. */
export function badRowText(row: BadRow, t: Text): string {
  if (row.kind !== 'rule') return t(`ownRules.import.${row.kind}`);
  return Object.entries(row.problems)
    .map(([field, code]) => t(`ownRules.problem.${field}.${String(code)}`))
    .join(' ');
}

function draftOf(cell: (column: string) => string): OwnRuleDraft {
  const requirement = cell('requirement').trim();
  return {
    host: cell('host'),
    port: cell('port'),
    protocol: cell('protocol'),
    requirement: requirement === '' ? 'required' : requirement,
    purpose: cell('purpose'),
  };
}
