import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { PowerShellHost } from '../../emulator/nodes/powershell-host.ts';
import { buildHost } from '../../scripts/build-host.ts';
import measurementsSchema from '../../src/app/reachability/record/measurements.schema.json' with { type: 'json' };
import { type ListOptions, offlineCode, type OfflineRun, offlineScript } from './offline-code.ts';

export interface Ended {
  /** What it printed. */
  readonly lines: readonly string[];
  readonly code: string;
  readonly file: string;
}

/** A folder for scripts and their files, and the simulated nodes' program; `remove` when the tests are over. */
export async function offlineFolder(): Promise<{
  readonly path: string;
  readonly remove: () => Promise<void>;
}> {
  await buildHost(line => console.error(line));
  const path = await mkdtemp(join(tmpdir(), 'offline-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The script for the newest list of East US, as it stands in the repository. */
export const EXAMPLE = join(import.meta.dirname, '../../docs/examples/Test-OutboundAllowlist.ps1');

let count = 0;
/** Runs the script as a person does, from its file. */
export async function runOffline(
  host: PowerShellHost,
  folder: string,
  list: ListOptions,
  more = '',
): Promise<Ended> {
  return runScript(host, folder, await offlineScript(list), more);
}

export async function runScript(
  host: PowerShellHost,
  folder: string,
  text: string,
  more = '',
): Promise<Ended> {
  const script = join(folder, `check-${(count += 1)}.ps1`);
  const file = join(folder, `result-${count}.json`);
  await writeFile(script, text);
  return { ...(await runLine(host, `& '${script}' -OutFile '${file}' ${more}`)), file };
}

export async function runLine(host: PowerShellHost, line: string): Promise<Omit<Ended, 'file'>> {
  const lines: string[] = [];
  await new Promise<void>(resolve => {
    host.run(
      { script: `${line}; "code $LASTEXITCODE"` },
      { output: value => lines.push(String(value)), end: () => resolve() },
    );
  });
  return { lines: lines.slice(0, -1), code: lines.at(-1) ?? '' };
}

const validate = new Ajv2020({ allErrors: true, strict: true }).compile(measurementsSchema);

export async function measured({
  file,
  lines,
}: Pick<Ended, 'file' | 'lines'>): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch(() => assert.fail(lines.join('\n')));
  return JSON.parse(text.replace(/^\uFEFF/, '')) as Record<string, unknown>;
}

/** Every file that the script writes must fit its schema. */
export async function runOf(ended: Pick<Ended, 'file' | 'lines'>): Promise<OfflineRun> {
  const file = await measured(ended);
  validate(file);
  assert.equal(validate.errors, null, JSON.stringify(validate.errors, null, 2));
  const text = JSON.stringify(file);
  return (await offlineCode()).readRunFile(text) ?? assert.fail(text.slice(0, 2000));
}

export const causes = (run: OfflineRun): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...run.cells.values()].flatMap(cells => [...cells].map(([id, { cause }]) => [id, cause] as const)),
  );
