import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { runImport } from '../../../src/catalog/tools/import/run-import.ts';
import type { ManifestFile } from '../../../src/catalog/tools/validator/manifest.ts';
import { type Cells, cells, COLUMNS, manifestFile, tsvText, xmlText } from './manifest-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'catalog-manifest-'));
after(() => rmSync(folder, { recursive: true }));
const EDITION = 'azure-local-2026-07';

let files = 0;
/** A folder of its own for each file, so that names can be the module's. */
function file(name: string, text: string): string {
  files += 1;
  return manifestFile(mkdtempSync(join(folder, `${files}-`)), name, text);
}

const tsv = (rows: readonly Cells[], region?: string): string => file('manifest.tsv', tsvText(rows, region));
const xml = (text: string, region = 'EastUS'): string =>
  file(`AzStackHciConnectivityTargets-${region}.xml`, text);

async function imported(path: string, ...options: readonly string[]) {
  const out = mkdtempSync(join(folder, 'out-'));
  const run = await runImport(['--validator', path, '--folder', out, ...options]);
  const manifest = (region: string): ManifestFile =>
    JSON.parse(readFileSync(join(out, EDITION, `${region}.json`), 'utf8')) as ManifestFile;
  return { ...run, manifest, wrote: existsSync(join(out, EDITION)) };
}

const QUERY = cells({ endpoint: 'aka.ms/a?b=1&c=2', name: 'Check_Query', severity: 'Informational' });

