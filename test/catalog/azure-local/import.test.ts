import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Edition } from '../../../src/catalog/tools/checks/edition.ts';
import { runImport } from '../../../src/catalog/tools/import/run-import.ts';

const folder = mkdtempSync(join(tmpdir(), 'catalog-import-'));
after(() => rmSync(folder, { recursive: true }));

const ORIGIN = `# source: github.com/contoso/lists HCI/east.md commit ${'a'.repeat(40)}; list undated`;
const HEADING = 'Id\tAzure Local Component\tEndpoint URL\tPort\tArc gateway support\tRequired for';
const GOOD = '1\tAzure Local AKS infra\tmcr.microsoft.com\t443\tNo\tDeployment';

let files = 0;
function list(...lines: readonly string[]): string {
  files += 1;
  const file = join(folder, `list-${files}.txt`);
  writeFileSync(file, lines.join('\n'));
  return file;
}

async function importInto(id: string, file: string, ...options: readonly string[]) {
  const target = options.length > 0 ? options : ['--region', 'eastus', '--cloud', 'public'];
  const run = await runImport(['--edition', id, '--folder', folder, ...target, file]);
  const path = join(folder, `${id}.json`);
  return { ...run, text: existsSync(path) ? readFileSync(path, 'utf8') : '' };
}

const tsv = (...rows: readonly string[]): string => list(ORIGIN, HEADING, ...rows);
const parsed = (text: string): Edition => JSON.parse(text) as Edition;

