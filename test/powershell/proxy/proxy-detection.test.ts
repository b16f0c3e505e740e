import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { nodeScript } from '../../../scripts/lib/node-scripts.ts';
import type { RegistryContent } from '../../../emulator/nodes/host-protocol.ts';
import { startNode, type TestNode } from '../../support/node-host.ts';
import { ACCOUNT, binary, blob, machine } from '../../support/proxy-formers.ts';
import { wholeOutput } from '../../support/run-script.ts';

const SETTINGS = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const TCPIP = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';
const ADAPTER = `${TCPIP}\\Interfaces\\{2f1f2c8e-8e5b-4d10-a4a3-54d4f4a3a5f1}`;
const OTHER = `${TCPIP}\\Interfaces\\{99999999-8e5b-4d10-a4a3-54d4f4a3a5f1}`;
/** No question leaves the computer: every name is unknown. */
const FIND = `function Resolve-DnsName {
    [CmdletBinding()]
    param([string] $Name, [switch] $QuickTimeout, [switch] $DnsOnly)
    Write-Error -Message 'none' -ErrorId 'DNS_ERROR_RCODE_NAME_ERROR' -ErrorAction $ErrorActionPreference
}
function Find-ProxyScript {
${nodeScript('Find-ProxyScript')}
}
Find-ProxyScript`;
const LATER = 2_000_000_000;

const service = (account: string, flags: number, server = '', pac = ''): RegistryContent =>
  stored(account, blob(flags, server, '', pac));
const stored = (account: string, data: string): RegistryContent => ({
  [`HKEY_USERS\\${account}\\${SETTINGS}\\Connections`]: { DefaultConnectionSettings: binary(data) },
});

/** As the DHCP client keeps them: code, a word, length, vendor's, end, data in whole words. */
function options(...list: readonly (readonly [code: number, text: string, vendor?: number])[]) {
  const bytes = list.map(([code, text, vendor = 0]) => {
    const head = Buffer.alloc(20);
    head.writeUInt32LE(code, 0);
    head.writeUInt32LE(text.length, 8);
    head.writeUInt32LE(vendor, 12);
    head.writeUInt32LE(LATER, 16);
    return Buffer.concat([head, Buffer.from(text, 'latin1'), Buffer.alloc((4 - (text.length % 4)) % 4)]);
  });
  return binary(Buffer.concat(bytes).toString('base64'));
}

const leased = (DhcpInterfaceOptions: ReturnType<typeof options> | undefined, more: object = {}) => ({
  EnableDHCP: 1,
  DhcpIPAddress: '10.0.0.5',
  LeaseTerminatesTime: LATER,
  ...(DhcpInterfaceOptions && { DhcpInterfaceOptions }),
  ...more,
});
const GIVEN = 'http://pac.contoso.com/proxy.pac';
const ASKED = options([1, '\xff\xff\xff\x00'], [252, ''], [15, 'contoso.local']);
const WITH = options([15, 'contoso.local'], [252, `${GIVEN}\0`], [3, '\x0a\0\0\x01']);

