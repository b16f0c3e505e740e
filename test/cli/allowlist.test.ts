import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { doors, run, SCRIPT } from './run-allowlist.ts';

const UPDATE = [
  'http://windowsupdate.microsoft.com 80',
  'http://*.windowsupdate.microsoft.com 80',
  'https://*.windowsupdate.microsoft.com 443',
  'http://*.update.microsoft.com 80',
  'https://*.update.microsoft.com 443',
  'http://*.windowsupdate.com 80',
  'http://download.windowsupdate.com 80',
  'https://download.microsoft.com 443',
  'http://*.download.windowsupdate.com 80',
  'http://wustat.windows.com 80',
  'http://ntservicepack.microsoft.com 80',
  'http://go.microsoft.com 80',
  'http://dl.delivery.mp.microsoft.com 80',
  'https://dl.delivery.mp.microsoft.com 443',
  '*.delivery.mp.microsoft.com 443',
];
const SUPPORT = [
  '*.servicebus.windows.net 443',
  '*.core.windows.net 443',
  'https://edgesupprdwestuufrontend.westus2.cloudapp.azure.com 443',
  'https://asztrsprod.westus2.cloudapp.azure.com 443',
  'https://edgesupprdwesteufrontend.westeurope.cloudapp.azure.com 443',
  'https://asztrsprod.westeurope.cloudapp.azure.com 443',
  'https://edgesupprdeastusfrontend.eastus.cloudapp.azure.com 443',
  'https://asztrsprod.eastus.cloudapp.azure.com 443',
  'https://edgesupprdwestcufrontend.westcentralus.cloudapp.azure.com 443',
  'https://asztrsprod.westcentralus.cloudapp.azure.com 443',
  'https://edgesupprdasiasefrontend.southeastasia.cloudapp.azure.com 443',
  'https://asztrsprod.southeastasia.cloudapp.azure.com 443',
  'https://edgesupprd.trafficmanager.net 443',
];

