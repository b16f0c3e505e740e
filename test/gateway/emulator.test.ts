import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { checkScenario } from '../../emulator/lab/read-scenario.ts';
import { publishedFolder } from '../../emulator/nodes/dotnet.ts';
import { type Emulator, startEmulator } from '../../emulator/start.ts';
import { installTool } from './support/installed-tool.ts';
import { type Answer, answerOf, type Call, command, openPage, V1, V2 } from './support/sdk-client.ts';
import { SocketClient } from './support/socket-client.ts';

const SCENARIO = checkScenario(
  {
    cluster: { name: 'hci-cluster.contoso.local', cloud: 'usgov', witnessAccount: 'contosowitness' },
    nodes: [
      { name: 'node1', proxy: 'proxy.contoso.com:8080' },
      { name: 'node2', state: 'Paused', languageMode: 'Constrained' },
      { name: 'node3', state: 'Down' },
    ],
  },
  'test',
);

const hostIsBuilt = existsSync(join(publishedFolder('powershell-host'), 'powershell-host.dll'));

describe(
  'emulator with the real PowerShell engine',
  { skip: !hostIsBuilt && 'the PowerShell host is not built' },
  () => {
    let emulator: Emulator;
    let call: Call;
    let url: string;
    let tool: Awaited<ReturnType<typeof installTool>>;

    before(async () => {
      tool = await installTool();
      emulator = await startEmulator({
        port: 0,
        scenario: SCENARIO,
        network: 'local',
        appFolder: tool.folder,
      });
      url = emulator.url.replace(/\/$/, '');
      call = await openPage(url);
    });

    after(async () => {
      await emulator.stop();
      await tool.remove();
    });

    const run = (node: string, script: string): Promise<Response> =>
      call('POST', V2(node, 'invokeCommand'), command(script, { waitTimeMs: 10_000 }));

    it('runs the script’s own text on the node that was asked', async () => {
      const script =
        '[pscustomobject]@{ Name = $env:COMPUTERNAME; Sum = 40 + 2; Inner = @{ IPAddress = "::1" }; List = @(1, "zwei") }';
      for (const url of [V1('node1.contoso.local', 'invokeCommand'), V2('NODE1', 'invokeCommand')]) {
        const answer = await answerOf(call('POST', url, command(script, { waitTimeMs: 10_000 })));
        assert.equal(answer.completed, 'True');
        assert.deepEqual(answer.results, [
          { name: 'NODE1', sum: 42, inner: { ipAddress: '::1' }, list: [1, 'zwei'] },
        ]);
      }
    });

    it('answers the cluster’s name on a node of it, which knows the cluster', async () => {
      const answer = await answerOf(
        run('hci-cluster.contoso.local', 'Get-ClusterNode | ForEach-Object { "$($_.Name) $($_.State)" }'),
      );
      assert.deepEqual(answer.results, ['node1 Up', 'node2 Paused', 'node3 Down']);
    });

    it('hands out results while the script goes on', async () => {
      const script = 'foreach ($n in 1..3) { $n; if ($n -eq 1) { Start-Sleep -Milliseconds 1300 } }';
      const first = await answerOf(call('POST', V2('node1', 'invokeCommand'), command(script)));
      assert.deepEqual([first.completed, first.results], ['False', [1]]);
      const rest: unknown[] = [];
      let completed = first.completed;
      while (completed === 'False') {
        const next = await answerOf(call('GET', V2('node1', `pssessions/${first.sessionId}`)));
        rest.push(...next.results);
        ({ completed } = next);
      }
      assert.deepEqual(rest, [2, 3]);
    });

    it('stops a script in the engine when it is cancelled', async () => {
      const script =
        '$env:BEAT = 0; while ($true) { $env:BEAT = 1 + $env:BEAT; Start-Sleep -Milliseconds 20 }';
      const { sessionId } = await answerOf(call('POST', V2('node1', 'invokeCommand'), command(script)));
      await call('POST', V2('node1', `pssessions/${sessionId}/cancel`));
      const after = await answerOf(call('GET', V2('node1', `pssessions/${sessionId}`)));
      assert.deepEqual([after.completed, after.errors], ['True', undefined]);
    });

    it('tells how a script failed', async () => {
      const response = await run('node1', '"before"; throw [InvalidOperationException]::new("it broke")');
      assert.equal(response.status, 400);
      const { results, errors } = await answerOf(response);
      assert.deepEqual(results, ['before']);
      assert.equal(errors?.[0]?.message, 'it broke');
      const unknown = await answerOf(run('node1', 'Get-Nonsense'));
      assert.match(unknown.errors?.[0]?.errorType ?? '', /CommandNotFoundException$/);
    });

    it('pushes output through the stream and stops on Cancel', async t => {
      const stream = await openStream(t, url);
      const request = { id: 'a', target: { nodeName: 'node1', headers: {} }, command: 'x', parameters: {} };
      const script = '"one"; while ($true) { Start-Sleep -Milliseconds 20 }';
      stream.send({ streamName: 'SME-PowerShell', state: 2, data: { ...request, requestState: 2, script } });
      const first = await stream.next<{ data: { state: number; response: { results: unknown[] } } }>();
      assert.deepEqual([first.data.state, first.data.response.results], [3, ['one']]);
      stream.send({ streamName: 'SME-PowerShell', state: 2, data: { ...request, requestState: 3 } });
      const last = await stream.next<{ data: { state: number } }>();
      assert.equal(last.data.state, 2);
    });

    it('runs a named command of a module with its parameters, as a JEA endpoint does', async () => {
      const named = (parameters: Record<string, string>): Promise<Answer> =>
        answerOf(
          call(
            'POST',
            V2('node1', 'invokeCommand'),
            command('', {
              module: 'Microsoft.PowerShell.Core',
              command: 'Get-Command',
              parameters,
              waitTimeMs: 10_000,
            }),
          ),
        );
      const found = await named({ Name: 'Where-Object' });
      assert.match(JSON.stringify(found.results), /Where-Object/);
      const hostile = "x'; throw 'it ran'; '";
      assert.match(
        (await named({ Name: hostile })).errors?.[0]?.message ?? '',
        /The term 'x'; throw 'it ran'; ''/,
      );
      const missing = await answerOf(
        call(
          'POST',
          V2('node1', 'invokeCommand'),
          command('', { module: 'Contoso.Tool', waitTimeMs: 10_000 }),
        ),
      );
      assert.match(missing.errors?.[0]?.message ?? '', /Contoso\.Tool/);
    });

    it('keeps what a script changed on that node, where tests can see it', async () => {
      await run('node1', "New-Item -Path 'HKLM:\\SOFTWARE\\Trial' -Force | Out-Null");
      const state = async (node: string): Promise<string> =>
        (await fetch(`${url}/api/__state/${node}`)).text();
      assert.match(await state('node1'), /SOFTWARE\\\\Trial/);
      assert.doesNotMatch(await state('node2'), /SOFTWARE\\\\Trial/);
    });

    it('gives a constrained node its language mode', async () => {
      const answer = await answerOf(run('node2', '"$($ExecutionContext.SessionState.LanguageMode)"'));
      assert.deepEqual(answer.results, ['ConstrainedLanguage']);
    });

    it('says that a node which is down does not answer', async () => {
      assert.equal((await run('node3', '1')).status, 504);
    });
  },
);

function openStream(t: TestContext, url: string): Promise<SocketClient> {
  return SocketClient.open(t, `${url}/api/services/WinStream/Stream/socket/contoso.tool`);
}
