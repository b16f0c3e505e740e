import type { PowerShellConnection } from '@microsoft/windows-admin-center-sdk/core/data/powershell-connection';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEVER, of } from 'rxjs';
import { SCRIPT_NAMES, type ScriptName } from '../remote-shell';
import { SdkRemoteShell } from './sdk-remote-shell';

const FOLDER = join(__dirname, '../../../powershell');
const read = (path: string): string => readFileSync(join(FOLDER, path), 'utf8');
/** A script with the parts that are put into it. */
const textOf = (name: string): string =>
  read(`${name}.ps1`).replace(/^# Shared: (.*)$/gm, (_, part: string) => read(`shared/${part}.ps1`));
/** Whom the gateway lets run a script, as its header says. */
const roleOf = (text: string): string => /^\.ROLE\s+(\w+)/m.exec(text)?.[1] ?? '';

/** Commands of `emulator/powershell-check/commands.json` with which a script can change a node. */
const CHANGES =
  /\b(?:(?:New|Set|Add|Remove|Copy|Move|Rename|Clear)-(?:Item|ItemProperty|Content|WinInetProxy)|(?:Restart|Stop|Start)-(?:Service|Process)|Install-\w+|netsh(?:\.exe)?|icacls\.exe)\b/;

/** Whether the gateway is told to write a command into its audit. */
function isAudited(name: ScriptName): unknown {
  const scripts = Object.fromEntries(SCRIPT_NAMES.map(each => [each, ''])) as Record<ScriptName, string>;
  const audited: unknown[] = [];
  const channel = {
    createAutomaticSession: (node: string) => ({ node }),
    run: (_session: unknown, _command: unknown, options: { logAudit: unknown }) => {
      audited.push(options.logAudit);
      return of({ completed: 'True', results: [] });
    },
    cancel: () => NEVER,
  };
  const shell = new SdkRemoteShell(channel as unknown as PowerShellConnection, scripts, () => of(false));
  shell.run('node1', { name }, 1000).subscribe();
  expect(audited.length).toBe(1);
  return audited[0];
}

describe('the gateway’s audit', () => {
  beforeAll(() => {
    (globalThis as unknown as { MsftSme: unknown }).MsftSme = { self: () => ({ Init: {} }) };
  });

  it('knows every script', () => {
    const files = readdirSync(FOLDER).flatMap(file => (file.endsWith('.ps1') ? [file.slice(0, -4)] : []));
    expect([...SCRIPT_NAMES].sort()).toEqual(files.sort());
  });

  it.each(SCRIPT_NAMES)('has %s when it can change a node, and only then', name => {
    const text = textOf(name);
    const code = text.replace(/<#[^]*?#>/, '').replace(/^\s*#.*$/gm, '');
    // Its own functions are what they call.
    const own = [...code.matchAll(/^\s*function ([A-Za-z]+-[A-Za-z]+)/gm)].map(([, each]) => each);
    const changes = CHANGES.test(own.reduce<string>((rest, each) => rest.replaceAll(String(each), ''), code));
    expect(roleOf(text)).toBe(changes ? 'Administrators' : 'Readers');
    expect(isAudited(name)).toBe(changes);
  });
});
