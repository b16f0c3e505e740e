import type { Text } from '../../ui/words/make-text';
import type { OwnRule, OwnRuleProblems } from './own-rule';

/** A row that was not taken, and why. */
export type BadRow = {
  /** In the file, from 1. */
  readonly line: number;
} & (
  | { readonly kind: 'rule'; readonly problems: OwnRuleProblems }
  /**
   * `quotes`: no CSV. `cells`: more or fewer than the header. `internal`: a rule inside the network. `ports`: the address and
   * the column name different ones. `stopped`: nothing was read from here on.
   */
  | { readonly kind: 'quotes' | 'cells' | 'internal' | 'ports' | 'stopped' }
);

/** What was left out of a row that was taken. */
export interface ChangedRow {
  readonly line: number;
  readonly kind: 'path' | 'port';
  /** The path or the port. */
  readonly what: string;
}

/** Why a file is no table of rules. */
export type NoTable =
  /** These columns are not there. */
  | { readonly kind: 'missing'; readonly columns: readonly string[] }
  /** The first line has this between its names, and it separates nothing here. */
  | { readonly kind: 'separator'; readonly separator: string }
  /** These columns are there twice: nobody knows which of them is meant. */
  | { readonly kind: 'twice'; readonly columns: readonly string[] };

export type OwnRulesImport =
  | {
      readonly ok: true;
      readonly rules: readonly OwnRule[];
      readonly bad: readonly BadRow[];
      readonly changed: readonly ChangedRow[];
    }
  | { readonly ok: false; readonly reason: NoTable };

/** Every reason why a row was not taken, as sentences. */
export function badRowText(row: BadRow, t: Text): string {
  if (row.kind !== 'rule') return t(`ownRules.import.${row.kind}`);
  return Object.entries(row.problems)
    .map(([field, code]) => t(`ownRules.problem.${field}.${String(code)}`))
    .join(' ');
}

/** What was taken from a row before it became a rule, in a sentence. */
export function changedRowText({ kind, what }: ChangedRow, t: Text): string {
  return t(`ownRules.import.without.${kind}`, what);
}

/** Why a file is no table of rules, in a sentence. */
export function noTableText(reason: NoTable, t: Text): string {
  switch (reason.kind) {
    case 'missing':
      return t('ownRules.import.missing', reason.columns.join(', '));
    case 'twice':
      return t('ownRules.import.twice', reason.columns.join(', '));
    case 'separator':
      return t('ownRules.import.separator', reason.separator);
  }
}