describe('importing a manifest', () => {
  test('reads the same from XML and from its columns, and says what became of the rows', async () => {
    const rows = [
      cells(),
      QUERY,
      cells({ endpoint: 'new.contoso.example:8084', service: 'Unheard of', operation: 'Workload' }),
      cells({ endpoint: 'microsoft.com', protocol: '', operation: '', service: 'System' }),
    ];
    rows[3] = { ...cells(), ...rows[3], name: 'System_Check_DNS_External_Hostname_Resolution' };
    const one = await imported(xml(xmlText(rows)));
    const two = await imported(tsv(rows));
    assert.equal(one.exitCode, 0, one.stdout + one.stderr);
    assert.equal(two.exitCode, 0, two.stdout + two.stderr);
    assert.deepEqual(two.manifest('eastus').rows, one.manifest('eastus').rows);
    assert.match(
      one.stdout,
      /: 4 rows, 2 of them covered by azure-local-2026-07, 1 added \(new\.contoso\.example:8084\), 1 excused\.$/m,
    );
    assert.match(one.stderr, /^catalog:import: The service "Unheard of" is not known, .* name its feature/);
    assert.deepEqual(one.manifest('eastus').rows[1], {
      ...{ endpoint: 'aka.ms/a?b=1&c=2', protocol: 'https', severity: 'informational', mandatory: true },
      ...{ operations: ['Deployment', 'Update'], arcGateway: true, service: 'Azure Kubernetes Service' },
      ...{ name: 'Check_Query', title: 'One' },
    });
  });

  test('knows where it is from: its first line, the module of its version, or as told', async () => {
    const undated = await imported(xml(xmlText([cells()])));
    assert.match(undated.stderr, /no date of its own, so none is shown .*: --published gives the module's/);
    const fromModule = undated.manifest('eastus');
    assert.equal(fromModule.source.undated, 'It came without its date.');
    assert.equal(fromModule.version, '10.1.2.3');
    assert.match(fromModule.source.url ?? '', /^https:\/\/www\.powershellgallery\.com\/.*\/10\.1\.2\.3$/);
    const fromLine = (await imported(tsv([cells()]), '--published', '2026-06-20')).manifest('eastus');
    assert.deepEqual(fromLine.source, {
      title: "Microsoft's validator (AzStackHci.EnvironmentChecker 10.1.2.3), East US",
      ...{ repository: 'contoso/module', path: 'XML/AzStackHciConnectivityTargets-EastUS.xml' },
      ...{ commit: 'a'.repeat(40), date: '2026-06-20' },
    });
    const bare = file('westeurope.tsv', tsvText([cells()]).replace(/^#.*\n/, ''));
    const without = await imported(bare);
    assert.equal(without.exitCode, 1);
    assert.match(without.stdout, /westeurope\.tsv:1: it does not say where it is from: .*--source/);
    const told = await imported(bare, '--source', `contoso/lists:a.tsv@${'b'.repeat(40)}`);
    assert.equal(told.manifest('westeurope').source.commit, 'b'.repeat(40));
  });

  test('knows the region by the name of the file, by Azure’s name, and the scopes of several regions', async () => {
    const india = xml(xmlText([cells()], 'centralindia'), 'centralindia');
    assert.equal((await imported(india)).manifest('indiacentral').region, 'indiacentral');
    const all = file('AzStackHciConnectivityTargets-Global.xml', xmlText([cells()], 'Global'));
    assert.equal((await imported(all)).manifest('global').region, 'global');
    const told = file('copy.xml', xmlText([cells()], 'Global'));
    assert.equal((await imported(told, '--region', 'japaneast')).manifest('japaneast').region, 'japaneast');
  });

  test('takes several at once, and none where one is damaged', async () => {
    const good = xml(xmlText([cells()]));
    const bad = xml(xmlText([cells({ severity: 'Fatal' })], 'westeurope'), 'westeurope');
    const run = await imported(good, bad);
    assert.equal(run.exitCode, 1);
    assert.equal(run.wrote, false);
    assert.match(run.stdout, /^\S+westeurope\.xml:\d+: the severity "Fatal"/);
    assert.match(
      (await imported(good, xml(xmlText([cells()])))).stdout,
      /Two of the files are manifests of eastus/,
    );
  });

  test('is one command', () => {
    const out = mkdtempSync(join(folder, 'command-'));
    const run = spawnSync(
      process.execPath,
      ['scripts/catalog-import.ts', '--validator', xml(xmlText([cells()])), '--folder', out],
      { encoding: 'utf8' },
    );
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stdout, /^Written: .*azure-local-2026-07\/eastus\.json: 1 rows/);
  });
});

const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

/** A change of a good XML file, where the mistake is, and what is said. */
const DAMAGED_XML: readonly (readonly [string, (text: string) => string, string, RegExp])[] = [
  ['an element left open', text => text.replace('</Object>', ''), '</Objects>', /no whole XML .*: mend that/],
  [
    'an attribute without quotes',
    text => text.replace('Name="Title"', 'Name=Title'),
    'Name=Title',
    /no whole XML/,
  ],
  ['an end in the middle', text => text.slice(0, text.indexOf('"Severity"')), 'never', /no whole XML/],
  ['an entity of its own', text => text.replace('One<', '&bomb;<'), '&bomb;', /no whole XML .*bomb/],
  [
    'a document type',
    text => text.replace('<Objects>', '<!DOCTYPE o [<!ENTITY b "x">]>\n<Objects>'),
    '<!DOCTYPE',
    /a document type or entity: take it out/,
  ],
  [
    'another object',
    text => text.replace('ConnectivityManifest', 'Other'),
    '<Objects',
    /no object of the type/,
  ],
  ['no version', text => text.replace('"Version"', '"Edition"'), '<Object Type', /no property "Version"/],
  ['no targets', text => text.replace('"Targets"', '"Goals"'), '<Object Type', /no property "Targets"/],
  [
    'a property that is missing',
    text => text.replace('"ArcGateway"', '"Gateway"'),
    '<Property Type="AzStackHciConnectivityTarget"',
    /the target "Check_One" has no property "ArcGateway": add it/,
  ],
  [
    'an unknown severity',
    text => text.replace('CRITICAL', 'Fatal'),
    '"Severity"',
    /the severity "Fatal" of "Check_One" is not known: write one of critical, warning, informational/,
  ],
  ['no severity', text => text.replace('CRITICAL', ''), '"Severity"', /the severity "" of/],
  [
    'a target of another region',
    text => text.replace('>EastUS<', '>westeurope<'),
    '"Region"',
    /the target "Check_One" is of westeurope, and the name of the file says EastUS/,
  ],
  [
    'a host that is none',
    text => text.replace('mcr.microsoft.com', 'mcr_x'),
    '"EndPoint"',
    /the host of "mcr_x"/,
  ],
];

describe('a damaged manifest names file, line and mend', () => {
  for (const [mistake, change, place, message] of DAMAGED_XML)
    test(`XML with ${mistake}`, async () => {
      const text = change(xmlText([cells()]));
      const { exitCode, stdout, wrote } = await imported(xml(text));
      assert.equal(exitCode, 1, stdout);
      assert.match(stdout, message);
      const line = text.includes(place) ? lineOf(text, place) : text.split('\n').length;
      assert.match(stdout, new RegExp(`EastUS\\.xml:${line}: `), stdout);
      assert.equal(wrote, false);
    });

  for (const column of COLUMNS)
    test(`columns without ${column}`, async () => {
      const text = tsvText(
        [cells()],
        'EastUS',
        COLUMNS.filter(each => each !== column),
      );
      const { exitCode, stdout } = await imported(file('a.tsv', text));
      assert.equal(exitCode, 1);
      assert.match(stdout, new RegExp(`a\\.tsv:2: no column "${column}": add it`));
    });

  for (const [change, message] of [
    [{ severity: 'Hidden' }, /the severity "Hidden"/],
    [{ protocol: 'ftp' }, /the protocol "ftp" is not known: write https or http/],
    [{ mandatory: 'yes' }, /"yes" under "mandatory" is neither True nor False/],
    [{ arcGateway: '' }, /"" under "arcGateway" is neither/],
    [{ operation: 'Deployment,Juggling' }, /the operation "Juggling" is not known/],
    [{ endpoint: 'a b.example' }, /the host of "a b\.example" has a blank, .*: write a row for each/],
    [{ endpoint: '' }, /the row has a protocol and no endpoint/],
    [{ endpoint: 'a.example:99999' }, /port 99999: ports go from 1 to 65535/],
    [{ name: '' }, /the row has no name/],
  ] as const)
    test(`a row with ${JSON.stringify(change)}`, async () => {
      const { exitCode, stdout, wrote } = await imported(tsv([cells(), cells(change)]));
      assert.equal(exitCode, 1);
      assert.match(stdout, message);
      assert.match(stdout, /^\S+manifest\.tsv:4: /);
      assert.equal(wrote, false);
    });

  for (const [name, text, message] of [
    ['a.tsv', '', /a\.tsv:1: no header/],
    ['a.xml', '\uFEFF<\0O\0', /a\.xml:1: it is in UTF-16 .* without its mark.*: save it in UTF-8/],
    ['a.xml', 'nothing at all', /a\.xml:1: it is no whole XML/],
    ['a.tsv', tsvText([]), /a\.tsv:\d+: no row follows the header/],
    ['a.tsv', tsvText([cells()]).replace('\tTrue\t', '\t'), /a\.tsv:3: 8 cells where the header has 9/],
    ['a.tsv', tsvText([cells()]).replace('title', 'Titel'), /a\.tsv:2: the column "Titel" is not known/],
    [
      'a.tsv',
      tsvText([cells()], 'uksouth'),
      /a\.tsv:1: the first line says uksouth, and azure-local-2026-07 has no such region/,
    ],
    [
      'westeurope.tsv',
      tsvText([cells()]),
      /westeurope\.tsv:1: the name of the file is of westeurope, and the first line says EastUS/,
    ],
  ] as const)
    test(`${name}: ${String(message)}`, async () => {
      const { exitCode, stdout } = await imported(file(name, text));
      assert.equal(exitCode, 1);
      assert.match(stdout, message);
    });

  test('a region that contradicts, by name or by hosts', async () => {
    const rows = [cells(), cells({ endpoint: 'westeurope.login.microsoft.com' })];
    assert.match(
      (await imported(tsv(rows), '--region', 'japaneast')).stdout,
      /:1: the first line is of EastUS, and --region says japaneast/,
    );
    const bare = file('a.tsv', tsvText(rows).replace(/AzStackHciConnectivityTargets-EastUS\.xml/, 'a.tsv'));
    assert.match(
      (await imported(bare)).stdout,
      /:1: it does not say of which region it is: name it with --region/,
    );
    assert.match(
      (await imported(bare, '--region', 'eastus')).stdout,
      /a\.tsv:4: "westeurope\.login\.microsoft\.com" is of westeurope, and no endpoint is of eastus/,
    );
  });

  for (const args of [
    ['not-there.xml'],
    ['a.xml', '--edition', '2030-01'],
    ['a.xml', '--edition', '2022-01'],
    ['a.xml', '--published', 'May'],
    ['a.xml', '--source', 'x'],
    ['a.xml', '--cloud', 'public'],
  ])
    test(`says one line on wrong use: ${args.join(' ')}`, async () => {
      const { exitCode, stdout, stderr } = await runImport(['--validator', ...args, '--folder', folder]);
      assert.equal(exitCode, 2, stdout);
      assert.equal(stdout, '');
      assert.match(stderr, /^catalog:import: .+ See --help\.\n$/);
    });
});
