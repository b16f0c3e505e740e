import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Edition } from '../../../src/catalog/tools/checks/edition.ts';
import { runImport } from '../../../src/catalog/tools/import/run-import.ts';

const folder = mkdtempSync(join(tmpdir(), 'catalog-shapes-'));
after(() => rmSync(folder, { recursive: true }));

const COLUMNS = [
  'Id',
  'Azure Local Component',
  'Endpoint URL',
  'Port',
  'Arc gateway support',
  'Required for',
];
const row = (url: string, port = '443', requiredFor = 'Deployment'): readonly string[] => [
  '1',
  'Azure Local AKS infra',
  url,
  port,
  'No',
  requiredFor,
];
const barred = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const markdown = (...rows: readonly (readonly string[])[]): string =>
  ['# List', '', barred(COLUMNS), barred(COLUMNS.map(() => '---')), ...rows.map(barred), ''].join('\n');

let files = 0;
async function imported(text: string | Uint8Array) {
  files += 1;
  const out = mkdtempSync(join(folder, `${files}-`));
  const file = join(out, 'list.md');
  writeFileSync(file, text);
  const source = `contoso/lists:HCI/list.md@${'a'.repeat(40)}`;
  const place = ['--region', 'eastus', '--cloud', 'public', '--source', source];
  const run = await runImport(['--edition', '2030-01', '--folder', out, ...place, file]);
  const doors = (): readonly string[] =>
    (JSON.parse(readFileSync(join(out, '2030-01.json'), 'utf8')) as Edition).rules.map(
      ({ protocol, host, port }) => `${protocol}://${host}:${port}`,
    );
  return { ...run, doors: run.exitCode === 0 ? doors() : [] };
}

const MCR = ['https://mcr.microsoft.com:443'];
const TWO = ['https://a.contoso.com:443', 'https://b.contoso.com:443'];
const BOTH = ['http://mcr.microsoft.com:80', 'https://mcr.microsoft.com:443'];

describe('cells as pages have them', () => {
  for (const [url, doors] of [
    ['a.contoso.com<br>b.contoso.com', TWO],
    ['a.contoso.com<br />b.contoso.com', TWO],
    ['<ul><li>a.contoso.com</li><li>b.contoso.com</li></ul>', TWO],
    ['a.contoso.com, b.contoso.com', TWO],
    ['a.contoso.com,b.contoso.com', TWO],
    ['`a.contoso.com` and `b.contoso.com`', TWO],
    ['https://a.contoso.com/x?y=1,2;3 https://b.contoso.com', TWO],
    ['[mcr.microsoft.com](https://mcr.microsoft.com/)', MCR],
    ['<a href="https://mcr.microsoft.com">mcr.microsoft.com</a>', MCR],
    ['<https://mcr.microsoft.com>', MCR],
    ['**mcr.microsoft.com**<sup>1</sup>', MCR],
    ['HTTPS://MCR.microsoft.com/V2', MCR],
    ['mcr.microsoft.com.', MCR],
    ['mcr.microsoft.com:443', MCR],
    ['mcr.&#8203;microsoft.com&nbsp;', MCR],
    ['aka.ms?a=1&amp;b=2', ['https://aka.ms:443']],
    ['\\*.his.arc.azure.com', ['https://*.his.arc.azure.com:443']],
    ['\\<region\\>.his.arc.azure.com', ['https://*.his.arc.azure.com:443']],
    ['{region}.his.arc.azure.com', ['https://*.his.arc.azure.com:443']],
    ['&lt;your key vault name&gt;.vault.azure.net', ['https://*.vault.azure.net:443']],
    ['[Your URL Prefix].gw.arc.azure.com', ['https://*.gw.arc.azure.com:443']],
  ] as const)
    test(`hosts: ${url}`, async () => {
      const { doors: found, stdout } = await imported(markdown(row(url)));
      assert.deepEqual(found, doors, stdout);
    });

  for (const [port, doors] of [
    ['80, 443', BOTH],
    ['80 443', BOTH],
    ['80/443', BOTH],
    ['80 and 443', BOTH],
    ['80 &amp; 443', BOTH],
    ['80<br>443', BOTH],
    ['TCP/80, TCP/443', BOTH],
    ['HTTP/TCP 80 and HTTPS/TCP 443', BOTH],
    ['HTTP, HTTPS', BOTH],
    ['TCP/443', MCR],
    ['443 (TCP)', MCR],
    ['443, 443', MCR],
    ['HTTPS/8443', ['https://mcr.microsoft.com:8443']],
    ['UDP/123', ['udp://mcr.microsoft.com:123']],
  ] as const)
    test(`ports: ${port}`, async () => {
      const { doors: found, stdout } = await imported(markdown(row('mcr.microsoft.com', port)));
      assert.deepEqual(found, doors, stdout);
    });

  for (const needed of ['Deployment &amp; Post deployment', 'deployment\u00a0and  Post Deployment'])
    test(`when: ${needed}`, async () => {
      assert.deepEqual((await imported(markdown(row('mcr.microsoft.com', '443', needed)))).doors, MCR);
    });
});

