import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { nodeScript } from '../../../scripts/lib/node-scripts.ts';
import { startNode, type TestNode } from '../../support/node-host.ts';
import { only, proxyCommands } from './proxy-commands.ts';

const POLICY = 'System32\\GroupPolicy\\Machine\\Registry.pol';
const DOMAIN =
  'System32\\GroupPolicy\\DataStore\\0\\sysvol\\contoso.local\\Policies\\{31B2}\\Machine\\Registry.pol';
const INTERNET = 'Software\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const HISTORY = 'Microsoft\\Group Policy\\History\\{31B2}';

/** A line of [MS-GPREG] 2.2.1: key and value end with a zero, and so does each part of the file in UTF-16. */
const entry = (key: string, value: string): string => `[${key}\0;${value}\0;\x04\0;\x04\0;\0\0]`;
const preference = (key: string, name: string): string =>
  `<Registry clsid="{9CD4}"><Properties action="U" hive="HKEY_LOCAL_MACHINE" key="${key}" name="${name}" type="REG_SZ" value="p"/></Registry>`;

describe('who else writes the proxy of a node', () => {
  let node: TestNode;
  before(async () => {
    node = await startNode();
  });
  after(() => node.stop());
  const { read } = proxyCommands(() => node);

  async function owners(): Promise<readonly unknown[]> {
    const setting = await read();
    return [setting['owners'], setting['ownersUnread']];
  }

  async function write(
    root: '$env:SystemRoot' | '$env:ProgramData',
    path: string,
    text: string,
  ): Promise<void> {
    const encoding = path.endsWith('.pol') ? 'Unicode' : 'UTF8';
    const script = `param($Text) $file = "${root}\\${path}"
      New-Item -ItemType Directory -Path (Split-Path -Path $file) -Force | Out-Null
      Set-Content -LiteralPath $file -Encoding ${encoding} -NoNewline -Value $Text`;
    assert.deepEqual((await node.run(script, { Text: text })).errors, []);
  }

  for (const [what, root, path, text, expected] of [
    [
      'a group policy with the switch',
      '$env:SystemRoot',
      POLICY,
      'PReg[Software;ProxySettingsPerUser;4;4;0]',
      'group-policy=ProxySettingsPerUser',
    ],
    [
      'a policy of the domain',
      '$env:SystemRoot',
      DOMAIN,
      entry(INTERNET, 'ProxySettingsPerUser'),
      'group-policy=ProxySettingsPerUser',
    ],
    [
      'a policy with a server',
      '$env:SystemRoot',
      POLICY,
      entry(INTERNET, 'ProxyEnable') + entry(INTERNET, 'ProxyServer'),
      'group-policy=ProxyEnable, ProxyServer',
    ],
    [
      'a policy that removes a script',
      '$env:SystemRoot',
      POLICY,
      entry(INTERNET, '**del.AutoConfigURL'),
      'group-policy=AutoConfigURL',
    ],
    [
      'a policy for WinHTTP',
      '$env:SystemRoot',
      POLICY,
      entry(
        'Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections',
        'WinHttpSettings',
      ),
      'group-policy=WinHttpSettings',
    ],
    [
      'a policy for another program',
      '$env:SystemRoot',
      POLICY,
      entry('Software\\Policies\\Microsoft\\Edge', 'ProxyServer'),
      undefined,
    ],
    [
      'a policy of accounts only',
      '$env:SystemRoot',
      'System32\\GroupPolicy\\User\\Registry.pol',
      entry(INTERNET, 'ProxyServer'),
      undefined,
    ],
    [
      'preferences for WinHTTP',
      '$env:ProgramData',
      `${HISTORY}\\Machine\\Preferences\\Registry\\Registry.xml`,
      preference(
        'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections',
        'WinHttpSettings',
      ),
      'preferences=WinHttpSettings',
    ],
    [
      'preferences for variables',
      '$env:ProgramData',
      `${HISTORY}\\Machine\\Preferences\\EnvironmentVariables\\EnvironmentVariables.xml`,
      '<EnvironmentVariable name="HTTPS_PROXY"><Properties action="U" name="HTTPS_PROXY" value="http://p:1"/></EnvironmentVariable>',
      'preferences=HTTPS_PROXY',
    ],
    [
      'preferences for something else',
      '$env:ProgramData',
      `${HISTORY}\\Machine\\Preferences\\Registry\\Registry.xml`,
      preference('SOFTWARE\\Contoso', 'ProxyServer'),
      undefined,
    ],
    [
      'preferences of accounts only',
      '$env:ProgramData',
      `${HISTORY}\\S-1-5-21\\Preferences\\Registry\\Registry.xml`,
      preference('Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings', 'ProxyServer'),
      undefined,
    ],
  ] as const) {
    it(`is told: ${what}`, async () => {
      await node.seed({});
      await write(root, path, text);
      assert.deepEqual(await owners(), [expected === undefined ? [] : [expected], []]);
    });
  }

  it('is told by the values that a policy left, of the machine and of the account, but not by the tool’s own', async () => {
    const key = INTERNET.replace('Software', 'SOFTWARE');
    await node.seed({
      registry: {
        [`HKLM:\\${key}`]: { ProxySettingsPerUser: 0, ProxyEnable: 1, ProxyServer: 'p:1' },
        [`HKCU:\\${key}`]: { AutoConfigURL: 'http://wpad/p.pac' },
      },
    });
    assert.deepEqual(await owners(), [
      ['policy-values=HKLM ProxyEnable, HKLM ProxyServer, HKCU AutoConfigURL'],
      [],
    ]);
    await node.seed({ registry: { [`HKLM:\\${key}`]: { ProxySettingsPerUser: 0 } } });
    assert.deepEqual(await owners(), [[], []]);
  });

  for (const languageMode of ['Full', 'Constrained'] as const) {
    it(`is not called unknown where it could not be read, and the others are told all the same (${languageMode})`, async () => {
      await node.seed({ languageMode, networkAtcProxy: 'http://atc:1' });
      await write('$env:SystemRoot', DOMAIN, entry(INTERNET, 'ProxyServer'));
      // Folders in the places of files cannot be read as a text.
      const folders = [`$env:SystemRoot\\${POLICY}`, `$env:ProgramData\\${HISTORY}\\Machine\\Registry.xml`];
      const made = folders.map(
        path => `New-Item -ItemType Directory -Path "${path}\\Registry.pol\\x" -Force | Out-Null`,
      );
      assert.deepEqual((await node.run(made.join('\n'))).errors, []);
      const [known, unread] = (await owners()) as [string[], string[]];
      assert.deepEqual(known, ['group-policy=ProxyServer', 'network-atc=ProxyServer']);
      assert.deepEqual(
        unread.map(line => line.split('=')[0]),
        ['group-policy', 'preferences'],
      );
    });
  }

  it('is not called unknown where Network ATC does not answer, or its command is not there', async () => {
    const told = async (before: string): Promise<unknown> => {
      const text = `${before}\n& {\n${nodeScript('Get-ProxySetting')}\n} -Layers $true`;
      return only(await node.run(text))['ownersUnread'];
    };
    const fails = "function Get-NetIntent { param([switch] $GlobalOverrides) throw 'No cluster answers.' }";
    // Functions come before commands; the module's name leads to the command itself.
    const absent = `function Get-Command {
      param([string] $Name)
      if ($Name -ne 'Get-NetIntent') { Microsoft.PowerShell.Core\\Get-Command -Name $Name -ErrorAction SilentlyContinue }
    }`;
    await node.seed({});
    assert.deepEqual(await told(fails), ['network-atc=No cluster answers.']);
    assert.deepEqual(await told(absent), []);
    await node.seed({ registry: { 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\NetworkATC': { Start: 2 } } });
    assert.deepEqual(await told(absent), ['network-atc=Get-NetIntent was not found.']);
  });
});
