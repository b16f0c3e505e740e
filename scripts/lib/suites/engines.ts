import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { findDotnet } from '../../../emulator/nodes/dotnet.ts';
import { takeLock } from '../../bootstrap/lock.mjs';
import { ROOT } from '../paths.ts';

/**
 * The programs that prove the files which the tool writes: Squid, Suricata, Bicep and Microsoft's Open XML validator.
 * They are unpacked below `.tools/engines`, not installed: a proxy or a firewall engine must not start by itself on
 * somebody's computer.
 */

const run = promisify(execFile);
const HOME = join(ROOT, '.tools/engines');
const BICEP = '0.49.2';
const VALIDATOR = join(ROOT, 'test/formats/validator');
const LIBRARIES = ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu'];

export interface Engine {
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A Debian program: the computer's own, else the unpacked one; undefined where it is neither. */
export function debianEngine(name: 'squid' | 'suricata'): Engine | undefined {
  const own = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin']
    .map(folder => join(folder, name))
    .find(file => existsSync(file));
  if (own !== undefined) return { program: own, env: process.env };
  const unpacked = ['usr/sbin', 'usr/bin'].map(folder => join(HOME, 'root', folder, name)).find(existsSync);
  const libraries = LIBRARIES.map(folder => join(HOME, 'root', folder)).join(delimiter);
  return unpacked === undefined
    ? undefined
    : { program: unpacked, env: { ...process.env, LD_LIBRARY_PATH: libraries } };
}

/** Where Squid keeps its error pages and types when it is unpacked. */
export const unpackedRoot = join(HOME, 'root');
export const bicepProgram = join(
  process.env['NUGET_PACKAGES'] ?? join(homedir(), '.nuget/packages'),
  `azure.bicep.commandline.linux-x64/${BICEP}/tools/bicep`,
);
export const validatorAssembly = join(HOME, 'validator/validator.dll');

/** Brings what is missing; what cannot be had is named by the tests that need it. */
export async function ensureEngines(log: (line: string) => void): Promise<void> {
  await mkdir(HOME, { recursive: true });
  const lock = await takeLock('engines', 'brings the programs that prove files');
  try {
    await Promise.all([ensureDotnetEngines(log), ensureDebianEngines(log)]);
  } finally {
    await lock.release();
  }
}

async function ensureDotnetEngines(log: (line: string) => void): Promise<void> {
  const stamp = join(HOME, 'validator/.inputs');
  const inputs = (
    await Promise.all(
      (await readdir(VALIDATOR)).filter(isSource).map(name => readFile(join(VALIDATOR, name), 'utf8')),
    )
  ).join('\n');
  const isBuilt = (await readFile(stamp, 'utf8').catch(() => '')) === inputs;
  if (isBuilt && existsSync(bicepProgram)) return;
  log('Bringing Bicep and the Open XML validator …');
  try {
    await run(
      findDotnet(),
      [
        'publish',
        join(VALIDATOR, 'validator.csproj'),
        '--configuration=Release',
        `--output=${join(HOME, 'validator')}`,
      ],
      { env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' } },
    );
    await chmod(bicepProgram, 0o755);
    await writeFile(stamp, inputs);
  } catch (error) {
    log(`Bicep and the Open XML validator could not be brought: ${String(error)}`);
  }
}

function isSource(name: string): boolean {
  return name.endsWith('.cs') || name.endsWith('.csproj');
}

async function ensureDebianEngines(log: (line: string) => void): Promise<void> {
  const missing = (['squid', 'suricata'] as const).filter(name => debianEngine(name) === undefined);
  if (missing.length === 0 || process.platform !== 'linux') return;
  log(`Unpacking ${missing.join(' and ')} below .tools …`);
  try {
    const apt = await aptOptions();
    await run('apt-get', ['-qq', 'update', ...apt]);
    for (const name of missing) {
      const backports = name === 'suricata' ? await backportsSuite() : undefined;
      const suite = backports === undefined ? [] : ['-t', backports];
      await run('apt-get', [
        '-y',
        '-qq',
        '--download-only',
        '--no-install-recommends',
        ...apt,
        ...suite,
        'install',
        name,
      ]);
    }
    const archives = join(HOME, 'apt/cache/archives');
    // Moved into place as a whole: half of it would look complete.
    const fresh = `${unpackedRoot}.new`;
    await rm(fresh, { recursive: true, force: true });
    if (existsSync(unpackedRoot)) await cp(unpackedRoot, fresh, { recursive: true, verbatimSymlinks: true });
    for (const file of (await readdir(archives)).filter(each => each.endsWith('.deb')))
      await run('dpkg', ['-x', join(archives, file), fresh]);
    await rm(unpackedRoot, { recursive: true, force: true });
    await rename(fresh, unpackedRoot);
    await rm(join(HOME, 'apt'), { recursive: true });
  } catch (error) {
    log(`${missing.join(' and ')} could not be brought: ${String(error)}`);
  }
}

/** Debian 12 has Suricata in its backports only; later ones and Ubuntu in the release itself. */
async function backportsSuite(): Promise<string | undefined> {
  const release = await readFile('/etc/os-release', 'utf8');
  return /^VERSION_CODENAME=bookworm$/m.test(release) ? 'bookworm-backports' : undefined;
}

/** An apt of our own: the computer's sources and those of the backports beside them; nothing of the system's changes. */
async function aptOptions(): Promise<readonly string[]> {
  const folder = join(HOME, 'apt');
  await rm(folder, { recursive: true, force: true });
  for (const each of ['parts', 'lists/partial', 'cache/archives/partial'])
    await mkdir(join(folder, each), { recursive: true });
  const parts = '/etc/apt/sources.list.d';
  // Only Debian's own: other sources may be out of reach, and are not needed.
  for (const name of (await readdir(parts)).filter(each => /^(debian|ubuntu)/.test(each)))
    await cp(join(parts, name), join(folder, 'parts', name));
  const backports = await backportsSuite();
  const debian = await readFile(join(parts, 'debian.sources'), 'utf8').catch(() => '');
  const [main] = debian.split(/\n\s*\n/);
  if (backports !== undefined && main !== undefined && main !== '')
    await writeFile(
      join(folder, 'parts/backports.sources'),
      `${main.replace(/^Suites:.*$/m, `Suites: ${backports}`)}\n`,
    );
  return [
    'Debug::NoLocking=1',
    `Dir::Etc::SourceParts=${join(folder, 'parts')}`,
    `Dir::State::Lists=${join(folder, 'lists')}`,
    `Dir::Cache=${join(folder, 'cache')}`,
  ].flatMap(option => ['-o', option]);
}