describe('npm run allowlist', () => {
  test('writes the offline check of a list, plain characters and one list in it', () => {
    const list = ['--cloud', 'public', '--edition', '2022-01', '--feature', 'registration'];
    const { status, stdout, stderr } = run(...list, '--format', 'check-script');
    assert.equal(status, 0);
    assert.match(stdout, /^[\r\n\x20-\x7e]*$/);
    assert.match(stdout, /"host":"login\.microsoftonline\.com"/);
    assert.match(stdout, /^function Test-EndpointByCurl \{\r$/m);
    assert.match(stderr, /Run it on each node/);
    const inside = run('--cloud', 'public', '--format', 'check-script', '--internal');
    assert.deepEqual([inside.status, inside.stdout], [2, '']);
  });

  test('lists the public cloud as the document does, corrected, each door once', () => {
    assert.deepEqual(doors('--cloud', 'public'), [
      'https://login.microsoftonline.com 443',
      'https://graph.windows.net 443',
      'https://graph.microsoft.com 443',
      'https://management.azure.com 443',
      'https://azurestackhci.azurefd.net 443',
      'https://dp.stackhci.azure.com 443',
      '*.powershellgallery.com 443',
      'www.powershellgallery.com 443',
      ...UPDATE,
      '*.blob.core.windows.net 443',
      ...SUPPORT,
    ]);
  });

  test('lists US Government, with the host that works', () => {
    const [servicebus = '', core = '', ...rest] = SUPPORT;
    assert.deepEqual(doors('--cloud', 'usgov'), [
      'https://login.microsoftonline.us 443',
      'https://graph.windows.net 443',
      'https://graph.microsoft.com 443',
      'https://graph.microsoft.us 443',
      'https://management.usgovcloudapi.net 443',
      'https://dp.azurestackhci.azure.us 443',
      '*.powershellgallery.com 443',
      'www.powershellgallery.com 443',
      ...UPDATE,
      '*.blob.core.usgovcloudapi.net 443',
      servicebus,
      core,
      'login.microsoftonline.com 443',
      ...rest,
    ]);
  });

  test('lists China', () => {
    assert.deepEqual(doors('--cloud', 'china', '--feature', 'registration', '--feature', 'cloud-witness'), [
      'https://login.chinacloudapi.cn 443',
      'https://login.partner.microsoftonline.cn 443',
      'https://graph.chinacloudapi.cn 443',
      'https://microsoftgraph.chinacloudapi.cn 443',
      'https://management.chinacloudapi.cn 443',
      'https://dp.stackhci.azure.cn 443',
      '*.powershellgallery.com 443',
      'www.powershellgallery.com 443',
      '*.blob.core.chinacloudapi.cn 443',
    ]);
  });

  test('fills the witness account in, from its name or its host', () => {
    for (const witness of ['contosowitness', 'https://contosowitness.blob.core.usgovcloudapi.net/'])
      assert.deepEqual(doors('--cloud', 'usgov', '--feature', 'cloud-witness', '--witness', witness), [
        'contosowitness.blob.core.usgovcloudapi.net 443',
      ]);
  });

  test('lists a feature that the document only links to when it is asked for', () => {
    assert.deepEqual(doors('--cloud', 'usgov', '--feature', 'log-analytics'), [
      '*.ods.opinsights.azure.us 443',
      '*.oms.opinsights.azure.us 443',
      '*.blob.core.usgovcloudapi.net 443',
    ]);
  });

  test('keeps one requirement', () => {
    assert.equal(doors('--cloud', 'public', '--requirement', 'required').length, 6);
    assert.equal(doors('--cloud', 'public', '--requirement', 'recommended').length, 17);
  });

  test('writes CSV with CRLF and a header', () => {
    const { status, stdout } = run('--cloud', 'public', '--format', 'csv', '--feature', 'cloud-witness');
    assert.equal(status, 0);
    const [header, record, end] = stdout.split('\r\n');
    assert.match(header ?? '', /^Host,Port,Protocol,Clouds,/);
    assert.match(record ?? '', /^\*\.blob\.core\.windows\.net,443,https,public,/);
    assert.equal(end, '');
  });

  test('says on stderr that a feature has no rules for the cloud, so that an empty list is not taken for the truth', () => {
    const { status, stdout, stderr } = run(
      '--edition',
      '2022-01',
      '--cloud',
      'china',
      '--format',
      'json',
      '--feature',
      'log-analytics',
    );
    assert.equal(status, 0);
    assert.equal(stdout, '[]\n');
    assert.match(stderr, /^log-analytics: .*are not in this tool.* https:.+\n$/);
  });

  test('says on stderr which edition it took when none was given, and which is the newest', () => {
    const { status, stderr } = run('--cloud', 'public', '--format', 'json', '--witness', 'contosowitness');
    assert.equal(status, 0);
    assert.match(
      stderr,
      /^No --edition was given: the list is 2022-01; the newest is azure-local-2026-07 \(.+\)\.\n$/,
    );
  });

  test('--help explains itself', () => {
    const { status, stdout, stderr } = run('--help');
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.match(stdout, /--cloud[\s\S]+--witness/);
  });

  for (const [what, args] of [
    ['a list with notes', ['--edition', '2022-04', '--cloud', 'public', '--format', 'csv']],
    ['wrong use', ['--cloud', 'mars', '--format', 'csv']],
  ] as const)
    test(`the process writes what the other tests of this folder read without one: ${what}`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
      assert.deepEqual({ status, stdout, stderr }, run(...args));
      assert.notEqual(stderr, '');
    });

  test('a reader that goes away is no failure', async () => {
    const options = [
      ...['--edition', '2022-01', '--cloud', 'public'],
      ...['--format', 'csv', '--witness', 'contosowitness'],
    ];
    const child = spawn(process.execPath, [SCRIPT, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];
    assert.deepEqual({ code, errors }, { code: 0, errors: '' });
  });
});
