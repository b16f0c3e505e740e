import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startNode, type TestNode } from '../../support/node-host.ts';
import { onlyError, wholeOutput } from '../../support/run-script.ts';

let node: TestNode;
before(async () => {
  node = await startNode();
});
after(() => node.stop());

const outputOf = (script: string) => wholeOutput(node, script);

describe('the cluster', () => {
  const NODES = [
    { Name: 'node1', State: 'Up' },
    { Name: 'node2', State: 'Down' },
    { Name: 'node3', State: 'Paused' },
  ] as const;
  const cluster = { name: 'hci-cluster.contoso.local', nodes: NODES };

  it('lists its nodes with their states', async () => {
    await node.seed({ cluster });
    assert.deepEqual(await outputOf('(Get-Cluster).Name; (Get-Cluster).Domain'), [
      'hci-cluster',
      'contoso.local',
    ]);
    const script = 'Get-ClusterNode | ForEach-Object { "$($_.Name) $($_.State) $([int]$_.State)" }';
    assert.deepEqual(await outputOf(script), ['node1 Up 0', 'node2 Down 1', 'node3 Paused 2']);
    assert.match(
      (await onlyError(node, "Get-ClusterNode -Name 'node9'")).fullyQualifiedErrorId,
      /^ObjectNotFound/,
    );
  });

  for (const [cloud, suffix, region] of [
    ['public', 'core.windows.net', 'eastus'],
    ['usgov', 'core.usgovcloudapi.net', 'usgovvirginia'],
    ['china', 'core.chinacloudapi.cn', 'chinaeast2'],
  ] as const) {
    it(`knows its witness and its registration in the cloud ${cloud}`, async () => {
      await node.seed({ cluster: { ...cluster, cloud, witnessAccount: 'contosowitness' } });
      const witness = `
        (Get-ClusterQuorum).QuorumResource.Name
        Get-ClusterResource | Where-Object { $_.ResourceType -like 'Cloud Witness' } |
          Get-ClusterParameter -Name AccountName, EndpointInfo | ForEach-Object { "$($_.Name)=$($_.Value)" }`;
      assert.deepEqual(await outputOf(witness), [
        'Cloud Witness',
        'AccountName=contosowitness',
        `EndpointInfo=${suffix}`,
      ]);
      const script =
        '$r = Get-AzureStackHCI; "$($r.ClusterStatus) $($r.RegistrationStatus) $($r.ConnectionStatus) $($r.Region)"';
      assert.deepEqual(await outputOf(script), [`Clustered Registered Connected ${region}`]);
    });
  }

  it('has no witness and no registration unless seeded', async () => {
    await node.seed({ cluster });
    const script =
      '$null -eq (Get-ClusterQuorum).QuorumResource; $r = Get-AzureStackHCI; "$($r.RegistrationStatus)[$($r.Region)]"';
    assert.deepEqual(await outputOf(script), [true, 'NotYet[]']);
  });

  it('is not there on a computer that is in none', async () => {
    await node.seed();
    assert.match((await onlyError(node, 'Get-ClusterNode')).message, /cluster service is not running/);
  });
});

describe('the gallery', () => {
  const INSTALLED = '[string](Get-Module -ListAvailable -Name WinInetProxy).Version';
  const INSTALL = "Install-Module -Name WinInetProxy -RequiredVersion '0.1.0' -Force";

  it('brings the module, which then loads', async () => {
    await node.seed({ gallery: true });
    assert.deepEqual(await outputOf(INSTALLED), ['']);
    assert.match(
      (await onlyError(node, 'Import-Module WinInetProxy')).fullyQualifiedErrorId,
      /^Modules_ModuleNotFound,/,
    );
    await outputOf(INSTALL);
    assert.deepEqual(await outputOf(INSTALLED), ['0.1.0']);
    assert.deepEqual((await node.state()).modules, ['WinInetProxy']);
    await outputOf('Import-Module WinInetProxy; Set-WinInetProxy');
  });

  it('finds nothing when it cannot be reached', async () => {
    await node.seed({ gallery: false });
    const run = await node.run(INSTALL);
    assert.match(
      run.errors[0]?.fullyQualifiedErrorId ?? '',
      /^NoMatchFoundForCriteria,Microsoft\.PowerShell\.PackageManagement\.Cmdlets\.InstallPackage$/,
    );
    assert.match(run.warnings.join(), /Unable to resolve package source/);
    assert.deepEqual(await outputOf(INSTALLED), ['']);
  });

  it('is not trusted without -Force, and has nothing of another name or version', async () => {
    await node.seed({ gallery: true });
    assert.match((await onlyError(node, 'Install-Module WinInetProxy')).message, /not trusted/);
    assert.match((await onlyError(node, 'Install-Module Contoso -Force')).message, /No match was found/);
    assert.match(
      (await onlyError(node, "Install-Module WinInetProxy -RequiredVersion '9.0' -Force")).message,
      /version '9.0'/,
    );
    assert.deepEqual(await outputOf(INSTALLED), ['']);
  });

  it('gives the NuGet provider first', async () => {
    await node.seed({ gallery: true });
    const provider = '[bool](Get-PackageProvider -Name NuGet -ListAvailable -ErrorAction SilentlyContinue)';
    assert.deepEqual(await outputOf(provider), [false]);
    await outputOf('Install-PackageProvider -Name NuGet -Force');
    assert.deepEqual(await outputOf(provider), [true]);
  });
});

describe('Constrained language mode', () => {
  beforeEach(() =>
    node.seed({ languageMode: 'Constrained', registry: { 'HKLM:\\SOFTWARE\\Contoso': { A: 1 } } }),
  );

  it('is in force', async () => {
    assert.deepEqual(await outputOf('[string]$ExecutionContext.SessionState.LanguageMode'), [
      'ConstrainedLanguage',
    ]);
    for (const script of [
      '[Net.Sockets.TcpClient]::new()',
      'New-Object Net.Sockets.TcpClient',
      '[pscustomobject]@{ a = 1 }',
    ])
      assert.ok((await node.run(script)).errors.length > 0, script);
  });

  it('leaves commands to work', async () => {
    assert.deepEqual(await outputOf("(Get-ItemProperty 'HKLM:\\SOFTWARE\\Contoso').A; @{ a = 1 }"), [
      1,
      { a: 1 },
    ]);
  });
});
