import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../../src/cli/allowlist-contract.ts';
import { aloneScript } from '../alone-script.ts';
import { ROOT } from '../paths.ts';
import { readArguments, type Request } from './arguments.ts';
import type { Commands } from './load-commands.ts';

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
  --edition         the dated list: {editions}; or its month, as 2026-07; 2022-01 when
                    it is absent
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

check holds a file of the network team against the list: a list of hosts, a table, Squid, FortiGate, Suricata, Azure
Firewall as Bicep, ARM or Terraform; - is standard input. It says what is covered, half covered, missing, and wider than needed.

Exit codes: 0 done, or everything covered; 1 check found something that is not, or may be refused; 2 wrong use.
`;

/** What the command writes to each of its streams, and how it ends. */
export interface Answer {
  readonly status: number;
  readonly stdout: string | Uint8Array;
  readonly stderr: string;
}

type Editions = readonly Readonly<Record<string, unknown>>[];

/** What the command says to these arguments. */
export function answer(args: readonly string[], commands: Commands, editions: Editions): Answer {
  const request = readArguments(args);
  if (request.kind === 'wrong') return wrongUse(request.message);
  if (request.kind === 'help')
    return { status: 0, stdout: usage(editions, commands.FORMAT_NAMES), stderr: '' };
  const outcome = outcomeOf(request, commands, editions);
  if (!outcome.ok) return wrongUse(outcome.message);
  return {
    status: outcome.exitCode ?? 0,
    stdout: outcome.text,
    stderr: outcome.notes.map(note => `${note}\n`).join(''),
  };
}

function outcomeOf(
  request: Extract<Request, { readonly options: unknown }>,
  { allowlistCommand, checkCommand, diffCommand }: Commands,
  editions: Editions,
): Outcome {
  if (request.kind === 'diff') return diffCommand(request.options, editions, strings());
  if (request.kind === 'list') {
    const options = { ...request.options, now: now(), checkTemplate: aloneScript() };
    return allowlistCommand(options, editions, strings());
  }
  const have = readInput(request.file);
  return have === undefined
    ? { ok: false, message: `--have ${JSON.stringify(request.file)} cannot be read.` }
    : checkCommand({ ...request.options, have }, editions, strings());
}

/** One line, whatever the message holds. */
function wrongUse(message: string): Answer {
  const [line = ''] = message.split(/\s*\n\s*/);
  return { status: 2, stdout: '', stderr: `allowlist: ${line} See --help.\n` };
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

/** With the names that the catalog has now. */
function usage(editions: Editions, formats: readonly string[]): string {
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
