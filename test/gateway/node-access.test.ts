import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CLUSTER, startTestGateway } from './support/gateway-under-test.ts';
import { answerOf, command, V2 } from './support/sdk-client.ts';

const credentials = (user: string, password: string): Record<string, string> => ({
  'x-ms-sme-authorization': Buffer.from(
    JSON.stringify({ username: user, domain: 'CONTOSO', password }),
  ).toString('base64'),
});

describe('reaching a node', () => {
  for (const name of ['node2', 'NODE2', 'node2.contoso.local', 'Node2.Contoso.Local']) {
    it(`finds node2 as ${name}`, async t => {
      const { call, engine } = await startTestGateway(t);
      engine('node2').play = run => run.end();
      await call('POST', V2(name, 'invokeCommand'), command('x'));
      assert.equal(engine('node2').runs.length, 1);
    });
  }

  for (const name of [CLUSTER, 'HCI-Cluster', CLUSTER.toUpperCase()]) {
    it(`leads ${name} to the first node that runs`, async t => {
      const { call, engine } = await startTestGateway(t);
      engine('node1').play = run => run.end();
      await call('POST', V2(name, 'invokeCommand'), command('x'));
      assert.equal(engine('node1').runs.length, 1);
    });
  }

  it('says in WinRM’s words that a node does not answer, after trying', async t => {
    const { call } = await startTestGateway(t, { connectMs: 80 });
    const began = performance.now();
    const response = await call('POST', V2('node4.contoso.local', 'invokeCommand'), command('x'));
    assert.ok(performance.now() - began >= 75, 'a dead node takes its time');
    assert.equal(response.status, 504);
    const { error } = await answerOf(response);
    assert.match(error?.message ?? '', /node4\.contoso\.local .*WinRM cannot complete the operation/s);
  });

  it('says that a name is not known', async t => {
    const { call } = await startTestGateway(t);
    const response = await call('POST', V2('node9', 'invokeCommand'), command('x'));
    assert.equal(response.status, 504);
    assert.match((await answerOf(response)).error?.message ?? '', /name cannot be resolved/);
  });

  it('wants credentials where the gateway’s account is not enough', async t => {
    const { call, engine } = await startTestGateway(t);
    engine('node3').play = run => run.end();
    const post = (headers?: Record<string, string>): Promise<Response> =>
      call('POST', V2('node3', 'invokeCommand'), command('x'), headers);
    const denied = await post();
    assert.equal(denied.status, 403);
    assert.equal((await answerOf(denied)).error?.forbidden, 'Unauthorized');
    for (const headers of [
      credentials('admin', ''),
      credentials('', 'secret'),
      { 'x-ms-sme-authorization': 'not base64 json' },
    ]) {
      assert.equal((await post(headers)).status, 403);
    }
    assert.equal(engine('node3').runs.length, 0);
    assert.equal((await post(credentials('admin', 'secret'))).status, 200);
    assert.equal(engine('node3').runs.length, 1);
  });
});
