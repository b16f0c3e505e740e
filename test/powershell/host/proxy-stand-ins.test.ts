import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { RegistryData } from '../../../emulator/nodes/host-protocol.ts';
import { startNode, type TestNode } from '../../support/node-host.ts';
import { wholeOutput } from '../../support/run-script.ts';

let node: TestNode;
before(async () => {
  node = await startNode();
});
after(() => node.stop());

const outputOf = (script: string) => wholeOutput(node, script);

const POLICY = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const SETTINGS = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

/** Bytes as a registry dump shows them: `u32` little-endian numbers and ASCII texts behind their lengths. */
function blob(counter: number, flags: number, ...texts: readonly string[]): Buffer {
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const strings = texts.flatMap(text => [number(text.length), Buffer.from(text, 'latin1')]);
  return Buffer.concat([number(0x46), number(counter), number(flags), ...strings, Buffer.alloc(32)]);
}

const bytesOf = (data: RegistryData | undefined): Buffer =>
  typeof data === 'object' ? Buffer.from(String(data.data), 'base64') : assert.fail('no bytes');

describe('Set-WinInetProxy', () => {
  beforeEach(() => node.seed({ proxyModule: true }));

  const stored = async () => {
    const { registry } = await node.state();
    const hive = (drive: string) => ({
      ...registry[`${drive}:\\${SETTINGS}`],
      ...registry[`${drive}:\\${SETTINGS}\\Connections`],
    });
    return { policy: registry[POLICY], machine: hive('HKLM'), user: hive('HKCU') };
  };
  const SET =
    "Set-WinInetProxy -ProxySettingsPerUser 0 -ProxyServer 'proxy.contoso.com:8080' -ProxyBypass 'localhost;*.contoso.com'";

  it('writes both values for the machine, and counts up', async () => {
    await outputOf(SET);
    const texts = ['proxy.contoso.com:8080', 'localhost;*.contoso.com', ''];
    const { policy, machine, user } = await stored();
    assert.deepEqual(policy, { ProxySettingsPerUser: 0 });
    assert.equal(machine['MigrateProxy'], 1);
    assert.deepEqual(bytesOf(machine['DefaultConnectionSettings']), blob(1, 3, ...texts));
    assert.deepEqual(bytesOf(machine['SavedLegacySettings']), blob(1, 3, ...texts));
    assert.deepEqual(user, {});
    await outputOf(SET);
    assert.deepEqual(bytesOf((await stored()).machine['DefaultConnectionSettings']), blob(2, 3, ...texts));
  });

  it("without arguments goes back to the user's settings and leaves the machine's entry behind", async () => {
    await outputOf(SET);
    await outputOf('Set-WinInetProxy');
    const { policy, machine, user } = await stored();
    assert.deepEqual(policy, {});
    assert.equal(bytesOf(machine['DefaultConnectionSettings']).readUInt32LE(8), 3);
    assert.deepEqual(bytesOf(user['DefaultConnectionSettings']), blob(1, 1, '', '', ''));
    // What was left comes back to life with the policy value.
    await outputOf(`Set-ItemProperty '${POLICY}' -Name ProxySettingsPerUser -Value 0 -Type DWord`);
    assert.equal(bytesOf((await stored()).machine['DefaultConnectionSettings']).readUInt32LE(8), 3);
  });

  it('takes what is not given from environment variables of the same name', async () => {
    await node.seed({
      proxyModule: true,
      environment: { ProxyServer: 'left.contoso.com:3128', ProxySettingsPerUser: '0' },
    });
    await outputOf('Set-WinInetProxy');
    const { policy, machine } = await stored();
    assert.deepEqual(policy, { ProxySettingsPerUser: 0 });
    assert.deepEqual(
      bytesOf(machine['DefaultConnectionSettings']),
      blob(1, 3, 'left.contoso.com:3128', '', ''),
    );
  });

  it('says what it does', async () => {
    assert.deepEqual(await outputOf('Set-WinInetProxy'), [
      'Start proxy Configuration',
      'Proxy is Per User',
      'AutoDetect is 0',
      'PACUrl is ',
      'ProxyServer is ',
      'ProxyBypass is ',
      'Entered WriteProxySettingsHelper',
      'Entered WriteProxySettingsHelper',
      '',
      'Successfully set proxy',
    ]);
  });

  it('is kept with its parameters', async () => {
    await outputOf(SET);
    const parameters = {
      ProxySettingsPerUser: 0,
      ProxyServer: 'proxy.contoso.com:8080',
      ProxyBypass: 'localhost;*.contoso.com',
    };
    assert.deepEqual((await node.state()).calls, [{ command: 'Set-WinInetProxy', parameters }]);
  });

  it('writes what a node that is seeded with a proxy has', async () => {
    await outputOf(SET);
    const written = await stored();
    await node.seed({ proxy: 'proxy.contoso.com:8080', proxyBypass: 'localhost;*.contoso.com' });
    assert.deepEqual(await stored(), written);
  });
});

describe('netsh winhttp', () => {
  beforeEach(() => node.seed());
  const SHOWN =
    "(netsh winhttp show proxy | Where-Object { $_.Trim() } | ForEach-Object { $_.Trim() }) -join '|'";

  it('shows, sets and resets the proxy', async () => {
    const direct = 'Current WinHTTP proxy settings:|Direct access (no proxy server).';
    assert.deepEqual(await outputOf(SHOWN), [direct]);
    await outputOf(
      'netsh winhttp set proxy proxy-server="proxy.contoso.com:8080" bypass-list="<local>;*.contoso.com"',
    );
    assert.deepEqual(await outputOf(SHOWN), [
      'Current WinHTTP proxy settings:|Proxy Server(s) :  proxy.contoso.com:8080|Bypass List     :  <local>;*.contoso.com',
    ]);
    await outputOf('netsh winhttp reset proxy');
    assert.deepEqual(await outputOf(SHOWN), [direct]);
  });

  it('tells success by its exit code', async () => {
    assert.deepEqual(await outputOf('$null = netsh winhttp show proxy; $LASTEXITCODE'), [0]);
    assert.deepEqual(await outputOf('$null = netsh winhttp frobnicate; $LASTEXITCODE'), [1]);
  });
});
