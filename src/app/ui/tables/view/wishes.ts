import type { Sorting } from '../sorting';

/** What the reader asks of a table. */
export interface Wishes {
  /** Words that all must occur. */
  readonly text: string;
  readonly sorting: Sorting;
  /** By the id of a column the one value that its lines must have. */
  readonly only: Readonly<Record<string, string>>;
  /** Id of the column by which lines are grouped; '' for none. */
  readonly group: string;
}

export const NO_WISHES: Wishes = { text: '', sorting: '', only: {}, group: '' };

const LONGEST_TEXT = 200;

/** As text that survives a reload; undefined when it asks for nothing. */
export function keepWishes(wishes: Wishes): string | undefined {
  const { text, sorting, only, group } = wishes;
  return text === '' && sorting === '' && group === '' && Object.keys(only).length === 0
    ? undefined
    : JSON.stringify(wishes);
}

/** What other code may have written there asks for nothing. */
export function readWishes(kept: string | undefined): Wishes {
  let json: unknown;
  try {
    json = JSON.parse(kept ?? '{}');
  } catch {
    return NO_WISHES;
  }
  const fields = fieldsOf(json);
  const text = (value: unknown): string =>
    typeof value === 'string' && value.length <= LONGEST_TEXT ? value : '';
  const only = Object.entries(fieldsOf(fields['only'])).filter(([, value]) => text(value) !== '');
  return {
    text: text(fields['text']),
    sorting: text(fields['sorting']),
    only: Object.fromEntries(only.map(([id, value]) => [id, text(value)])),
    group: text(fields['group']),
  };
}

function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : {};
}