/** What a node tells of automatic detection, in both language modes. */
describe('automatic detection of a proxy', () => {
  let node: TestNode;
  before(async () => {
    node = await startNode();
  });
  after(() => node.stop());

  for (const languageMode of ['Full', 'Constrained'] as const) {
    it(`is told of the services' accounts, or of the machine, in the language mode ${languageMode}`, async () => {
      const wpadOff = { [`HKLM:\\${SETTINGS}\\WinHttp`]: { DisableWpad: 1 } };
      const cases: readonly [RegistryContent, boolean][] = [
        [{}, false],
        [{ [ACCOUNT]: { DefaultConnectionSettings: binary(blob(9, '')) } }, false],
        [service('S-1-5-18', 9), true],
        [service('S-1-5-20', 9), true],
        [{ ...service('S-1-5-18', 9), ...wpadOff }, false],
        [machine(blob(9, '')), true],
        [{ ...machine(blob(1, '')), ...service('S-1-5-18', 9) }, false],
        [{ ...machine(blob(9, '')), ...wpadOff }, false],
      ];
      for (const [registry, detects] of cases) {
        await node.seed({ languageMode, registry });
        const [output] = await wholeOutput(node, nodeScript('Get-ProxySetting'), { Routes: true });
        assert.equal((output as { detects: boolean }).detects, detects, JSON.stringify(registry));
      }
    });

    it(`is told apart from a proxy that only services' accounts have, in the language mode ${languageMode}`, async () => {
      const script = 'http://pac.contoso.com/p.pac';
      const damaged = Buffer.from('0102ff', 'hex').toString('base64');
      const cases: readonly [RegistryContent, readonly string[]][] = [
        [{}, []],
        [service('S-1-5-18', 9), []],
        // What is not in force is kept beside.
        [service('S-1-5-18', 1, 'p.contoso.com:8080', script), []],
        [{ [ACCOUNT]: { DefaultConnectionSettings: binary(blob(3, 'p.contoso.com:8080')) } }, []],
        [service('S-1-5-18', 3, 'p.contoso.com:8080'), ['LocalSystem=p.contoso.com:8080']],
        [service('S-1-5-19', 5, '', script), [`LocalService=${script}`]],
        [
          { ...service('S-1-5-18', 11, 'p:1'), ...service('S-1-5-20', 7, 'q:2', script) },
          ['LocalSystem=p:1', `NetworkService=${script} q:2`],
        ],
        [stored('S-1-5-20', damaged), ['NetworkService=?']],
        [{ ...machine(blob(3, 'm:1')), ...service('S-1-5-18', 3, 'p:1') }, []],
      ];
      for (const [registry, told] of cases) {
        await node.seed({ languageMode, registry });
        const [output] = await wholeOutput(node, nodeScript('Get-ProxySetting'), { Routes: true });
        const { serviceProxies } = output as { serviceProxies: unknown };
        assert.deepEqual(serviceProxies, told, JSON.stringify(registry));
      }
    });

    it(`is looked for in what DHCP gave, in the language mode ${languageMode}`, async () => {
      const cases: readonly [RegistryContent, string][] = [
        [{}, 'none'],
        [{ [ADAPTER]: { EnableDHCP: 0, DhcpInterfaceOptions: WITH } }, 'none'],
        [{ [ADAPTER]: leased(ASKED) }, 'none'],
        [{ [ADAPTER]: leased(WITH) }, GIVEN],
        [{ [ADAPTER]: leased(ASKED), [OTHER]: leased(WITH) }, GIVEN],
        [{ [ADAPTER]: leased(WITH, { LeaseTerminatesTime: 1000 }) }, 'none'],
        [{ [ADAPTER]: leased(WITH, { DhcpIPAddress: '0.0.0.0' }) }, 'none'],
        [{ [ADAPTER]: leased(undefined) }, 'unread'],
        [{ [ADAPTER]: leased(options([15, 'contoso.local'])) }, 'unread'],
        [{ [ADAPTER]: leased(options([252, GIVEN, 1])) }, 'unread'],
        [
          { [ADAPTER]: leased(binary(Buffer.from('fc0000000000000099999999', 'hex').toString('base64'))) },
          'unread',
        ],
        [{ [ADAPTER]: leased(ASKED), [OTHER]: leased(undefined) }, 'unread'],
      ];
      for (const [registry, told] of cases) {
        await node.seed({ languageMode, registry });
        const [text] = await wholeOutput(node, FIND);
        assert.equal(String(text).split('\n')[0], `D\t${told}`, JSON.stringify(registry));
      }
    });

    it(`is looked for in each domain of the node, in the language mode ${languageMode}`, async () => {
      const registry = {
        [TCPIP]: { Domain: 'Contoso.local', SearchList: 'contoso.local, corp.example' },
        [ADAPTER]: leased(ASKED, { DhcpDomain: 'dhcp.example.', Domain: "odd'; name" }),
      };
      await node.seed({ languageMode, registry });
      const [text] = await wholeOutput(node, FIND);
      const names = String(text)
        .split('\n')
        .slice(1)
        .map(line => line.split('\t').slice(0, 3).join(' ').replace(' DNS_ERROR_RCODE_NAME_ERROR', ''));
      assert.deepEqual(names, [
        'W wpad.Contoso.local',
        'W wpad.corp.example',
        'W wpad.dhcp.example',
        'W wpad',
      ]);
    });
  }

  it('is let go of within a second while a name server is silent', async () => {
    await node.seed({ languageMode: 'Constrained' });
    const silent = FIND.replace(/Write-Error .*/, 'Start-Sleep -Seconds 60');
    assert.notEqual(silent, FIND);
    const stop = new AbortController();
    const run = node.run(silent, {}, { signal: stop.signal });
    await node.run('1');
    const stoppedAt = performance.now();
    stop.abort();
    assert.equal((await run).outcome, 'stopped');
    assert.ok(performance.now() - stoppedAt < 1000);
  });
});
