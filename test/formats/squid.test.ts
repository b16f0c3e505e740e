import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  allLists,
  AWKWARD_ROWS,
  type FirewallRow,
  type FormatCode,
  loadFormats,
  row,
  saidRows,
  textFile,
} from './format-code.ts';
import { requestsFor } from './requests.ts';
import { SquidEngine } from './squid-engine.ts';

describe('the Squid file', () => {
  let code: FormatCode;
  before(async () => {
    code = await loadFormats();
  });

  /** Every request that is wrongly decided, in words. */
  async function disagreements(rows: readonly FirewallRow[]): Promise<readonly string[]> {
    const file = textFile(code, 'squid', rows);
    const said = saidRows(rows, file);
    const squid = await SquidEngine.start(file.content);
    try {
      const wrong: string[] = [];
      const requests = requestsFor(said);
      const askOne = async (): Promise<void> => {
        for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
          const expected = code.allows(said, request);
          if ((await squid.allows(request)) !== expected)
            wrong.push(
              `${request.tries}: ${request.protocol} ${request.host}:${request.port} should be ${expected ? 'allowed' : 'denied'}`,
            );
        }
      };
      let next = 0;
      await Promise.all(Array.from({ length: 8 }, askOne));
      return wrong;
    } finally {
      await squid.stop();
    }
  }

  it('decides as the list means, also where wildcards, apexes and partial names meet', async () => {
    assert.deepEqual(await disagreements(AWKWARD_ROWS), []);
  });

  it('leaves the apex of a wildcard out unless it is listed', async () => {
    assert.deepEqual(await disagreements([row('*.core.example.com'), row('*.blob.core.example.com')]), []);
  });

  it('decides every request of every list that ships as the list means', async () => {
    for (const { name, rows } of allLists(code)) assert.deepEqual(await disagreements(rows), [], name);
  });

  it('would notice a wrong file: Squid itself refuses names that cover each other', async () => {
    const twice = 'acl x dstdomain -n example.com\nacl x dstdomain -n .example.com\nhttp_access allow x\n';
    await assert.rejects(SquidEngine.start(twice), /example\.com/);
  });
});
