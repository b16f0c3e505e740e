import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib/paths.ts';

/** `npm run examples`: one file of each format below `docs/examples`, from the newest list of East US, by the command line itself. */

const LIST = ['--cloud', 'public', '--edition', 'azure-local-2026-07', '--region', 'eastus'];

/** Name of the file below `docs/examples` by format. */
export const EXAMPLES = {
  json: 'allowlist.json',
  csv: 'allowlist.csv',
  bicep: 'azure-firewall.bicep',
  arm: 'azure-firewall.arm.json',
  terraform: 'azure-firewall.tf',
  squid: 'squid.conf',
  xlsx: 'allowlist.xlsx',
  markdown: 'allowlist.md',
  html: 'allowlist.html',
  suricata: 'suricata.rules',
  'palo-alto': 'palo-alto.443.txt',
  fortigate: 'fortigate.txt',
  'check-script': 'Test-OutboundAllowlist.ps1',
} as const;

/** The file as the command line writes it, dated as the list is: the same list is the same file on every day. */
export function example(format: keyof typeof EXAMPLES): Buffer {
  const day = String(Date.UTC(2026, 6, 14, 12) / 1000);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'scripts/allowlist.ts'), ...LIST, '--format', format],
    { env: { ...process.env, SOURCE_DATE_EPOCH: day, TZ: 'UTC' }, maxBuffer: 100_000_000 },
  );
  if (status !== 0) throw new Error(stderr.toString());
  return stdout;
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(join(ROOT, 'docs/examples'), { recursive: true });
  for (const format of Object.keys(EXAMPLES) as (keyof typeof EXAMPLES)[])
    writeFileSync(join(ROOT, 'docs/examples', EXAMPLES[format]), example(format));
}
