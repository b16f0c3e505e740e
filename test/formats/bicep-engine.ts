import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bicepProgram } from '../../scripts/lib/suites/engines.ts';

const run = promisify(execFile);
const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };

/** A rule of the group as Azure would get it. */
export interface PredictedRule {
  readonly ruleType: 'ApplicationRule' | 'NetworkRule';
  readonly name: string;
  readonly protocols?: readonly { readonly protocolType: string; readonly port: number }[];
  readonly targetFqdns?: readonly string[];
  readonly ipProtocols?: readonly string[];
  readonly destinationFqdns?: readonly string[];
  readonly destinationAddresses?: readonly string[];
  readonly destinationPorts?: readonly string[];
}

interface Collection {
  readonly name: string;
  readonly rules: readonly PredictedRule[];
}

/**
 * Compiles files in one go. The exit code says nothing, since a misspelt property is a warning only: nothing at all may
 * be said. What comes out is what Azure would get, expressions apart.
 */
export async function compileAll(
  files: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, readonly Collection[]>>> {
  assert.ok(
    existsSync(bicepProgram),
    'Bicep is needed to prove its formats: npm test brings it with the .NET SDK.',
  );
  return inFolder(async folder => {
    const names = Object.keys(files);
    await Promise.all(
      names.map((name, index) => writeFile(join(folder, `list${index}.bicep`), files[name] ?? '')),
    );
    const args = ['build', '--pattern', join(folder, '*.bicep'), '--diagnostics-format', 'sarif'];
    const { stderr } = await run(bicepProgram, args, { env, maxBuffer: 100_000_000 }).catch(
      (error: unknown) => error as { stderr: string },
    );
    // One SARIF document a file, one after the other.
    const runs = stderr
      .split(/(?<=^\})\s*(?=\{$)/m)
      .flatMap(text => (JSON.parse(text) as { runs: { results: { message: { text: string } }[] }[] }).runs);
    assert.ok(runs.length >= names.length, stderr);
    assert.deepEqual(
      runs.flatMap(each => each.results.map(({ message }) => message.text)),
      [],
    );
    const compiled = names.map(async (name, index) => {
      const template = await readFile(join(folder, `list${index}.json`), 'utf8');
      return [name, collectionsIn(template)] as const;
    });
    return Object.fromEntries(await Promise.all(compiled));
  });
}

export async function compile(bicep: string): Promise<readonly Collection[]> {
  return (await compileAll({ one: bicep }))['one'] ?? [];
}

/** The rule collections of an ARM template. A text that would be an expression begins with two brackets. */
export function collectionsIn(template: string): readonly Collection[] {
  const { resources } = JSON.parse(template) as {
    resources: Readonly<Record<string, unknown>> | readonly unknown[];
  };
  const all = Object.values(resources) as { properties?: { ruleCollections?: Collection[] } }[];
  return all.flatMap(({ properties }) => properties?.ruleCollections ?? []);
}

/** An ARM template through the same compiler: taken apart to Bicep, which must compile without a word. */
export async function decompile(template: string): Promise<readonly Collection[]> {
  const bicep = await inFolder(async folder => {
    const file = join(folder, 'allowlist.json');
    await writeFile(file, template);
    return (await run(bicepProgram, ['decompile', file, '--stdout'], { env })).stdout;
  });
  // Decompiled hosts have no pragma against the linter, which takes them for literals of `environment()`.
  return compile(bicep.replace(/^( *)'([^']*)'$/gm, "$1#disable-next-line no-hardcoded-env-urls\n$1'$2'"));
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bicep-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The doors that the rules open, in the words of the list. */
export function doorsOf(collections: readonly Collection[]): readonly string[] {
  return collections.flatMap(({ name, rules }) => {
    // Azure takes no collection of both kinds, and no compiler says so.
    assert.equal(new Set(rules.map(({ ruleType }) => ruleType)).size, 1, `${name} mixes kinds of rules`);
    return rules.flatMap(rule =>
      rule.ruleType === 'ApplicationRule'
        ? (rule.protocols ?? []).flatMap(({ protocolType, port }) =>
            (rule.targetFqdns ?? []).map(host => `${protocolType.toLowerCase()}://${host}:${port}`),
          )
        : [...(rule.destinationFqdns ?? []), ...(rule.destinationAddresses ?? [])].flatMap(host =>
            (rule.destinationPorts ?? []).map(
              port => `${(rule.ipProtocols ?? []).join().toLowerCase()}://${host}:${port}`,
            ),
          ),
    );
  });
}