describe('catalog:import', () => {
  test('reads the same from tabs and from a Markdown table among text', async () => {
    const markdown = list(
      '# Required endpoints',
      '',
      'The list was last updated on some day.',
      '',
      '| Id | Azure Local Component | Endpoint URL | Port | Notes | Arc gateway support | Required for |',
      '|:--|---|---|---|---|---|---|',
      '| 1 | Azure Local AKS infra | `mcr.microsoft.com` | 443 | a \\| b | No | Deployment |',
      '',
      'Text after it.',
    );
    const source = `contoso/lists:HCI/east.md@${'a'.repeat(40)}`;
    const one = (await importInto('2030-01', tsv(GOOD))).text;
    const two = await importInto(
      '2030-02',
      markdown,
      '--region',
      'eastus',
      '--cloud',
      'public',
      '--source',
      source,
    );
    assert.equal(two.exitCode, 0, two.stdout + two.stderr);
    assert.equal(two.text, one.replaceAll('2030-01', '2030-02'));
  });

  const MARKDOWN = [
    '| Id | Azure Local Component | Endpoint URL | Port | Notes | Arc gateway support | Required for |',
    '|----|----|----|----|----|----|----|',
    '| 1 | Azure Local AKS infra | mcr.microsoft.com | 443 | | No | Deployment |',
  ];
  const page = (...lines: readonly string[]) =>
    importInto(
      '2030-11',
      list(...MARKDOWN, ...lines),
      ...['--region', 'eastus', '--cloud', 'public', '--source', `contoso/lists:east.md@${'a'.repeat(40)}`],
    );

  // As a vendor's list of June 2026 has its last row.
  test('reads a row of Markdown whose last bar is missing, or its first', async () => {
    const { exitCode, stdout, text } = await page(
      '| 2 | Azure Local AKS infra | www.microsoft.com | 443 | a | No | Deployment',
      '3 | Azure Local AKS infra | aka.ms | 443 | a | No | Deployment |',
    );
    assert.equal(exitCode, 0, stdout);
    assert.deepEqual(
      parsed(text).rules.map(rule => rule.host),
      ['mcr.microsoft.com', 'www.microsoft.com', 'aka.ms'],
    );
  });

  test('loses no row of Markdown: names one that an empty line cuts off, and text that is none', async () => {
    const cut = await page('', '| 2 | Azure Local AKS infra | aka.ms | 443 | | No | Deployment |');
    assert.equal(cut.exitCode, 1);
    assert.match(cut.stdout, /:5: a row after the end of the table: take out the empty line before it/);
    const text = await page('Text that is no row.');
    assert.equal(text.exitCode, 1);
    assert.match(text.stdout, /:4: 1 cells where the heading has 7/);
  });

  test('leaves other tables alone', async () => {
    const { exitCode, stdout } = await page('', '| Date | Change |', '|---|---|', '| May | More. |');
    assert.equal(exitCode, 0, stdout);
  });

  test('is idempotent, and takes the place of the list that the region had', async () => {
    const first = (await importInto('2030-03', tsv(GOOD))).text;
    assert.equal((await importInto('2030-03', tsv(GOOD))).text, first);
    const other = parsed((await importInto('2030-03', tsv(GOOD.replace('mcr.', 'www.')))).text);
    assert.deepEqual(
      other.rules.map(rule => rule.host),
      ['www.microsoft.com'],
    );
  });

  test('keeps the other regions, and says where a rule is needed', async () => {
    await importInto('2030-04', tsv(GOOD, GOOD.replace('1\t', '2\t').replace('mcr.', 'east.')));
    const { text } = await importInto('2030-04', tsv(GOOD), '--region', 'westeurope', '--cloud', 'public');
    const uses = parsed(text).features.flatMap(feature => feature.uses ?? []);
    assert.deepEqual(
      uses.map(use => [use.rule, use.regions, use.origins.length]),
      [
        ['mcr-microsoft-com-443', undefined, 2],
        ['east-microsoft-com-443', ['eastus'], 1],
      ],
    );
  });

  test('keeps the rules inside the network, with their sources, and tells of changes up to its date', async () => {
    const id = '2025-03';
    const file = join(folder, `${id}.json`);
    await importInto(id, tsv(GOOD), '--region', 'eastus', '--cloud', 'public', '--published', '2025-03-01');
    const edition = JSON.parse(readFileSync(file, 'utf8')) as Record<string, object>;
    const internalRules = [
      {
        ...{ id: 'smb', group: 'Nodes', purpose: 'Files.', from: 'Nodes', to: 'Nodes', protocol: 'tcp' },
        ...{ ports: ['445'], requirement: 'required' },
        origins: [{ source: 'page', section: 'Nodes', asWritten: '445' }],
      },
    ];
    const page = { title: 'Page', url: 'https://a.example', date: '2025-01-01' };
    const sources = { ...edition['sources'], page, stale: page };
    writeFileSync(file, JSON.stringify({ ...edition, sources, internalRules }));
    const after = parsed((await importInto(id, tsv(GOOD))).text);
    assert.deepEqual(after.internalRules, internalRules);
    assert.deepEqual(after.sources['page'], page);
    assert.equal(after.sources['stale'], undefined);
    const told = after.changes?.map(({ source }) => source) ?? [];
    assert.ok(told.includes('change-2025-02-21') && !told.includes('change-2025-03-31'), told.join());
    assert.equal(after.bypassInspection?.source, 'firewall-requirements');
  });

  test('says apart what two regions say differently', async () => {
    await importInto('2030-05', tsv(GOOD));
    const yes = tsv(GOOD.replace('No', 'Yes. 2408 or later new deployment'));
    const { text } = await importInto('2030-05', yes, '--region', 'westeurope', '--cloud', 'public');
    const uses = parsed(text).features.flatMap(feature => feature.uses ?? []);
    assert.deepEqual(
      uses.map(use => use.regions),
      [['eastus'], ['westeurope']],
    );
  });

  test('gives a vendor a feature of its own, with the host of a URL alone', async () => {
    const vendor = tsv('1\tSBE Manifest\thttps://downloads.dell.com/a/b.xml\t443\tNo\tDownload Connector');
    await importInto('2030-06', tsv(GOOD));
    const edition = parsed((await importInto('2030-06', vendor, '--vendor', 'dell')).text);
    const feature = edition.features.find(each => each.vendor === 'dell');
    assert.deepEqual(feature?.uses?.[0]?.origins[0]?.asWritten.url, 'https://downloads.dell.com/a/b.xml');
    assert.ok(edition.rules.some(rule => rule.host === 'downloads.dell.com' && rule.scheme));
  });

  for (const [cells, rules] of [
    ['crl.microsoft.com/pkiinfra\t80', ['http://crl.microsoft.com:80']],
    ['www.microsoft.com\t80, 443', ['http://www.microsoft.com:80', 'https://www.microsoft.com:443']],
    ['https://eastus.obo.arc.azure.com\t8084', ['https://eastus.obo.arc.azure.com:8084']],
    ['time.windows.com\t123', ['udp://time.windows.com:123']],
    ['azgn*.servicebus.windows.net\t443', ['https://azgn*.servicebus.windows.net:443']],
    ['<yourarcgatewayendpointid>.gw.arc.azure.net\t443', ['https://*.gw.arc.azure.net:443']],
    ['yourhcikeyvaultname.vault.azure.net\t443', ['https://*.vault.azure.net:443']],
    ['\u200bmcr.microsoft.com\u00a0\t443', ['https://mcr.microsoft.com:443']],
  ] as const)
    test(`understands ${JSON.stringify(cells)}`, async () => {
      const { text, stdout } = await importInto(
        '2030-07',
        tsv(`1\tAzure Local AKS infra\t${cells}\tNo\tDeployment 8 Post deployment`),
      );
      assert.deepEqual(
        parsed(text).rules.map(({ protocol, host, port }) => `${protocol}://${host}:${port}`),
        rules,
        stdout,
      );
    });

  test('asks for what only the owner knows, by the name that the list has for it', async () => {
    const { text } = await importInto(
      '2030-08',
      tsv(GOOD.replace('mcr.microsoft.com', 'yourhcikeyvaultname.vault.azure.net')),
    );
    assert.deepEqual(parsed(text).rules[0]?.placeholder, {
      name: 'key-vault',
      host: '[yourhcikeyvaultname].vault.azure.net',
    });
  });

  for (const [what, row, message] of [
    [
      'an unknown component',
      GOOD.replace('AKS infra', 'XYZ'),
      /:4: the component "Azure Local XYZ" is not known: add it/,
    ],
    [
      'a port that nothing is known of',
      GOOD.replace('443', '4430'),
      /:4: what listens on port "4430" is not known: write/,
    ],
    ['no port', GOOD.replace('443', ''), /:4: what listens on port ""/],
    [
      'an unknown time',
      GOOD.replace('Deployment', 'Sometimes'),
      /:4: "Sometimes" under "Required for" is not known/,
    ],
    [
      'an unknown word on Arc gateway',
      GOOD.replace('No', 'Maybe'),
      /:4: "Maybe" under "Arc gateway support"/,
    ],
    [
      'a host that is none',
      GOOD.replace('mcr.', 'm_r!.'),
      /:4: the host of "m_r!\.microsoft\.com" has the label/,
    ],
    ['a scheme and a port at odds', GOOD.replace('mcr', 'http://mcr'), /:4: .* contradict each other/],
    ['a missing cell', GOOD.replace('\tNo', ''), /:4: 5 cells where the heading has 6/],
    ['no row number', GOOD.replace('1', 'x'), /:4: "x" is no row number/],
  ] as const)
    test(`names file and line of ${what}, and writes nothing`, async () => {
      const { exitCode, stdout, text } = await importInto('2030-09', tsv(GOOD, row));
      assert.equal(exitCode, 1);
      assert.match(stdout, message);
      assert.match(stdout, /^\S+list-\d+\.txt:4: /);
      assert.equal(text, '');
    });

  test('refuses a table with unknown or missing columns', async () => {
    const { exitCode, stdout } = await importInto(
      '2030-09',
      list(ORIGIN, HEADING.replace('Port', 'Hafen'), GOOD),
    );
    assert.equal(exitCode, 1);
    assert.match(stdout, /:2: unknown column "Hafen"/);
    assert.match(stdout, /:2: no column "port"/);
  });

  test('refuses a text without a table, a list without an origin, and a region without a title', async () => {
    assert.match(
      (await importInto('2030-09', list('nothing'))).stdout,
      /:1: no table with a column "Endpoint URL" .*: take the list itself/,
    );
    assert.match(
      (await importInto('2030-09', list(HEADING, GOOD))).stdout,
      /does not say where it is from: .*--source/,
    );
    const unknown = await importInto('2030-09', tsv(GOOD), '--region', 'atlantis', '--cloud', 'public');
    assert.match(unknown.stdout, /atlantis has no title: add it to "regions"/);
  });

  test('says when a list comes without its date, and takes the month of the id', async () => {
    const without = await importInto('2030-12', tsv(GOOD));
    assert.match(without.stderr, /^catalog:import: The list has no date, .*--published/);
    assert.equal((JSON.parse(without.text) as { published: string }).published, '2030-12');
    const place = ['--region', 'eastus', '--cloud', 'public'];
    const dated = await importInto('2030-12', tsv(GOOD), ...place, '--published', '2030-12-15');
    assert.equal(dated.stderr, '');
    assert.equal((JSON.parse(dated.text) as { published: string }).published, '2030-12-15');
  });

  test('is a command: says what it wrote', () => {
    const options = ['--edition', '2030-10', '--folder', folder, '--region', 'eastus', '--cloud', 'public'];
    const run = spawnSync(process.execPath, ['scripts/catalog-import.ts', ...options, tsv(GOOD)], {
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stdout, /^Written: .*2030-10\.json\n$/);
  });

  for (const args of [
    [],
    ['--edition', 'latest', '--region', 'eastus', '--cloud', 'public', 'x'],
    ['--edition', '2030-01', '--region', 'eastus', 'x'],
    ['--edition', '2030-01', '--region', 'eastus', '--cloud', 'mars', 'x'],
    ['--edition', '2030-01', '--region', 'eastus', '--cloud', 'public', '--vendor', 'dell', 'x'],
    ['--edition', '2030-01', '--region', 'eastus', '--cloud', 'public'],
    ['--edition', '2030-01', '--region', 'eastus', '--cloud', 'public', '--published', 'May', 'x'],
    ['--edition', '2030-01', '--region', 'eastus', '--cloud', 'public', '--source', 'a/b:c@d', 'x'],
    ['--edition', '2030-01', '--region', 'eastus', '--cloud', 'public', 'not-there.tsv'],
    ['--what'],
  ])
    test(`says one line on wrong use: ${args.slice(2).join(' ') || args.join(' ') || 'nothing'}`, async () => {
      const { exitCode, stdout, stderr } = await runImport([...args, '--folder', folder]);
      assert.equal(exitCode, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^catalog:import: .+ See --help\.\n$/);
    });
});
