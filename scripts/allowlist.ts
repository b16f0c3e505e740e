/**
 * `npm run --silent allowlist -- --cloud public --format json`: the allowlist on stdout; with `diff` first, what changed
 * between two editions. The code is the tool's own (`src/cli`), bundled in memory because `src` is written for a bundler.
 */
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { build as Build, Plugin } from 'esbuild';
import { readCatalog } from '../src/catalog/tools/read-catalog.ts';
import { readArguments } from './lib/allowlist-arguments.ts';
import { aloneScript } from './lib/alone-script.ts';
import { httpEvidence } from './lib/http-evidence.ts';
import { ROOT } from './lib/paths.ts';
import type {
  AllowlistOptions,
  CheckOptions,
  Command,
  DiffOptions,
  Outcome,
} from '../src/cli/allowlist-contract.ts';

/** Where the few packages are with which this command is made (`scripts/bootstrap/packages.mjs`). */
const PACKAGES = process.env['ALLOWLIST_PACKAGES'] ?? ROOT;

const USAGE = `Usage: npm run --silent allowlist -- --cloud public|usgov|china --format FORMAT
         [--edition EDITION] [--region REGION] [--vendor VENDOR] [--feature ID]...
         [--requirement required|recommended|optional] [--blocks WHAT] [--arc-gateway] [--as-published] [--internal]
         [--witness ACCOUNT] [--key-vault NAME] [--arc-gateway-id ID] [--workspace ID] [--azure-region NAME]
         [--appliance-domain NAME] [--port N]
       npm run --silent allowlist -- diff --from EDITION --to EDITION --format json|csv
         [--cloud public|usgov|china] [--region REGION] [--vendor VENDOR]
       npm run --silent allowlist -- check --have FILE --cloud public|usgov|china [--format text|json|csv]
         [the options that choose a list]

Writes the outbound allowlist of Azure Stack HCI or Azure Local to stdout, or what changed between two editions of it.
Notes that change what the answer means go to stderr.

  --cloud           the Azure cloud that the cluster is registered in; diff takes public when it is absent
  --format          json: the published document's own shape; csv: one record a rule, with sources, and the rules
                    inside the network; diff: one object, or one record a difference. For a firewall or a person,
                    one file: {formats}. check-script: a PowerShell script that measures the list from a node that
                    Windows Admin Center cannot reach
  --port            the port of a palo-alto list, which cannot say ports itself; the most frequent when absent
  --edition         the dated list: {editions}; 2022-01 when it is absent
  --region          the list of one region, where an edition has lists by region: {regions}
  --vendor          also what hardware of this vendor needs: {vendors}
  --feature         only this feature, also one to which the document only links; may be given more than once
  --requirement     only rules of this requirement
  --blocks          only rules that block this: registration, deployment, update, witness, support, extensions or workload
  --arc-gateway     leave out what Arc gateway carries
  --as-published    hosts and ports as the document writes them, mistakes included
  --internal        only the rules inside the network
  --witness         storage account of the cloud witness       Without these, the wildcard is listed in place of
  --key-vault       key vault of the cluster                   the own host, and a note says so.
  --arc-gateway-id  first part of the Arc gateway's address
  --workspace       id of the Log Analytics workspace
  --azure-region    Azure region, where it is a part of hosts
  --appliance-domain
                    domain of the appliance of disconnected operations
  --help            this text

check holds a file of the network team against the list: a list of hosts, a table, Squid, FortiGate, Azure Firewall as
Bicep, ARM or Terraform; - is standard input. It says what is covered, half covered, missing, and wider than needed.

Exit codes: 0 done, or everything covered; 1 check found something that is not; 2 wrong use.
`;

async function main(args: readonly string[]): Promise<number> {
  const request = readArguments(args);
  if (request.kind === 'wrong') return wrongUse(request.message);
  const editions = readCatalog();
  const { allowlistCommand, checkCommand, diffCommand, FORMAT_NAMES } = await loadCommands();
  if (request.kind === 'help') {
    process.stdout.write(usage(editions, FORMAT_NAMES));
    return 0;
  }
  const run = (): Outcome => {
    if (request.kind === 'diff') return diffCommand(request.options, editions, strings());
    if (request.kind === 'list')
      return allowlistCommand(
        { ...request.options, now: now(), checkTemplate: aloneScript() },
        editions,
        strings(),
      );
    const have = readInput(request.file);
    return have === undefined
      ? { ok: false, message: `--have ${JSON.stringify(request.file)} cannot be read.` }
      : checkCommand({ ...request.options, have }, editions, strings());
  };
  const outcome = run();
  if (!outcome.ok) return wrongUse(outcome.message);
  for (const note of outcome.notes) process.stderr.write(`${note}\n`);
  process.stdout.write(outcome.text);
  return outcome.exitCode ?? 0;
}

/** `-` is standard input. */
function readInput(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch {
    return undefined;
  }
}

/** What a file is dated: today, or what builds that must come out the same say (reproducible-builds.org). */
function now(): Date {
  const epoch = process.env['SOURCE_DATE_EPOCH'] ?? '';
  return /^\d+$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date();
}

/** Takes packages from one folder: the project's own may be half installed, by another command at the same time. */
function packagesFrom(folder: string): Plugin {
  return {
    name: 'packages',
    setup(bundle) {
      bundle.onResolve({ filter: /^[^./]/ }, ({ path, kind, pluginData }) => {
        // A part of a package that only runs in Node, and not here.
        if (isBuiltin(path)) return { path, external: true };
        return kind === 'entry-point' || pluginData === folder
          ? undefined
          : bundle.resolve(path, { kind, resolveDir: folder, pluginData: folder });
      });
    },
  };
}

/** What the build makes of the catalog for the tool, without the build. */
const evidence: Plugin = {
  name: 'evidence',
  setup(bundle) {
    const filter = /\.generated\/authorities\/http-evidence\.json$/;
    bundle.onResolve({ filter }, ({ path }) => ({ path, namespace: 'evidence' }));
    bundle.onLoad({ filter, namespace: 'evidence' }, () => ({
      contents: JSON.stringify(httpEvidence()),
      loader: 'json',
    }));
  },
};

interface Bundler {
  readonly build: typeof Build;
}

interface Commands {
  readonly allowlistCommand: Command<AllowlistOptions>;
  readonly checkCommand: Command<CheckOptions>;
  readonly diffCommand: Command<DiffOptions>;
  readonly FORMAT_NAMES: readonly string[];
}

async function loadCommands(): Promise<Commands> {
  const { build } = (await import(
    pathToFileURL(join(PACKAGES, 'node_modules/esbuild/lib/main.js')).href
  )) as Bundler;
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'src/cli/commands.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
    plugins: [packagesFrom(PACKAGES), evidence],
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)) as Commands;
}

/** With the names that the catalog has now. */
function usage(editions: readonly Readonly<Record<string, unknown>>[], formats: readonly string[]): string {
  const idsIn = (field: string): string => {
    const all = editions.flatMap(edition => (edition[field] ?? []) as readonly { readonly id: string }[]);
    return [...new Set(all.map(({ id }) => id))].join(', ') || 'none yet';
  };
  return USAGE.replace('{editions}', editions.map(({ id }) => String(id)).join(', '))
    .replace('{regions}', idsIn('regions'))
    .replace('{vendors}', idsIn('vendors'))
    .replace('{formats}', formats.join(', '));
}

function strings(): Record<string, string> {
  return Object.assign(
    {},
    ...['allowlist', 'common', 'coverage', 'export', 'formats'].map(name =>
      json(`assets/strings/${name}.resjson`),
    ),
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
