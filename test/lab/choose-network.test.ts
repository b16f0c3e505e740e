import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { startNetwork } from '../../emulator/lab/network/choose-network.ts';
import { noLab, scenarioOf } from './lab-under-test.ts';

const ROOT = join(import.meta.dirname, '../..');
const scenario = scenarioOf([{ name: 'node1' }]);
const notRoot = process.getuid?.() === 0 ? false : 'only root can become another user';

/** Starts the wanted lab in a process that something was taken from, and writes what came of it. */
const CHOOSE = `
  import { startNetwork } from './emulator/lab/network/choose-network.ts';
  import { checkScenario } from './emulator/lab/read-scenario.ts';
  const scenario = checkScenario({ cluster: { name: 'c' }, nodes: [{ name: 'node1' }] }, 'test');
  const network = await startNetwork('lab', scenario, () => undefined);
  await network.stop();
  console.log(JSON.stringify([network.kind, network.reason]));
`;

describe('The network', () => {
  test('is the lab where it can be made', { skip: noLab }, async () => {
    const network = await startNetwork('lab', scenario, () => undefined);
    await network.stop();
    assert.deepEqual([network.kind, network.reason], ['lab', '']);
  });

  test('is the lab for an ordinary user too, with the same faults', { skip: noLab || notRoot }, () => {
    const outcome = execFileSync(
      'setpriv',
      ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, 'test/lab/meet-as-user.ts'],
      { cwd: ROOT, encoding: 'utf8' },
    );
    assert.deepEqual(JSON.parse(outcome), {
      broken: {
        'https://management.azure.com': 'connect',
        'https://graph.windows.net': 'connect',
        'https://login.microsoftonline.com': 'name',
        'https://www.powershellgallery.com': 'Contoso TLS Inspection Root CA',
        'http://go.microsoft.com': 'plain',
      },
      healthy: {
        'https://management.azure.com': 'DigiCert Global Root G2',
        'https://graph.windows.net': 'DigiCert Global Root G2',
        'https://login.microsoftonline.com': 'DigiCert Global Root G2',
        'https://www.powershellgallery.com': 'DigiCert Global Root G2',
        'http://go.microsoft.com': 'plain',
      },
    });
  });

  test("is this computer's own on request, without a reason", async () => {
    const network = await startNetwork('local', scenario, () => undefined);
    assert.deepEqual([network.kind, network.reason], ['local', '']);
    const program = await network.spawn('node1', [process.execPath, '-p', 'process.env.MARK'], {
      MARK: 'here',
    });
    assert.equal((await text(program.stdout)).trim(), 'here');
    await program.ended;
    await assert.rejects(network.spawn('node2', ['true'], {}), /no node named "node2"/);
    const busy = await network.spawn('node1', [process.execPath, '-e', 'setInterval(() => {}, 1000)'], {});
    await network.stop();
    await busy.ended;
    await assert.rejects(network.spawn('node1', ['true'], {}), /stopped/);
  });

  test('is the own one where network namespaces are forbidden, and says why', { skip: noLab }, () => {
    const { stdout, stderr } = spawnSync(
      'unshare',
      [
        '--user',
        '--map-root-user',
        'sh',
        '-c',
        'echo 0 > /proc/sys/user/max_net_namespaces; exec "$0" "$@"',
      ].concat([process.execPath, '--input-type=module', '--eval', CHOOSE]),
      { cwd: ROOT, encoding: 'utf8' },
    );
    assert.ok(stdout, stderr);
    const [kind, reason] = JSON.parse(stdout) as [string, string];
    assert.equal(kind, 'local');
    assert.match(reason, /^The nodes use this computer's own network: .*network namespaces: .+\.$/);
    assert.ok(!reason.includes('\n'));
  });

  for (const [program, hidden, installs] of [
    ['nft', ['/usr/sbin/nft', '/sbin/nft'], 'nftables'],
    ['ip', ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip', '/bin/ip'], 'iproute2'],
  ] as const)
    test(`is the own one where ${program} is missing, and names the package`, { skip: noLab }, () => {
      const hide = `for file in ${hidden.join(' ')}; do
        [ ! -e "$file" ] || mount --bind /dev/shm/not-there "$file"
      done`;
      const { stdout, stderr } = spawnSync(
        'unshare',
        [
          '--user',
          '--map-root-user',
          '--mount',
          'sh',
          '-ec',
          `mount -t tmpfs none /dev/shm; : > /dev/shm/not-there; ${hide}; exec "$0" "$@"`,
        ].concat([process.execPath, '--input-type=module', '--eval', CHOOSE]),
        { cwd: ROOT, encoding: 'utf8' },
      );
      assert.ok(stdout, stderr);
      const [kind, reason] = JSON.parse(stdout) as [string, string];
      assert.equal(kind, 'local');
      assert.ok(reason.includes(program) && reason.endsWith(`install the package ${installs}.`), reason);
    });
});
