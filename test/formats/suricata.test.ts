import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
import { passed } from './suricata-engine.ts';

const code = await loadFormats();

describe('the Suricata file', () => {
  async function disagreements(rows: readonly FirewallRow[]): Promise<readonly string[]> {
    const file = textFile(code, 'suricata', rows);
    const said = saidRows(rows, file);
    const requests = requestsFor(said);
    const decided = await passed(file.content, requests);
    return requests
      .filter((request, index) => decided[index] !== code.allows(said, request))
      .map(({ tries, protocol, host, port }) => `${tries}: ${protocol} ${host}:${port}`);
  }

  it('decides as the list means, also where wildcards, apexes and partial names meet', async () => {
    assert.deepEqual(await disagreements(AWKWARD_ROWS), []);
  });

  it('loads for every list that ships, and decides every request of all of them as the list means', async () => {
    // One run for what the lists have in common: a door is the same rule in each.
    const doors = new Map<string, FirewallRow>();
    for (const { rows } of allLists(code))
      for (const each of rows) doors.set(`${each.protocol}://${each.host}:${each.port}`, each);
    assert.deepEqual(await disagreements([...doors.values()]), []);
  });

  it('numbers a rule by its door, whatever stands beside it', () => {
    const sidOf = (rows: readonly FirewallRow[], host: string) =>
      new RegExp(`azl ${host.replaceAll('.', '\\.')}".*sid:(\\d+)`).exec(
        textFile(code, 'suricata', rows).content,
      )?.[1];
    const rows = [row('a.example.com'), row('b.example.com'), row('c.example.com')];
    assert.ok(sidOf(rows, 'c.example.com'));
    assert.equal(sidOf(rows, 'c.example.com'), sidOf(rows.slice(2), 'c.example.com'));
  });

  it('would notice a rule that Suricata cannot read', async () => {
    await assert.rejects(
      passed('pass tls any any -> any any (msg:"x"; nonsense; sid:1;)\n', [row('a.example.com')]),
    );
  });
});
