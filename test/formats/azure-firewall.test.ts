import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collectionsIn, compile, compileAll, decompile, doorsOf } from './bicep-engine.ts';
import {
  allLists,
  AWKWARD_ROWS,
  doorName,
  type FirewallRow,
  loadFormats,
  row,
  saidRows,
  textFile,
} from './format-code.ts';
import { doorsInTerraform } from './terraform-reader.ts';

const code = await loadFormats();

const HOSTILE = `' " \\ \${policyName} \${var.x} %{ if } [concat('a')] [[ ; # */ //\r\n}\u2028]`;

describe('files for an Azure Firewall policy', () => {
  const READERS = { bicep: compile, arm: decompile } as const;

  async function doorsIn(format: string, content: string): Promise<readonly string[]> {
    return format === 'terraform'
      ? doorsInTerraform(content)
      : doorsOf(await READERS[format as keyof typeof READERS](content));
  }

  /** Web traffic by name keeps its protocol; the rest is TCP or UDP, as Azure says it. */
  function expected(rows: readonly FirewallRow[]): readonly string[] {
    return rows.map(each => {
      const isAddress = /^\d+(\.\d+){3}$/.test(each.host);
      const isWeb = each.protocol === 'https' || each.protocol === 'http';
      const protocol = isAddress && isWeb ? ('tcp' as const) : each.protocol;
      return doorName({ ...each, protocol });
    });
  }

  for (const format of ['bicep', 'arm', 'terraform'])
    describe(format, () => {
      it('opens exactly the doors that it does not name as skipped', async () => {
        const file = textFile(code, format, AWKWARD_ROWS);
        assert.deepEqual(
          file.skipped.map(({ rule }) => rule.host),
          ['azgn*.bus.example.com'],
        );
        assert.deepEqual(
          sorted(await doorsIn(format, file.content)),
          sorted(expected(saidRows(AWKWARD_ROWS, file))),
        );
      });

      it('leaves out what Azure cannot take, with the reason', () => {
        const rows = [
          row('high.example.com', { port: 65000 }),
          row('*.example.com', { port: 5671, protocol: 'tcp' }),
          row('azgn*.bus.example.com'),
          row('*.bus.example.com'),
          row('not a host'),
        ];
        const { skipped } = textFile(code, format, rows);
        assert.deepEqual(
          skipped.map(({ rule, reason }) => `${rule.host}: ${reason}`),
          [
            'not a host: Host, port or protocol has a form that no firewall takes.',
            'high.example.com: Azure Firewall takes ports up to 64000.',
            '*.example.com: Azure Firewall knows wildcards only for HTTP and HTTPS. Name the hosts one by one.',
            'azgn*.bus.example.com: Azure Firewall cannot say a star within a name; *.bus.example.com of this list opens it already.',
          ],
        );
      });

      it('keeps hostile text as text', async () => {
        const rows = [row('login.example.com', { purposes: [HOSTILE], features: [HOSTILE] })];
        const { content } = textFile(code, format, rows, { title: HOSTILE });
        assert.deepEqual(await doorsIn(format, content), ['https://login.example.com:443']);
      });

      it('is a file for a list without rules too', async () => {
        const { content } = textFile(code, format, []);
        // The compiler would call the parameters of an empty template unused.
        const doors = format === 'arm' ? doorsOf(collectionsIn(content)) : await doorsIn(format, content);
        assert.deepEqual(doors, []);
      });
    });

  it('say the same in all three languages for every list that ships', async () => {
    const lists = allLists(code);
    const bicep = await compileAll(
      Object.fromEntries(lists.map(({ name, rows }) => [name, textFile(code, 'bicep', rows).content])),
    );
    for (const { name, rows } of lists) {
      const file = textFile(code, 'arm', rows);
      const wanted = sorted(expected(saidRows(rows, file)));
      assert.deepEqual(sorted(doorsOf(bicep[name] ?? [])), wanted, name);
      assert.deepEqual(sorted(doorsOf(collectionsIn(file.content))), wanted, name);
      const terraform = textFile(code, 'terraform', rows).content;
      assert.deepEqual(sorted(await doorsInTerraform(terraform)), wanted, name);
    }
  });

  it('would be seen to be wrong: a misspelt property is a word of the compiler', async () => {
    const { content } = textFile(code, 'bicep', [row('login.example.com')]);
    await assert.rejects(compile(content.replace('targetFqdns', 'targetFQDNs')));
  });
});

function sorted(texts: readonly string[]): readonly string[] {
  return [...texts].sort();
}
