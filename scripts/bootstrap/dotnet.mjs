import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BootstrapError,
  canInstallDebianPackages,
  installDebianPackages,
  output,
  prependPath,
  say,
  succeeds,
  tools,
} from './shared.mjs';

const CHANNEL = '10.0';
const home = join(tools, 'dotnet');

/** The .NET SDK 10, which builds the PowerShell host of the simulated nodes. */
export async function ensureDotnet(env) {
  env.DOTNET_CLI_TELEMETRY_OPTOUT = '1';
  env.DOTNET_NOLOGO = '1';
  if (hasSdk('dotnet', env)) return;
  if (existsSync(home)) useOwn(env);
  if (hasSdk('dotnet', env)) return;
  if (canInstallDebianPackages(env)) {
    say('Installing the .NET SDK 10 from the system packages, for the simulated nodes …');
    if ((await installDebianPackages([`dotnet-sdk-${CHANNEL}`], env)) && hasSdk('dotnet', env)) return;
  }
  say("Bringing the .NET SDK 10 into .tools with Microsoft's install script, for the simulated nodes …");
  if (await runInstallScript(env)) useOwn(env);
  if (!hasSdk('dotnet', env))
    throw new BootstrapError(
      'The simulated nodes need the .NET SDK 10: install it from https://dot.net and run this again.',
    );
}

function hasSdk(program, env) {
  const windows = process.platform === 'win32';
  return /^10\./m.test(output(windows ? 'dotnet.exe' : program, ['--list-sdks'], env) ?? '');
}

function useOwn(env) {
  prependPath(home, env);
  env.DOTNET_ROOT = home;
}

async function runInstallScript(env) {
  const windows = process.platform === 'win32';
  const name = windows ? 'dotnet-install.ps1' : 'dotnet-install.sh';
  try {
    const answer = await fetch(`https://dot.net/v1/${name}`);
    if (!answer.ok) return false;
    await mkdir(tools, { recursive: true });
    const script = join(tools, name);
    await writeFile(script, await answer.text());
    return windows
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
            home,
          ],
          env,
        )
      : await succeeds('bash', [script, '--channel', CHANNEL, '--install-dir', home, '--no-path'], env);
  } catch {
    return false;
  }
}
