import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { FILE, verdictsDocument } from '../../scripts/verdicts-doc.ts';

test('docs/verdicts.md says what the code does: if not, run "node scripts/verdicts-doc.ts"', async () => {
  assert.equal(await readFile(FILE, 'utf8'), await verdictsDocument());
});
