import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allLists, AWKWARD_ROWS, loadFormats, row, saidRows, textFile } from './format-code.ts';
import { readFortiGate } from './fortigate-reader.ts';
import { requestsFor } from './requests.ts';

const code = await loadFormats();

/** No device is at hand: the files are held against the grammar of the vendors' pages, and against a matcher made of their examples. */
describe('files for devices', () => {
  describe('Palo Alto URL list', () => {
    /** An entry: labels, or a star as the only character of its token; always with the closing slash. */
    const ENTRY = /^(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)+\/$/;

    /** As the guidelines describe it: the star is one label or more, the slash ends the host. */
    function matches(entry: string, host: string): boolean {
      const name = entry.slice(0, -1);
      return name.startsWith('*.')
        ? host.endsWith(name.slice(1)) && host.length > name.length - 1
        : host === name;
    }

    it('has one entry a line, and means what the list means at its port', () => {
      for (const { name, rows } of [...allLists(code), { name: 'awkward', rows: AWKWARD_ROWS }])
        for (const port of new Set(rows.map(each => each.port))) {
          const file = textFile(code, 'palo-alto', rows, { port });
          const entries = file.content.split('\n').filter(line => line !== '');
          for (const entry of entries) assert.match(entry, ENTRY);
          const said = saidRows(rows, file);
          for (const request of requestsFor(said).filter(each => each.port === port)) {
            const host = request.host.toLowerCase();
            const isOpen = entries.some(entry => matches(entry, host));
            assert.equal(
              isOpen,
              said.some(each => code.allows([each], { ...request, protocol: each.protocol })),
              `${name} ${host}`,
            );
          }
        }
    });

    it('names what it leaves out', () => {
      const { skipped, fileName } = textFile(code, 'palo-alto', AWKWARD_ROWS);
      assert.equal(fileName, 'allowlist.443.txt');
      assert.deepEqual(
        skipped.map(({ rule }) => rule.host),
        [
          '*.update.example.com',
          'update.example.com',
          'azgn*.bus.example.com',
          'other.example.com',
          'plain.example.com',
          'time.example.com',
        ],
      );
    });
  });

  describe('FortiGate commands', () => {
    it('are balanced, and groups hold objects that exist, for every list', () => {
      for (const { name, rows } of [...allLists(code), { name: 'awkward', rows: AWKWARD_ROWS }]) {
        const file = textFile(code, 'fortigate', rows);
        const { objects, groups } = readFortiGate(file.content);
        const doors = [...groups].flatMap(([group, members]) =>
          members.map(
            member => `${group.replace(/^azl-(.*)-(\d+)$/, '$1 $2')} ${objects.get(member) ?? 'missing'}`,
          ),
        );
        const wanted = saidRows(rows, file).map(each => `${each.protocol} ${each.port} ${each.host}`);
        assert.deepEqual([...doors].sort(), [...wanted].sort(), name);
      }
    });

    it('give every host a name of its own, within the limit', () => {
      const long = `${'a'.repeat(60)}.${'b'.repeat(60)}`;
      const rows = [
        row('*.x.example'),
        row('x.example'),
        row(`${long}.one.example`),
        row(`${long}.two.example`),
      ];
      const { objects } = readFortiGate(textFile(code, 'fortigate', rows).content);
      assert.equal(objects.size, 4);
      for (const each of objects.keys()) assert.ok(each.length <= 79);
    });

    it('keep hostile text within its quotes', () => {
      const purposes = ['" next\nend\nconfig system admin ? \\ é'.repeat(30)];
      const { objects } = readFortiGate(
        textFile(code, 'fortigate', [row('a.example.com', { purposes })]).content,
      );
      assert.deepEqual([...objects.values()], ['a.example.com']);
    });
  });
});
