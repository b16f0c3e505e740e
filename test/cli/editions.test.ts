import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { CLOUDS, doors, EDITIONS, entries, run } from './run-allowlist.ts';

const PLANE = 'dp.azurestackhci.azure.us';
const LOCAL = ['--edition', 'azure-local-2026-07', '--format', 'json'];

describe('npm run allowlist, with every edition', () => {
  test('says which placeholder is open, and nothing once it is answered', () => {
    const options = ['--edition', '2022-01', '--cloud', 'public', '--format', 'json'];
    assert.match(
      run(...options).stderr,
      /^Witness storage account is not given: .*\*\.blob\.core\.windows\.net.*\n$/,
    );
    assert.equal(run(...options, '--witness', 'contosowitness').stderr, '');
  });

  test('never lists a placeholder literally, in no edition and no cloud', () => {
    for (const edition of EDITIONS)
      for (const cloud of CLOUDS)
        for (const published of [[], ['--as-published']]) {
          const { stdout } = run('--edition', edition, '--cloud', cloud, '--format', 'json', ...published);
          const urls = (JSON.parse(stdout) as { URL: string }[]).map(({ URL }) => URL).join('\n');
          assert.doesNotMatch(urls, /[[\]<>{}]|your/, `${edition} ${cloud}`);
        }
  });

  test('lists the host of US Government that works, whatever an edition says', () => {
    for (const edition of EDITIONS) {
      const { stdout } = run('--edition', edition, '--cloud', 'usgov', '--format', 'json');
      const urls = (JSON.parse(stdout) as { URL: string }[]).map(({ URL }) => URL).join('\n');
      assert.doesNotMatch(urls, /azurestackchi/, edition);
      if (readFileSync(`src/catalog/editions/${edition}.json`, 'utf8').includes(PLANE))
        assert.ok(urls.includes(PLANE), edition);
    }
  });

  test('shows that http:// rules of 2022-01 have another port in the document', () => {
    const http = entries('--cloud', 'public', '--feature', 'microsoft-update').filter(({ URL }) =>
      URL.startsWith('http://'),
    );
    assert.ok(http.length > 5);
    for (const { URL, Port, Notes } of http) {
      assert.equal(Port, '80', URL);
      if (URL !== 'http://windowsupdate.microsoft.com')
        assert.match(Notes, /The document says port 443; listed as port 80 because/, URL);
    }
  });

  test('--as-published lists what the document says, and says on stderr what is wrong with it', () => {
    const { status, stdout, stderr } = run('--cloud', 'usgov', '--format', 'json', '--as-published');
    assert.equal(status, 0);
    const urls = (JSON.parse(stdout) as { URL: string; Port: string }[]).map(
      ({ URL, Port }) => `${URL} ${Port}`,
    );
    assert.ok(urls.includes('https://dp.azurestackchi.azure.us 443'));
    assert.ok(urls.includes('http://*.windowsupdate.com 443'));
    assert.ok(!urls.some(url => url.includes('azurestackhci.azure.us')));
    assert.match(
      stderr,
      /^dp\.azurestackchi\.azure\.us:443 is listed as published, but dp\.azurestackhci\./m,
    );
  });

  test('--internal gives the rules inside the network, which CSV has beside the others', () => {
    const options = ['--edition', '2022-04', '--cloud', 'public', '--witness', 'contosowitness'];
    const inside = run(...options, '--format', 'json', '--internal');
    assert.equal(inside.stderr, '');
    const rules = JSON.parse(inside.stdout) as {
      from: string;
      to: string;
      ports: string[];
      direction: string;
    }[];
    assert.ok(rules.length > 10);
    for (const { from, to, direction } of rules) assert.ok(from && to && direction === 'internal');
    const count = (text: string) => text.split('\r\n').filter(line => line.includes(',internal,')).length;
    assert.equal(count(run(...options, '--format', 'csv').stdout), rules.length);
    assert.equal(count(run(...options, '--format', 'csv', '--feature', 'registration').stdout), 0);
    const json = run(...options, '--format', 'json');
    assert.ok(!json.stdout.includes('internal'));
    assert.match(json.stderr, new RegExp(`not in this format. Left out: ${rules.length}`));
  });

  test('says that no internal rules here does not mean none needed', () => {
    const { stdout, stderr } = run('--cloud', 'public', '--format', 'json', '--internal');
    assert.equal(stdout, '[]\n');
    assert.match(stderr, /2022-01 has no rules inside the network: that does not mean/);
  });

  test('says what a cloud means for which the edition was not published', () => {
    const { status, stderr } = run('--edition', '2024-06', '--cloud', 'china', '--format', 'json');
    assert.equal(status, 0);
    assert.match(
      stderr,
      /2024-06 was published for cloud public only\. .*does not mean that nothing else is needed/,
    );
  });

  test('says which options change nothing', () => {
    const { stderr } = run(
      '--cloud',
      'public',
      '--format',
      'csv',
      '--key-vault',
      'contoso-kv',
      '--arc-gateway',
    );
    assert.match(stderr, /--key-vault changes nothing: no rule of edition 2022-01 asks for it/);
    assert.match(stderr, /--arc-gateway changes nothing/);
  });

  test("lists one region, with the owner's own names", () => {
    const options = [
      ...LOCAL,
      '--cloud',
      'usgov',
      '--region',
      'usgovvirginia',
      '--witness',
      'contosowitness',
    ];
    const { stdout, stderr } = run(...options, '--key-vault', 'contoso-kv', '--arc-gateway-id', 'contoso-gw');
    assert.match(stderr, /^Rules inside the network are not in this format\. Left out: \d+\.\n$/);
    for (const host of [
      PLANE,
      'contosowitness.blob.core.usgovcloudapi.net',
      'contoso-kv.vault.usgovcloudapi.net',
      'contoso-gw.gw.arc.azure.net',
    ])
      assert.ok(stdout.includes(`"${host}"`), host);
  });

  test('lists another region otherwise, and all together more', () => {
    const hosts = (...args: string[]) => doors(...LOCAL.slice(0, 2), '--cloud', 'public', ...args);
    const east = hosts('--region', 'eastus');
    const west = hosts('--region', 'westeurope');
    const all = new Set(hosts());
    assert.notDeepEqual(east, west);
    for (const door of [...east, ...west]) assert.ok(all.has(door), door);
    assert.match(run(...LOCAL, '--cloud', 'public').stderr, /^No --region was given: .*eastus.*westeurope/m);
  });

  test('adds what a vendor needs, and leaves out what Arc gateway carries', () => {
    const count = (...args: string[]) =>
      doors(...LOCAL.slice(0, 2), '--cloud', 'public', '--region', 'eastus', ...args).length;
    const usual = count();
    assert.ok(count('--vendor', 'dell') > usual);
    assert.ok(count('--arc-gateway') < usual / 2);
  });

  test('fills the key vault in', () => {
    assert.ok(
      doors('--edition', '2024-06', '--cloud', 'public', '--key-vault', 'Contoso-KV').some(door =>
        door.includes('contoso-kv.vault.azure.net '),
      ),
    );
  });
});
