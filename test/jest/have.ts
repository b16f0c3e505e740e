import type { Have } from '../../src/app/coverage/entries/entry';
import { readHave } from '../../src/app/coverage/read/read-have';

/** A file that is read; one without rules has none. Throws where it is refused for another reason. */
export function have(text: string): Have {
  const read = readHave(text);
  if (read.kind === 'refused' && read.why === 'no-rules') return { entries: [], denials: [], unread: [] };
  if (read.kind === 'refused') throw new Error(`refused: ${read.why}`);
  return read;
}
