import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildTool, type Log } from './build.ts';
import { nugetPackage } from './lib/nuget-package.ts';
import { APP_FOLDER, ROOT } from './lib/paths.ts';
import { readPowerShellModule } from './lib/powershell-module.ts';

/** `npm run package [-- --project-url URL]`: builds the tool and writes the NuGet package; its path goes to stdout. */

const USAGE = 'Usage: npm run package [-- --project-url URL]';
/** The subject's own page, until a publisher names the place of its copy of this project. */
const DEFAULT_PROJECT_URL = 'https://learn.microsoft.com/azure-stack/hci/concepts/firewall-requirements';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly powerShellModuleName: string;
  readonly resources: readonly [
    { readonly strings: Record<'displayName' | 'description' | 'keywords', string> },
  ];
}

/** Writes the package into `dist/package` and resolves with its path. */
export async function writePackage(projectUrl: string, log: Log): Promise<string> {
  await buildTool(log);
  const manifest = JSON.parse(await readFile(join(ROOT, 'manifest.json'), 'utf8')) as Manifest;
  const words = manifest.resources[0].strings;
  const files = new Map<string, Uint8Array>();
  for (const file of await filesOf(APP_FOLDER)) {
    files.set(`ux/${relative(APP_FOLDER, file).split(sep).join('/')}`, await readFile(file));
  }
  const module = readPowerShellModule(manifest.powerShellModuleName, manifest.version);
  for (const [name, text] of Object.entries(module.files)) {
    files.set(`ux/powershell-module/${module.name}/${name}`, Buffer.from(text, 'ascii'));
  }
  files.set('LICENSE', await readFile(join(ROOT, 'LICENSE')));
  files.set('icon.png', await readFile(join(ROOT, 'assets/icons/outbound-connectivity.png')));
  const bytes = nugetPackage(
    {
      id: manifest.name,
      version: manifest.version,
      title: words.displayName,
      authors: 'Outbound connectivity contributors',
      description: words.description,
      projectUrl,
      licenseUrl: 'https://opensource.org/license/mit',
      tags: words.keywords.replaceAll(', ', ' '),
      releaseNotes: `See CHANGELOG.md for version ${manifest.version}.`,
    },
    files,
  );
  const target = join(ROOT, 'dist/package', `${manifest.name}.${manifest.version}.nupkg`);
  await mkdir(join(ROOT, 'dist/package'), { recursive: true });
  await writeFile(target, bytes);
  return target;
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}

/** The value of --project-url; anything else is told in one line, exit 2. */
function readProjectUrl(argv: string[]): string {
  try {
    const { values } = parseArgs({ args: argv, options: { 'project-url': { type: 'string' } } });
    const url = values['project-url'] ?? DEFAULT_PROJECT_URL;
    if (URL.parse(url)?.protocol === 'https:') return url;
  } catch {
    // Told below.
  }
  console.error(USAGE);
  process.exit(2);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const projectUrl = readProjectUrl(process.argv.slice(2));
  console.log(
    await writePackage(projectUrl, message => {
      console.error(message);
    }),
  );
}
