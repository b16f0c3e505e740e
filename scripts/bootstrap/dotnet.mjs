import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canInstallDebianPackages, installDebianPackages } from './debian.mjs';
import { BootstrapError, output, prependPath, say, succeeds, tools } from './shared.mjs';

const CHANNEL = '10.0';
const home = join(tools, 'dotnet');

/** The .NET SDK 10, which builds the PowerShell host of the simulated nodes. */
export const dotnet = {
  isThere(env) {
    env.DOTNET_CLI_TELEMETRY_OPTOUT = '1';
    env.DOTNET_NOLOGO = '1';
    if (hasSdk('dotnet', env)) return true;
    if (!hasSdk(join(home, PROGRAM), env)) return false;
    prependPath(home, env);
    env.DOTNET_ROOT = home;
    return true;
  },

  async bring(env) {
    if (canInstallDebianPackages(env)) {
      say('Installing the .NET SDK 10 from the system packages, for the simulated nodes …');
      if ((await installDebianPackages([`dotnet-sdk-${CHANNEL}`], env)) && hasSdk('dotnet', env)) return;
    }
    say("Bringing the .NET SDK 10 into .tools with Microsoft's install script, for the simulated nodes …");
    if (!(await runInstallScript(env)) || !hasSdk(join(home, PROGRAM), env))
      throw new BootstrapError(
        'The simulated nodes need the .NET SDK 10: install it from https://dot.net and run this again.',
      );
  },
};

const PROGRAM = process.platform === 'win32' ? 'dotnet.exe' : 'dotnet';

function hasSdk(program, env) {
  const name = program === 'dotnet' ? PROGRAM : program;
  return /^10\./m.test(output(name, ['--list-sdks'], env) ?? '');
}

/** Made beside its place and moved there whole, so that an interrupted download leaves nothing that looks complete. */
async function runInstallScript(env) {
  const fresh = `${home}.new`;
  const windows = process.platform === 'win32';
  const name = windows ? 'dotnet-install.ps1' : 'dotnet-install.sh';
  try {
    const answer = await fetch(`https://dot.net/v1/${name}`);
    if (!answer.ok) return false;
    await mkdir(tools, { recursive: true });
    const script = join(tools, name);
    await writeFile(script, await answer.text());
    await rm(fresh, { recursive: true, force: true });
    const worked = windows
      ? await succeeds(
          'powershell',
          [
            '-NoProfile',
            '-ExecutionPolicy',
            'Bypass',
            '-File',
            script,
            '-Channel',
            CHANNEL,
            '-InstallDir',
            fresh,
          ],
          env,
        )
      : await succeeds('bash', [script, '--channel', CHANNEL, '--install-dir', fresh, '--no-path'], env);
    if (!worked) return false;
    await rm(home, { recursive: true, force: true });
    await rename(fresh, home);
    return true;
  } catch {
    return false;
  }
}
