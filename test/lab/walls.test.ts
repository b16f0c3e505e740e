import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import { listedRules } from '../../emulator/lab/listed-rules.ts';
import type { Network } from '../../emulator/lab/network/network.ts';
import type { Meeting } from './node-program.ts';
import { noLab, scenarioOf, tryFrom } from './lab-under-test.ts';

describe('The lab', { skip: noLab }, () => {
  let lab: Network;

  before(async () => {
    lab = await startLab(scenarioOf([{ name: 'node1' }, { name: 'node2' }]), () => undefined);
  });
  after(() => lab.stop());

  const run = async (node: string, command: readonly string[], env = {}): Promise<string> => {
    const program = await lab.spawn(node, command, env);
    program.stdin.end();
    const said = await text(program.stdout);
    await program.ended;
    return said.trim();
  };

  test('serves every concrete host of every edition, in all clouds, and the witness account', async () => {
    const rules = listedRules('contosowitness').filter(({ protocol }) => protocol !== 'ntp');
    const hosts = rules.flatMap(rule =>
      [rule.host.replace('*.', 'some-name.'), ...rule.hosts].map(
        host => `${rule.protocol}://${host}:${rule.port}`,
      ),
    );
    assert.ok(hosts.length > 40);
    for (const suffix of ['core.windows.net', 'core.usgovcloudapi.net', 'core.chinacloudapi.cn'])
      assert.ok(hosts.includes(`https://contosowitness.blob.${suffix}:443`), suffix);
    const all = [...new Set(hosts)];
    const met = new Map<string, Meeting>();
    // Some at a time: a name has its time from the moment at which it is wanted, and few are looked up at once.
    for (let at = 0; at < all.length; at += 40)
      for (const [url, each] of await tryFrom(lab, 'node1', ...all.slice(at, at + 40))) met.set(url, each);
    assert.equal(met.size, new Set(hosts).size);
    for (const each of met.values()) {
      // Behind a port that is only said to be open nobody speaks: the connection comes about, and no answer.
      if (each.url.startsWith('tcp:')) {
        assert.equal(each.failed, 'http', JSON.stringify(each));
        continue;
      }
      assert.equal(each.failed, undefined, JSON.stringify(each));
      assert.equal(each.distrust ?? '', '', each.url);
      assert.ok(each.headers?.['x-ms-request-id'], each.url);
    }
    const addresses = new Set(
      [...met.values()].map(each => `${new URL(each.url).hostname} ${each.address ?? ''}`),
    );
    assert.equal(
      new Set([...addresses].map(pair => pair.split(' ')[1])).size,
      addresses.size,
      'no two hosts share an address',
    );
  });

  test('has nothing else: no other name, no other port, and no way to anything outside', async () => {
    const met = await tryFrom(
      lab,
      'node1',
      'https://www.example.com',
      'https://core.windows.net',
      'http://management.azure.com',
      'https://management.azure.com:8443',
      'https://1.1.1.1',
    );
    const outcome = [...met.values()].map(each => [each.url, each.failed, each.code].join(' ')).sort();
    assert.deepEqual(outcome, [
      'http://management.azure.com connect ECONNREFUSED',
      'https://1.1.1.1 connect TIMEOUT',
      'https://core.windows.net name ENOTFOUND',
      'https://management.azure.com:8443 connect ECONNREFUSED',
      'https://www.example.com name ENOTFOUND',
    ]);
  });

  test("keeps this computer's name service, proxies and links away from the nodes", async () => {
    process.env['https_proxy'] = 'http://outside.contoso.com:3128';
    try {
      assert.equal(await run('node1', ['printenv', 'https_proxy']), '');
      assert.equal(await run('node1', ['printenv', 'https_proxy'], { https_proxy: 'own' }), 'own');
    } finally {
      delete process.env['https_proxy'];
    }
    assert.equal(await run('node1', ['cat', '/etc/resolv.conf']), 'nameserver 192.0.2.53');
    assert.match(await run('node1', ['cat', '/etc/nsswitch.conf']), /^hosts: files dns$/m);
    assert.match(await run('node1', ['getent', 'hosts', 'node1']), /^10\.77\.0\.2 /);
    const links = (await run('node1', ['ip', '-brief', 'link']))
      .split('\n')
      .map(line => line.split(/[@\s]/)[0]);
    assert.deepEqual(links, ['lo', 'eth0']);
  });

  test('carries input and output, keeps the working folder, and ends a program with its children', async () => {
    const echo = await lab.spawn('node2', ['cat'], {});
    echo.stdin.end('line one\nline two\n');
    assert.equal(await text(echo.stdout), 'line one\nline two\n');
    await echo.ended;
    assert.equal(await run('node2', ['pwd']), process.cwd());
    const marked = await lab.spawn('node2', ['sh', '-c', 'sleep 987 & echo started; wait'], {});
    await new Promise(resolve => marked.stdout.once('data', resolve));
    marked.kill();
    await marked.ended;
    assert.equal(await run('node2', ['sh', '-c', 'grep -lz "^987$" /proc/[0-9]*/cmdline || true']), '');
  });

  test('takes arguments and variables as they are', async () => {
    const odd = `a'b"c $(id) \`id\` ;&|\\ \u2019\n*`;
    assert.equal(await run('node1', ['printf', '%s', odd]), odd);
    assert.equal(await run('node1', ['printenv', 'ODD'], { ODD: odd }), odd);
  });

  test('refuses a node that the scenario does not have', async () => {
    await assert.rejects(lab.spawn('node9', ['true'], {}), /no node named "node9"/);
  });
});