describe('cells that cannot be rules name line and mend', () => {
  for (const [url, port, message] of [
    ['<other>.contoso.com', '443', /"<other>", which stands for a name of one's own and is not known: write/],
    ['x.<region>.contoso.com', '443', /"<region>", which stands for a name of one's own/],
    ['yournewthing.contoso.com', '443', /"yournewthing", which stands for a name of one's own/],
    ['a.*.contoso.com', '443', /a wildcard that is not the whole first label.*: write "\*\." and the rest/],
    ['20.150.0.0/17', '443', /is a network: rules have names/],
    ['2001:db8::1', '443', /is an IPv6 address: write the name/],
    ['~~mcr.microsoft.com~~', '443', /is struck out: take the row out/],
    ['wss://mcr.microsoft.com', '443', /has the scheme wss:\/\/: write https:\/\//],
    ['mcr.microsoft.com:8443', '443', /names port 8443, and the column "Port" 443: write the one that holds/],
    ['http://mcr.microsoft.com', '443', /contradict each other: .*mend the one that is wrong/],
    ['mcr.microsoft.com', '443-445', /what listens on port "443-445" is not known: write single ports/],
    ['mcr.microsoft.com', 'TCP/123', /what listens on port "TCP\/123" is not known/],
    ['', '443', /the row has no host: write/],
  ] as const)
    test(`${url} ${port}`, async () => {
      const { exitCode, stdout } = await imported(markdown(row('aka.ms'), row(url, port)));
      assert.equal(exitCode, 1);
      assert.match(stdout, message);
      assert.match(stdout, /^\S+list\.md:6: [^\n]*\n$/);
    });
});

describe('tables as pages have them', () => {
  const separated = (separator: string, quote = ''): string =>
    [COLUMNS, row('mcr.microsoft.com')]
      .map(cells => cells.map(cell => `${quote}${cell}${quote}`).join(separator))
      .join('\n');
  const plain = markdown(row('mcr.microsoft.com'));
  for (const [what, text] of [
    [
      'other columns',
      barred([...COLUMNS].reverse()) + '\n|-|-|-|-|-|-|\n' + barred([...row('mcr.microsoft.com')].reverse()),
    ],
    ['bold headings', plain.replace(barred(COLUMNS), barred(COLUMNS.map(name => `**${name}**`)))],
    ['other words', plain.replace('Id |', '# |').replace('Endpoint URL', 'URL').replace('Port', 'Ports')],
    ['no bars at the ends', plain.replace(/^\| | \|$/gm, '')],
    ['a commented row', plain + '<!-- | 2 | x | old.contoso.com |\n| 3 | -->\n'],
    ['lines that end in CR', plain.replaceAll('\n', '\r')],
    ['UTF-16', Buffer.from(`\uFEFF${plain}`, 'utf16le')],
    ['tabs and quotes', separated('\t', '"')],
    ['semicolons', separated(';')],
    ['commas', separated(',', '"')],
    ['an empty last column', separated('\t').replaceAll('\n', '\t\n')],
  ] as const)
    test(what, async () => {
      const { doors, stdout } = await imported(text);
      assert.deepEqual(doors, MCR, stdout);
    });

  for (const [what, text, message] of [
    [
      'HTML',
      '<h1>List</h1>\n<table><tr><th>Endpoint URL</th></tr></table>',
      /:2: a table in HTML: write it as/,
    ],
    [
      'another encoding',
      Buffer.from(`${plain}\ncaf\u00e9`, 'latin1'),
      /:7: it is not in UTF-8: save it in UTF-8/,
    ],
    ['UTF-16 without its mark', Buffer.from(plain, 'utf16le'), /:1: it is in UTF-16 .*: save it in UTF-8/],
    ['an unknown column', plain.replace('Port', 'Hafen'), /:3: unknown column "Hafen": take it out/],
    [
      'quotes left open',
      separated('\t').replace('mcr', '"mcr'),
      /:2: quotes that do not fit together: close/,
    ],
    [
      'a row without component',
      plain.replace('Azure Local AKS infra', ''),
      /:5: the row has no component: write/,
    ],
  ] as const)
    test(`${what}, refused`, async () => {
      const { exitCode, stdout } = await imported(text);
      assert.equal(exitCode, 1);
      assert.match(stdout, message);
    });
});
