import type { Text } from '../../ui/make-text';
import type { BadRow, OwnRulesImport } from './import-own-rules';

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
}

/** Far more than any export of this tool. */
const LARGEST = 2_000_000;

/**
 * Reads a file and hands its text to `take`. A file in another encoding than UTF-8 is refused: guessing would garble what
 * the rules are for.
 */
export async function readImport(
  file: ChosenFile,
  take: (text: string) => OwnRulesImport,
  t: Text,
): Promise<ImportOutcome> {
  const fileName = file.name;
  const refused = (text: string): ImportOutcome => ({ fileName, state: 'error', text, bad: [] });
  if (file.size > LARGEST) return refused(t('ownRules.import.tooLarge', fileName));
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return refused(t('ownRules.import.unreadable', fileName));
  }
  const text = decoded(bytes);
  if (text === undefined) return refused(t('ownRules.import.encoding', fileName));
  const result = take(text);
  if (!result.ok)
    return refused(
      `${t('ownRules.import.nothing', fileName)} ${t('ownRules.import.missing', result.missing.join(', '))}`,
    );
  const { rules, bad } = result;
  const state = bad.length === 0 && rules.length > 0 ? 'success' : 'warning';
  const taken = t(rules.length === 1 ? 'allowlist.rules.one' : 'allowlist.rules.other', rules.length);
  const counts = t('ownRules.import.counts', taken, bad.length, fileName);
  return { fileName, state, text: counts, bad };
}

function decoded(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
