import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { startTestGateway, type GatewayUnderTest } from './support/gateway-under-test.ts';
import { answerOf, command, V2 } from './support/sdk-client.ts';
import { SocketClient } from './support/socket-client.ts';

interface HubMessage {
  readonly type: number;
  readonly target?: string;
  readonly invocationId?: string;
  readonly arguments?: readonly string[];
  readonly error?: string;
}

const RECORD_END = '\u001e';

async function openHub(t: TestContext, { bare, url }: GatewayUnderTest): Promise<SocketClient> {
  // SignalR's own client sends no XSRF token here.
  const negotiated = await bare('POST', '/api/notifications/negotiate?negotiateVersion=1');
  assert.equal(negotiated.status, 200);
  const { connectionToken } = (await negotiated.json()) as { connectionToken: string };
  const hub = await SocketClient.open(t, `${url}/api/notifications?id=${connectionToken}`, RECORD_END);
  hub.send({ protocol: 'json', version: 1 });
  assert.deepEqual(await hub.next(), {});
  return hub;
}

function subscribe(hub: SocketClient, id: string): void {
  hub.send({ type: 1, invocationId: '0', target: 'Subscribe', arguments: [id] });
}

const notice = (message: HubMessage): Record<string, unknown> =>
  JSON.parse(message.arguments?.[0] ?? '{}') as Record<string, unknown>;

const workItem = (script: string): unknown =>
  command(script, { metadata: { typeId: 'Job', moduleName: 'contoso.tool' } });

describe('work items and the notification hub', () => {
  it('answers a work item at once, goes on without the page, and tells subscribers', async t => {
    const test = await startTestGateway(t);
    const hub = await openHub(t, test);
    const started = test.engine('node1').next();
    const { sessionId, completed } = await answerOf(
      test.call('POST', V2('node1', 'invokeCommand'), workItem('long')),
    );
    assert.equal(completed, 'False');
    const run = await started;
    subscribe(hub, sessionId);
    assert.deepEqual(await hub.next(), { type: 3, invocationId: '0', result: null });
    run.progress('Copying', 40);
    const progress = await hub.next<HubMessage>();
    assert.equal(progress.target, 'Notify');
    assert.deepEqual(notice(progress), {
      sessionId,
      completed: 'False',
      progress: [{ activity: 'Copying', percentComplete: 40 }],
    });
    const active = (await (await test.call('GET', '/api/workitems?lastMinutes=1440')).json()) as {
      value: { id: string; connection: string; completed: boolean; metadata: unknown }[];
    };
    assert.deepEqual(
      active.value.map(item => [item.id, item.connection, item.completed]),
      [[sessionId, 'node1', false]],
    );
    assert.deepEqual(active.value[0]?.metadata, { typeId: 'Job', moduleName: 'contoso.tool' });
    run.output({ Step: 1 });
    await hub.next();
    run.end();
    assert.deepEqual(notice(await hub.next()), { sessionId, completed: 'True', results: [{ step: 1 }] });
    assert.deepEqual(await (await test.call('GET', '/api/workitems')).json(), { value: [] });
  });

  it('tells a late subscriber how it ended', async t => {
    const test = await startTestGateway(t);
    test.engine('node1').play = run =>
      run.end([{ message: 'it broke', type: 'System.Exception', fullyQualifiedErrorId: '' }]);
    const { sessionId } = await answerOf(test.call('POST', V2('node1', 'invokeCommand'), workItem('quick')));
    const hub = await openHub(t, test);
    subscribe(hub, sessionId);
    const messages = [await hub.next<HubMessage>(), await hub.next<HubMessage>()];
    const told = messages.find(message => message.type === 1);
    assert.ok(told);
    assert.equal(notice(told)['completed'], 'True');
    assert.match(JSON.stringify(notice(told)['errors']), /it broke/);
  });

  it('answers a call to a method that it does not have', async t => {
    const hub = await openHub(t, await startTestGateway(t));
    hub.send({ type: 1, invocationId: '7', target: 'Dance', arguments: [] });
    const answer = await hub.next<HubMessage>();
    assert.deepEqual([answer.type, answer.invocationId], [3, '7']);
    assert.match(answer.error ?? '', /Dance/);
  });
});
