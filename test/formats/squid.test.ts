import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import {
  allLists,
  AWKWARD_ROWS,
  type FirewallRow,
  loadFormats,
  row,
  saidRows,
  textFile,
} from './format-code.ts';
import { requestsFor } from './requests.ts';
import { SquidEngine } from './squid-engine.ts';

const code = await loadFormats();

describe('the Squid file', () => {
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

  it('agrees with what is called covered by a configuration of somebody else', async () => {
    const names = ['a.example.com', 'b.a.example.com', 'example.com', 'other.test'];
    const list = fc.uniqueArray(
      fc.tuple(fc.constantFrom('', '.'), fc.constantFrom(...names)).map(parts => parts.join('')),
      { minLength: 1, maxLength: 2 },
    );
    const condition = fc.constantFrom('one', '!one', 'two', '!two', 'web', '!web', 'CONNECT', '!CONNECT');
    const line = fc
      .tuple(
        fc.constantFrom('allow', 'allow', 'deny'),
        fc.uniqueArray(condition, { minLength: 1, maxLength: 3 }),
      )
      .map(([action, conditions]) => `http_access ${action} ${conditions.join(' ')}`);
    // Squid refuses lists whose names cover each other: those are no configurations.
    const apart = (hosts: readonly string[]): boolean =>
      !hosts.some(a => hosts.some(b => a !== b && (a.endsWith(b) || b.endsWith(a))));
    const config = fc
      .record({
        one: list.filter(apart),
        two: list.filter(apart),
        lines: fc.array(line, { minLength: 1, maxLength: 4 }),
      })
      .map(({ one, two, lines }) =>
        [
          `acl one dstdomain -n ${one.join(' ')}`,
          `acl two dstdomain -n ${two.join(' ')}`,
          'acl web port 443 80',
          'acl CONNECT method CONNECT',
          ...lines,
          // Squid's own default is the opposite of the last line.
          'http_access deny all',
          'http_access allow one',
        ].join('\n'),
      );
    const needed = names.flatMap(host => [
      row(host),
      row(`*.${host}`),
      row(host, { port: 80, protocol: 'http' }),
      row(host, { port: 8443 }),
    ]);
    let covered = 0;
    for (const text of fc.sample(config, { seed: 20_261_126, numRuns: 12 })) {
      const { rows } = code.coverageOf(needed, code.readHave(text));
      const said = rows.filter(({ state }) => state === 'covered').map(each => each.row);
      covered += said.length;
      const squid = await SquidEngine.start(`${text}\n`);
      try {
        for (const request of requestsFor(said).filter(each => code.allows(said, each)))
          assert.ok(
            await squid.allows(request),
            `${text}\n${request.protocol} ${request.host}:${request.port}`,
          );
      } finally {
        await squid.stop();
      }
    }
    assert.ok(covered > 20, `${covered} were called covered`);
  });

  it('reads lines that go on below as Squid does', async () => {
    const [listed, refused] = [
      'acl listed dstdomain \\\n  a.example.com \\\n  b.example.com',
      'http_access deny \\\n  two',
    ];
    const between = ['', '# none \\', 'acl x port 1 # c \\', '\\'];
    const needed = ['a', 'b', 'c'].map(name => row(`${name}.example.com`));
    for (const line of between) {
      const lines = [listed, 'acl two dstdomain b.example.com', line, refused, 'http_access allow listed'];
      const text = [...lines, 'http_access deny all', ''].join('\n');
      const states = code
        .coverageOf(needed, code.readHave(text))
        .rows.map(({ state }) => state === 'covered');
      const squid = await SquidEngine.start(text);
      try {
        const decided = await Promise.all(needed.map(each => squid.allows({ ...each, tries: 'itself' })));
        assert.deepEqual(states, decided, line);
      } finally {
        await squid.stop();
      }
    }
  });

  it('would notice a wrong file: Squid itself refuses names that cover each other', async () => {
    const twice = 'acl x dstdomain -n example.com\nacl x dstdomain -n .example.com\nhttp_access allow x\n';
    await assert.rejects(SquidEngine.start(twice), /example\.com/);
  });
});
