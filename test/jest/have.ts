import type { Have } from '../../src/app/coverage/entries/entry';
import { readHave } from '../../src/app/coverage/read/read-have';

/** A file that is read; throws where it is refused. */
export function have(text: string): Have {
  const read = readHave(text);
  if (read.kind === 'refused') throw new Error(`refused: ${read.why}`);
  return read;
}
