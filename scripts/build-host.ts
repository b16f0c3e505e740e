import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findDotnet, publishedFolder } from '../emulator/nodes/dotnet.ts';
import { type Lock, takeLock } from './bootstrap/lock.mjs';

/** Publishes the two .NET programs, `powershell-host` and `powershell-check`, for this platform. */

const root = join(import.meta.dirname, '..');
const tools = join(root, '.tools');
export const PROGRAMS = ['powershell-host', 'powershell-check'] as const;
export type Program = (typeof PROGRAMS)[number];

const run = promisify(execFile);

/**
 * Builds what is stale of these programs; one whose sources, SDK and platform did not change is left alone. Several
 * commands may want to build at once; one does, the others wait for it.
 */
export async function buildHost(
  log: (line: string) => void,
  programs: readonly Program[] = PROGRAMS,
): Promise<void> {
  await mkdir(tools, { recursive: true });
  const dotnet = findDotnet();
  const sdk = (await run(dotnet, ['--version'], { cwd: root })).stdout.trim();
  await Promise.all(programs.map(program => buildProgram(program, dotnet, sdk, log)));
}

async function buildProgram(
  program: Program,
  dotnet: string,
  sdk: string,
  log: (line: string) => void,
): Promise<void> {
  const sources = join(root, 'emulator', program);
  const target = publishedFolder(program);
  const stamp = join(target, '.inputs');
  const inputs = await hashOf(sources, `${sdk} ${runtimeIdentifier()}`);
  const isBuilt = async (): Promise<boolean> => (await readFile(stamp, 'utf8').catch(() => '')) === inputs;
  if (await isBuilt()) return;
  const lock = await takeLock(program, `builds ${program}`);
  try {
    if (await isBuilt()) return;
    log(`Building ${program} …`);
    const fresh = `${target}.new`;
    await rm(fresh, { recursive: true, force: true });
    await publish(program, dotnet, sources, fresh, lock);
    await writeFile(join(fresh, '.inputs'), inputs);
    await rm(target, { recursive: true, force: true });
    await rename(fresh, target).catch(async () => {
      // Windows refuses to rename a folder that a scanner is looking at.
      await cp(fresh, target, { recursive: true });
      await rm(fresh, { recursive: true, force: true });
    });
  } finally {
    await lock.release();
  }
}

async function publish(
  program: Program,
  dotnet: string,
  sources: string,
  output: string,
  lock: Lock,
): Promise<void> {
  const artifacts = join(tools, 'obj', program);
  const unfinished = `${artifacts}.unfinished`;
  // What a build that was ended has left there may be half written, and newer than its sources.
  if (existsSync(unfinished)) await rm(artifacts, { recursive: true, force: true });
  await mkdir(join(tools, 'obj'), { recursive: true });
  await writeFile(unfinished, '');
  const options = [
    'publish',
    join(sources, `${program}.csproj`),
    '--configuration=Release',
    `--runtime=${runtimeIdentifier()}`,
    '--self-contained=false',
    '-p:PublishReadyToRun=true',
    `--artifacts-path=${artifacts}`,
    `--output=${output}`,
    '--nologo',
    // Build servers would outlive this command.
    '--disable-build-servers',
  ];
  try {
    const building = run(dotnet, options, { cwd: root, maxBuffer: 16 * 1024 * 1024 });
    lock.holdFor(building.child);
    await building;
    await rm(unfinished);
  } catch (error) {
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
    throw new Error(`${program} could not be built:\n${output.trim()}`, { cause: error });
  }
}

/** .NET's name of this platform, for example `linux-x64`. */
function runtimeIdentifier(): string {
  const systems: Readonly<Record<string, string>> = { win32: 'win', darwin: 'osx', linux: 'linux' };
  return `${systems[process.platform] ?? process.platform}-${process.arch}`;
}

async function hashOf(folder: string, seed: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !/[\\/](bin|obj)[\\/]/.test(file.slice(folder.length)))
    .sort();
  const hash = createHash('sha256').update(seed);
  for (const file of files)
    hash.update(`\0${file.slice(folder.length)}\0`.replaceAll('\\', '/')).update(await readFile(file));
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = PROGRAMS.filter(program => process.argv.includes(program));
  await buildHost(
    line => {
      console.log(line);
    },
    named.length > 0 ? named : PROGRAMS,
  );
}
