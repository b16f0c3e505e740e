/**
 * `npm run --silent allowlist -- --cloud public --format json`: the allowlist on stdout.
 * The code is the tool's own (`src/cli/allowlist.ts`), bundled in memory because `src` is written for a bundler.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { readCatalog } from './catalog/read-catalog.ts';
import type { AllowlistCommand, AllowlistOptions } from '../src/cli/allowlist-contract.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const USAGE = `Usage: npm run --silent allowlist -- --cloud public|usgov|china --format json|csv
         [--feature ID]... [--requirement required|recommended|optional] [--witness ACCOUNT]

Writes the outbound allowlist of Azure Stack HCI to stdout.

  --cloud        the Azure cloud that the cluster is registered in
  --format       json: the published document's own shape; csv: one record a rule, with sources
  --feature      only this feature; may be given more than once (registration, microsoft-update,
                 cloud-witness, remote-support)
  --requirement  only rules of this requirement
  --witness      storage account of the cloud witness; without it the wildcard is listed
  --help         this text

Exit codes: 0 done, 2 wrong use.
`;

/** Options that may stand once; a second value would silently win over the first. */
const ONCE = ['cloud', 'format', 'requirement', 'witness'] as const;

async function main(args: string[]): Promise<number> {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        cloud: { type: 'string', multiple: true },
        format: { type: 'string', multiple: true },
        requirement: { type: 'string', multiple: true },
        witness: { type: 'string', multiple: true },
        feature: { type: 'string', multiple: true },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return wrongUse(error instanceof Error ? error.message : String(error));
  }
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  const twice = ONCE.find(name => (values[name]?.length ?? 0) > 1);
  if (twice !== undefined) return wrongUse(`--${twice} was given more than once.`);
  const command = await loadCommand();
  const options: AllowlistOptions = {
    cloud: values.cloud?.[0],
    format: values.format?.[0],
    requirement: values.requirement?.[0],
    witness: values.witness?.[0],
    features: values.feature ?? [],
  };
  const outcome = command(
    options,
    readCatalog().find(({ id }) => id === '2022-01'),
    strings(),
  );
  if (!outcome.ok) return wrongUse(outcome.message);
  for (const note of outcome.notes) process.stderr.write(`${note}\n`);
  process.stdout.write(outcome.text);
  return 0;
}

async function loadCommand(): Promise<AllowlistCommand> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'src/cli/allowlist.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    logLevel: 'silent',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const loaded = (await import(`data:text/javascript;base64,${code}`)) as {
    allowlistCommand: AllowlistCommand;
  };
  return loaded.allowlistCommand;
}

function strings(): Record<string, string> {
  return Object.assign(
    {},
    ...['allowlist', 'export'].map(name => json(`assets/strings/${name}.resjson`)),
  ) as Record<string, string>;
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

/** One line, whatever the message holds. */
function wrongUse(message: string): number {
  process.stderr.write(`allowlist: ${message.split(/\s*\n\s*/)[0] ?? ''} See --help.\n`);
  return 2;
}

// A reader such as `head` may stop early: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await main(process.argv.slice(2));
