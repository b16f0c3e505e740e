import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { runImport } from '../../../src/catalog/tools/import/run-import.ts';

const folder = mkdtempSync(join(tmpdir(), 'catalog-origin-'));
after(() => rmSync(folder, { recursive: true }));

const HEADING = 'Id\tAzure Local Component\tEndpoint URL\tPort\tArc gateway support\tRequired for';
const GOOD = '1\tAzure Local AKS infra\tmcr.microsoft.com\t443\tNo\tDeployment';

let files = 0;
function from(path: string): string {
  files += 1;
  const file = join(folder, `list-${files}.txt`);
  const origin = `# source: github.com/Azure/AzureStack-Tools ${path} commit ${'a'.repeat(40)}; list undated`;
  writeFileSync(file, [origin, HEADING, GOOD].join('\n'));
  return file;
}

const importInto = (id: string, file: string, ...options: readonly string[]) =>
  runImport(['--edition', id, '--folder', folder, ...options, file]);

describe("the importer holds a file's own origin against what it is given", () => {
  const EUROPE = 'HCI/WestEuropeendpoints/westeurope-hci-endpoints.md';
  const DELL = 'HCI/OEMEndpoints/Dell/DellAzureLocalEndpoints.md';

  for (const [path, options, message] of [
    [
      EUROPE,
      ['--region', 'eastus', '--cloud', 'public'],
      /:1: it is from .*westeurope, not of eastus: give --region westeurope/,
    ],
    [
      'HCI/NorthEuropeEndpoints/northeurope-hci-endpoints.md',
      ['--region', 'eastus', '--cloud', 'public'],
      /the list of region northeurope, not of eastus/,
    ],
    [
      EUROPE,
      ['--vendor', 'dell'],
      /the list of region westeurope: give --region westeurope with --cloud public/,
    ],
    [DELL, ['--vendor', 'hpe'], /the list of vendor dell, not of hpe: give --vendor dell/],
    [
      DELL,
      ['--region', 'eastus', '--cloud', 'public'],
      /the list of vendor dell: give --vendor dell instead/,
    ],
    [
      'HCI/usgovvirginia-hci-endpoints/usgovvirginia-hci-endpoints.md',
      ['--region', 'usgovvirginia', '--cloud', 'public'],
      /region usgovvirginia is in cloud usgov, not in public: give --cloud usgov/,
    ],
  ] as const)
    test(`holds ${path} against ${options.join(' ')}`, async () => {
      await importInto('2031-01', from('east.md'), '--region', 'eastus', '--cloud', 'public');
      const run = await importInto('2031-01', from(path), ...options);
      assert.equal(run.exitCode, 1);
      assert.match(run.stdout, message);
      assert.equal(run.stdout.trimEnd().split('\n').length, 1, run.stdout);
    });

  test("says to import a region first when an edition would begin with a vendor's list", async () => {
    const run = await importInto('2031-02', from(DELL), '--vendor', 'dell');
    assert.equal(run.exitCode, 1);
    assert.match(run.stdout, /^2031-02 has no region yet, .*: import a region first\.\n$/);
  });
});
