import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for what a program writes for a while, so that nothing of it stays even when the program is killed. */
export interface OwnTemp {
  /** Variables that lead a program there. */
  readonly environment: Readonly<Record<string, string>>;
  remove(): void;
}

/** A temporary folder of a node's own, and the environment that leads there. */
export function ownTemp(): OwnTemp {
  const folder = mkdtempSync(join(tmpdir(), 'outbound-node-'));
  return {
    environment: { TMPDIR: folder, TEMP: folder, TMP: folder },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}
