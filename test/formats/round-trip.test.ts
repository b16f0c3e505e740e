import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  allLists,
  AWKWARD_ROWS,
  doorName,
  type FormatCode,
  loadFormats,
  saidRows,
  textFile,
} from './format-code.ts';

/** Our own files through the reader of what a network team has: all that a file says is covered, and nothing is wider. */
describe('coverage of our own files', () => {
  let code: FormatCode;
  before(async () => {
    code = await loadFormats();
  });

  for (const format of [
    'bicep',
    'arm',
    'terraform',
    'squid',
    'suricata',
    'fortigate',
    'palo-alto',
    'markdown',
  ])
    it(`finds in ${format} what it says, and nothing else, for every list`, () => {
      for (const { name, rows } of [...allLists(code), { name: 'awkward', rows: AWKWARD_ROWS }]) {
        const file = textFile(code, format, rows);
        const have = code.readHave(file.content);
        assert.deepEqual(have.unread, [], name);
        const said = saidRows(rows, file);
        const coverage = code.coverageOf(said, have);
        assert.deepEqual(
          coverage.rows.filter(({ state }) => state !== 'covered').map(({ row }) => doorName(row)),
          [],
          name,
        );
        assert.deepEqual(
          coverage.excess.map(({ entry }) => entry.text),
          [],
          name,
        );
      }
    });
});
