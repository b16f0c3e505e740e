import type { Text } from '../../ui/words/make-text';
import { type BadRow, type ChangedRow, noTableText, type OwnRulesImport } from './imported';

/** A file that an administrator chose; as the browser's `File`. */
export interface ChosenFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What became of an import, in words. */
export interface ImportOutcome {
  readonly fileName: string;
  readonly state: 'success' | 'warning' | 'error';
  readonly text: string;
  readonly bad: readonly BadRow[];
  readonly changed: readonly ChangedRow[];
}

/** Far more than any export of this tool. */
const LARGEST = 2_000_000;

/**
 * Reads a file and hands its text to `take`. A file in another encoding than UTF-8 is refused: guessing would garble what
 * the rules are for.
 */
export async function readImport(
  file: ChosenFile,
  take: (text: string) => Promise<OwnRulesImport>,
  t: Text,
): Promise<ImportOutcome> {
  const fileName = file.name;
  const refused = (text: string): ImportOutcome => ({
    ...{ fileName, state: 'error', text, bad: [], changed: [] },
  });
  if (file.size > LARGEST) return refused(t('ownRules.import.tooLarge', fileName));
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return refused(t('ownRules.import.unreadable', fileName));
  }
  const text = decoded(bytes);
  if (text === undefined) return refused(t('ownRules.import.encoding', fileName));
  let result: OwnRulesImport;
  try {
    result = await take(text);
  } catch {
    // The part of the tool that reads tables is loaded when it is needed.
    return refused(t('ownRules.import.notLoaded', fileName));
  }
  if (!result.ok)
    return refused(`${t('ownRules.import.nothing', fileName)} ${noTableText(result.reason, t)}`);
  const { rules, bad, changed } = result;
  const state = bad.length === 0 && changed.length === 0 && rules.length > 0 ? 'success' : 'warning';
  const taken = t(rules.length === 1 ? 'allowlist.rules.one' : 'allowlist.rules.other', rules.length);
  const counts = t('ownRules.import.counts', taken, bad.length, fileName);
  return { fileName, state, text: counts, bad, changed };
}

function decoded(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
