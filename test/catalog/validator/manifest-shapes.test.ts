import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { runImport } from '../../../src/catalog/tools/import/run-import.ts';
import type { ManifestFile, ManifestRow } from '../../../src/catalog/tools/validator/manifest.ts';
import { cells, COLUMNS, tsvText, xmlText } from './manifest-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'catalog-manifest-shapes-'));
after(() => rmSync(folder, { recursive: true }));

let files = 0;
async function imported(text: string | Uint8Array, name: string) {
  files += 1;
  const out = mkdtempSync(join(folder, `${files}-`));
  const file = join(out, name);
  writeFileSync(file, text);
  const run = await runImport(['--validator', file, '--folder', out]);
  const rows = (): readonly ManifestRow[] =>
    (JSON.parse(readFileSync(join(out, 'azure-local-2026-07/eastus.json'), 'utf8')) as ManifestFile).rows;
  return { ...run, rows: run.exitCode === 0 ? rows() : [] };
}

const XML = 'AzStackHciConnectivityTargets-EastUS.xml';
const ROWS = [cells(), cells({ endpoint: 'aka.ms/a?b=1', name: 'Check_Two', operation: 'Workload' })];
const xml = xmlText(ROWS);
const tsv = tsvText(ROWS);
const inHeader = (change: (name: string) => string): string =>
  tsvText(ROWS).replace(COLUMNS.join('\t'), COLUMNS.map(change).join('\t'));
const body = (change: (line: string) => string): string =>
  tsv
    .split('\n')
    .map((line, at) => (at === 0 || line === '' ? line : change(line)))
    .join('\n');
const quoted =
  (separator: string) =>
  (line: string): string =>
    line
      .split('\t')
      .map(cell => `"${cell}"`)
      .join(separator);
const wide = (text: string): Uint8Array => Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('a manifest in another shape loses and widens nothing', () => {
  for (const [what, text, name] of [
    ['XML in UTF-16', wide(xml), XML],
    ['XML in UTF-16, the other way round', Buffer.from(wide(xml)).swap16(), XML],
    ['XML with lines that end in CR', xml.replaceAll('\n', '\r'), XML],
    [
      'XML with a prefix',
      xml
        .replace(/<(\/?)(Objects|Object|Property)\b/g, '<$1m:$2')
        .replace('<m:Objects', '<m:Objects xmlns:m="urn:x"'),
      XML,
    ],
    ['XML with a namespace', xml.replace('<Objects', '<Objects xmlns="urn:x"'), XML],
    ['XML with comments and entities', xml.replace('>mcr.', '><!-- x -->mcr<!-- y -->&#46;'), XML],
    ['XML under another name', xml, `${XML}.txt`],
    ['columns in UTF-16', wide(tsv), 'a.tsv'],
    ['columns in quotes', body(quoted('\t')), 'a.tsv'],
    ['columns with commas', body(quoted(',')), 'a.csv'],
    ['columns with semicolons', body(quoted(';')), 'a.csv'],
    ['columns in another order', tsvText(ROWS, 'EastUS', [...COLUMNS].reverse()), 'a.tsv'],
    [
      'the names of the module',
      inHeader(
        name =>
          ({ operation: 'OperationType', endpoint: 'EndPoint', arcGateway: 'Arc gateway' })[name] ?? name,
      ),
      'a.tsv',
    ],
    [
      'more of the module',
      body(line => `${line}\t${line.startsWith('endpoint') ? 'Description' : 'x'}`),
      'a.tsv',
    ],
    [
      'a column of regions',
      body(line => `${line}\t${line.startsWith('endpoint') ? 'Region' : 'Global'}`),
      'a.tsv',
    ],
    ['an empty last column', body(line => `${line}\t`), 'a.tsv'],
  ] as const)
    test(what, async () => {
      const { rows, stdout } = await imported(text, name);
      assert.deepEqual(rows, (await imported(xml, XML)).rows, stdout);
      assert.equal(rows.length, 2);
    });

  test('several protocols are a row for each, as the validator tries them', async () => {
    const both = xml.replace(
      '<Property Type="System.String">https</Property>',
      '$&<Property Type="System.String">http</Property>',
    );
    assert.notEqual(both, xml);
    assert.deepEqual(
      (await imported(both, XML)).rows.map(({ endpoint, protocol }) => [endpoint, protocol]),
      [
        ['mcr.microsoft.com', 'https'],
        ['mcr.microsoft.com', 'http'],
        ['aka.ms/a?b=1', 'https'],
      ],
    );
  });
});

describe('what only looks like a manifest names file, line and mend', () => {
  for (const [what, text, message] of [
    ['another encoding', Buffer.from(`${tsv}# caf\u00e9`, 'latin1'), /a\.tsv:5: it is not in UTF-8: save it/],
    [
      'JSON',
      '[\n  {\n    "Service": [\n',
      /^\S+a\.tsv:1: none of the columns .*: take the module's own XML[^\n]*\n$/,
    ],
    [
      'a row of another region',
      body(line => `${line}\t${line.startsWith('endpoint') ? 'region' : 'westeurope'}`),
      /a\.tsv:3: the target "Check_One" is of westeurope, and the first line says EastUS/,
    ],
    [
      'quotes left open',
      tsv.replace('\tCheck_Two', '\t"Check_Two'),
      /a\.tsv:4: quotes that do not fit together: close/,
    ],
    ['a cell too few', tsv.replace('\tCheck_Two', ''), /a\.tsv:4: 8 cells where the header has 9: put a tab/],
    [
      'a cell too few before one that nobody reads',
      body(
        line => `${line.replace('\tCheck_Two', '')}\t${line.startsWith('endpoint') ? 'remediation' : 'x'}`,
      ),
      /a\.tsv:4: 9 cells where the header has 10/,
    ],
    ...(
      [
        ['10.0.0.0/24', /is a network: rules have names/],
        ['[2001:db8::1]:443', /is an IPv6 address: write the name/],
        ['a.*.contoso.example', /has a wildcard that is not the whole first label/],
        [
          '<name>.vault.azure.net',
          /stands for a name of one's own: write the one that the validator connects to/,
        ],
        ['yourkeyvaultname.vault.azure.net', /stands for a name of one's own/],
        ['a.example, b.example', /has a blank, comma or semicolon: write a row for each/],
        ['http://mcr.microsoft.com', /and the protocol https contradict each other: mend/],
      ] as const
    ).map(
      ([endpoint, message]) =>
        [
          `the endpoint ${endpoint}`,
          tsvText([cells(), cells({ endpoint })]),
          new RegExp(`a\\.tsv:4: .*${message.source}`),
        ] as const,
    ),
  ] as const)
    test(what, async () => {
      const { exitCode, stdout } = await imported(text, 'a.tsv');
      assert.equal(exitCode, 1);
      assert.match(stdout, message);
    });
});
