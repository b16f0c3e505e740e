import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findDotnet, publishedFolder } from '../emulator/nodes/dotnet.ts';

/** Publishes the two .NET programs, `powershell-host` and `powershell-check`, for this platform. */

const root = join(import.meta.dirname, '..');
const tools = join(root, '.tools');
const PROGRAMS = ['powershell-host', 'powershell-check'] as const;
type Program = (typeof PROGRAMS)[number];

const run = promisify(execFile);

/** Builds what is stale; a program whose sources, SDK and platform did not change is left alone. */
export async function buildHost(log: (line: string) => void): Promise<void> {
  await mkdir(tools, { recursive: true });
  const dotnet = findDotnet();
  const sdk = (await run(dotnet, ['--version'], { cwd: root })).stdout.trim();
  const unlock = await lock();
  try {
    for (const program of PROGRAMS) await buildProgram(program, dotnet, sdk, log);
  } finally {
    await unlock();
  }
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
  if ((await readFile(stamp, 'utf8').catch(() => '')) === inputs) return;
  log(`Building ${program} …`);
  const fresh = `${target}.new`;
  await rm(fresh, { recursive: true, force: true });
  await publish(program, dotnet, sources, fresh);
  await writeFile(join(fresh, '.inputs'), inputs);
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target).catch(async () => {
    // Windows refuses to rename a folder that a scanner is looking at.
    await cp(fresh, target, { recursive: true });
    await rm(fresh, { recursive: true, force: true });
  });
}

async function publish(program: Program, dotnet: string, sources: string, output: string): Promise<void> {
  const options = [
    'publish',
    join(sources, `${program}.csproj`),
    '--configuration=Release',
    `--runtime=${runtimeIdentifier()}`,
    '--self-contained=false',
    '-p:PublishReadyToRun=true',
    `--artifacts-path=${join(tools, 'obj', program)}`,
    `--output=${output}`,
    '--nologo',
    // Build servers would outlive this command.
    '--disable-build-servers',
  ];
  try {
    await run(dotnet, options, { cwd: root, maxBuffer: 16 * 1024 * 1024 });
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

/** Several commands may want to build at once; one does, the others wait for it. */
async function lock(): Promise<() => Promise<void>> {
  const file = join(tools, 'build-host.lock');
  const own = `${file}.${process.pid}`;
  await writeFile(own, String(process.pid));
  try {
    // A link appears with its content, so that nobody reads a lock without an owner.
    while (!(await linked(own, file))) {
      const owner = Number(await readFile(file, 'utf8').catch(() => ''));
      if (owner > 0 && !isAlive(owner)) await rm(file, { force: true });
      else await delay(200);
    }
  } finally {
    await rm(own, { force: true });
  }
  return () => rm(file, { force: true });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

if (import.meta.main) {
  await buildHost(line => {
    console.log(line);
  });
}
