import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startTestGateway } from './support/gateway-under-test.ts';
import { answerOf, command, V1, V2 } from './support/sdk-client.ts';

describe('PowerShell API of a node', () => {
  for (const [version, url] of [
    ['version 1', V1],
    ['version 2', V2],
  ] as const) {
    it(`runs the script as it came, ${version} URL`, async t => {
      const { call, engine } = await startTestGateway(t);
      engine('node1').play = run => {
        run.output({ Name: 'x', IPAddress: '10.0.0.1', Nested: { IsUp: true } });
        run.end();
      };
      const script = "function SmeSubmit{\n$a = 'ä‘'\n}\nSmeSubmit -Text (cvt '\"a\"')";
      const response = await call('POST', url('node1.contoso.local', 'invokeCommand'), command(script));
      assert.equal(response.status, 200);
      const answer = await answerOf(response);
      assert.equal(answer.completed, 'True');
      assert.deepEqual(answer.results, [{ name: 'x', ipAddress: '10.0.0.1', nested: { isUp: true } }]);
      assert.deepEqual(engine('node1').runs[0]?.request, { script });
    });
  }

  it('does not look at the name of the command', async t => {
    const { call, engine } = await startTestGateway(t);
    engine('node1').play = run => run.end();
    await call('POST', V2('node1', 'invokeCommand'), command('1 + 1', { command: 'Get-ClusterOverview' }));
    assert.equal(engine('node1').runs[0]?.request.script, '1 + 1');
  });

  it('holds a running command, hands out what came meanwhile, and each result once', async t => {
    const { call, engine } = await startTestGateway(t);
    const started = engine('node1').next();
    const first = call('POST', V2('node1', 'invokeCommand'), command('slow', { invokeMode: 'Polling' }));
    const run = await started;
    run.output(1);
    run.output(2);
    run.progress('Testing', 40);
    const a = await answerOf(first);
    assert.deepEqual([a.completed, a.results], ['False', [1, 2]]);
    assert.deepEqual(a.progress, [{ activity: 'Testing', percentComplete: 40 }]);
    const poll = (): Promise<Response> =>
      call('GET', V2('node1', `pssessions/${a.sessionId}?$expand=output`));
    const b = await answerOf(poll());
    assert.deepEqual([b.completed, b.results, b.progress], ['False', [], undefined]);
    run.output(3);
    run.end();
    const c = await answerOf(poll());
    assert.deepEqual([c.sessionId, c.completed, c.results], [a.sessionId, 'True', [3]]);
  });

  it('answers a long poll at once when the script ends', async t => {
    const { call, engine } = await startTestGateway(t, { poll: { first: 60_000, next: 60_000 } });
    const started = engine('node1').next();
    const first = call('POST', V2('node1', 'invokeCommand'), command('quick'));
    (await started).end();
    assert.equal((await answerOf(first)).completed, 'True');
  });

  it('keeps results for the next poll when the browser gives one up', async t => {
    const { call, engine, url } = await startTestGateway(t, { poll: { first: 20, next: 60_000 } });
    const started = engine('node1').next();
    const { sessionId } = await answerOf(call('POST', V2('node1', 'invokeCommand'), command('slow')));
    const run = await started;
    const page = await fetch(url);
    const cookie = page.headers
      .getSetCookie()
      .map(line => line.split(';')[0])
      .join('; ');
    const token = /WAC-XSRF=([^;]+)/.exec(cookie)?.[1] ?? '';
    const leaving = new AbortController();
    const given = fetch(`${url}${V2('node1', `pssessions/${sessionId}`)}`, {
      headers: { cookie, 'x-xsrf-token': token },
      signal: leaving.signal,
    });
    run.output('kept');
    leaving.abort();
    await assert.rejects(given, { name: 'AbortError' });
    const next = call('GET', V2('node1', `pssessions/${sessionId}`));
    run.end();
    assert.deepEqual((await answerOf(next)).results, ['kept']);
  });

  it('stops the script on the node when the browser cancels', async t => {
    const { call, engine } = await startTestGateway(t);
    const started = engine('node1').next();
    const { sessionId } = await answerOf(call('POST', V2('node1', 'invokeCommand'), command('slow')));
    const run = await started;
    const response = await call('POST', V2('node1', `pssessions/${sessionId}/cancel`));
    assert.equal(response.status, 200);
    assert.equal(run.stops, 1);
    const after = await answerOf(call('GET', V2('node1', `pssessions/${sessionId}`)));
    assert.deepEqual([after.completed, after.errors], ['True', undefined]);
  });

  it('answers a cancel even when the script cannot be stopped at once', async t => {
    const { call, engine } = await startTestGateway(t);
    engine('node1').endsOnStop = false;
    const { sessionId } = await answerOf(call('POST', V2('node1', 'invokeCommand'), command('blocked')));
    assert.equal((await call('POST', V2('node1', `pssessions/${sessionId}/cancel`))).status, 200);
    const after = await answerOf(call('GET', V2('node1', `pssessions/${sessionId}`)));
    assert.equal(after.completed, 'False');
  });

  it('runs several commands in a named session and ends it on DELETE', async t => {
    const { call, engine } = await startTestGateway(t);
    engine('node1').play = run => {
      run.output(run.request.script);
      run.end();
    };
    const { sessionId } = await answerOf(
      call('PUT', V2('node1', 'pssessions/key-newSession'), command('one')),
    );
    const again = await answerOf(
      call('POST', V2('node1', `pssessions/${sessionId}/invokeCommand`), command('two')),
    );
    assert.deepEqual([again.sessionId, again.results], [sessionId, ['two']]);
    assert.equal((await call('DELETE', V2('node1', `pssessions/${sessionId}`))).status, 204);
    const gone = await call('GET', V2('node1', `pssessions/${sessionId}`));
    assert.equal(gone.status, 404);
    assert.equal((await answerOf(gone)).error?.code, 'SessionNotFound');
  });

  it('stops what runs in a session that is closed', async t => {
    const { call, engine } = await startTestGateway(t);
    const started = engine('node1').next();
    const { sessionId } = await answerOf(
      call('PUT', V2('node1', 'pssessions/x-newSession'), command('slow')),
    );
    await call('DELETE', V2('node1', `pssessions/${sessionId}`));
    assert.equal((await started).stops, 1);
  });

  it('answers a failed script with 400 and its errors in the SDK’s shape', async t => {
    const { call, engine } = await startTestGateway(t);
    engine('node1').play = run => {
      run.output('before');
      run.end([
        { message: 'it broke', type: 'System.InvalidOperationException', fullyQualifiedErrorId: 'Broke' },
      ]);
    };
    const response = await call('POST', V2('node1', 'invokeCommand'), command('throw 1'));
    assert.equal(response.status, 400);
    const answer = await answerOf(response);
    assert.equal(answer.completed, 'True');
    assert.deepEqual(answer.results, ['before']);
    assert.deepEqual(answer.errors, [
      {
        errorType: 'System.InvalidOperationException',
        message: 'it broke',
        detailRecord: {
          fullyQualifiedErrorId: 'Broke',
          remoteExceptionMessage: 'it broke',
          nativeErrorCode: null,
          hResult: null,
        },
      },
    ]);
  });

  it('runs the module’s command with its parameters on a JEA endpoint and when no script came', async t => {
    const { call, engine } = await startTestGateway(t);
    engine('node1').play = run => run.end();
    const parameters = { Text: "a'; Get-Process" };
    const endpoint = {
      'x-ms-sme-jea-endpoint': 'http://schemas.microsoft.com/powershell/microsoft.sme.powershell',
    };
    await call('POST', V2('node1', 'invokeCommand'), command('never', { parameters }), endpoint);
    await call('POST', V2('node1', 'invokeCommand'), command('', { parameters }));
    const wanted = { Name: 'Contoso.Tool\\Get-Thing', Arguments: parameters };
    for (const run of engine('node1').runs) {
      assert.deepEqual(run.request.parameters, wanted);
      assert.doesNotMatch(run.request.script, /never|Get-Process/);
    }
    assert.equal(engine('node1').runs.length, 2);
  });

  it('refuses a request with nothing to run', async t => {
    const { call } = await startTestGateway(t);
    assert.equal((await call('POST', V2('node1', 'invokeCommand'), {})).status, 400);
    assert.equal((await call('POST', V2('node1', 'invokeCommand'), '{not json')).status, 400);
    assert.equal((await call('PATCH', V2('node1', 'pssessions/x'), {})).status, 404);
  });

  it('records what it was asked for, with the audit header', async t => {
    const { call, engine, bare } = await startTestGateway(t);
    engine('node1').play = run => run.end();
    await call('POST', V2('node1', 'invokeCommand'), command('Set-It'), {
      'x-ms-sme-log-audit': 'true',
      'x-ms-sme-module-name': 'contoso.tool',
    });
    const audit = (await (await bare('GET', '/api/__audit')).json()) as Record<string, unknown>[];
    const entry = audit.at(-1) ?? {};
    assert.deepEqual(
      [entry['node'], entry['command'], entry['script'], entry['logAudit'], entry['module'], entry['via']],
      ['node1', 'Get-Thing', 'Set-It', 'true', 'contoso.tool', 'rest'],
    );
  });
});
