import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { startTestGateway, type GatewayUnderTest } from './support/gateway-under-test.ts';
import { SocketClient } from './support/socket-client.ts';
import type { TestContext } from 'node:test';

interface StreamAnswer {
  readonly streamName: string;
  readonly state: number;
  readonly data: {
    readonly id: string;
    readonly state: number;
    readonly index: number;
    readonly response: {
      readonly completed: string;
      readonly results: readonly unknown[];
      readonly statusCode?: number;
      readonly errors?: readonly { readonly message: string }[];
    };
  };
}

const COMPLETED = 2;
const DATA = 3;
const FAILED = 4;

const openStream = (t: TestContext, { url }: GatewayUnderTest): Promise<SocketClient> =>
  SocketClient.open(t, `${url}/api/services/WinStream/Stream/socket/contoso.tool`);

function request(
  id: string,
  nodeName: string,
  requestState = 2,
  headers: Record<string, string> = {},
): unknown {
  return {
    streamName: 'SME-PowerShell',
    state: 2,
    data: {
      id,
      target: { nodeName, headers },
      requestState,
      script: requestState === 2 ? 'script of ' + id : null,
      command: 'Get-Thing',
      parameters: {},
      options: { partial: true },
    },
  };
}

describe('PowerShell stream', () => {
  for (const path of ['streams/socket/contoso.tool', 'services/WinStream/Stream/socket/contoso.tool']) {
    it(`pushes output as it comes, /api/${path}`, async t => {
      const test = await startTestGateway(t);
      const stream = await SocketClient.open(t, `${test.url}/api/${path}`);
      const started = test.engine('node1').next();
      stream.send(request('a', 'node1.contoso.local'));
      const run = await started;
      assert.equal(run.request.script, 'script of a');
      run.output({ Step: 1 });
      const first = await stream.next<StreamAnswer>();
      assert.deepEqual(
        [first.streamName, first.state, first.data.id, first.data.state, first.data.index],
        ['SME-PowerShell', 2, 'a', DATA, 0],
      );
      assert.deepEqual(first.data.response.results, [{ step: 1 }]);
      run.end();
      const last = await stream.next<StreamAnswer>();
      assert.deepEqual(
        [last.data.state, last.data.index, last.data.response.completed],
        [COMPLETED, 1, 'True'],
      );
    });
  }

  it('stops the script on Cancel and answers Completed, which frees the SDK’s slot', async t => {
    const test = await startTestGateway(t);
    const stream = await openStream(t, test);
    const started = test.engine('node1').next();
    stream.send(request('a', 'node1'));
    const run = await started;
    stream.send(request('a', 'node1', 3));
    const answer = await stream.next<StreamAnswer>();
    assert.deepEqual([answer.data.id, answer.data.state], ['a', COMPLETED]);
    assert.equal(run.stops, 1);
  });

  it('answers Completed to a Cancel of what has ended', async t => {
    const stream = await openStream(t, await startTestGateway(t));
    stream.send(request('gone', 'node1', 3));
    assert.equal((await stream.next<StreamAnswer>()).data.state, COMPLETED);
  });

  it('gives up connecting to a node that is down when cancelled', async t => {
    const stream = await openStream(t, await startTestGateway(t, { connectMs: 60_000 }));
    stream.send(request('a', 'node4'));
    stream.send(request('a', 'node4', 3));
    assert.equal((await stream.next<StreamAnswer>()).data.state, COMPLETED);
  });

  it('tells a failed script, a node that is down and missing credentials apart', async t => {
    const test = await startTestGateway(t);
    const stream = await openStream(t, test);
    test.engine('node1').play = run =>
      run.end([{ message: 'it broke', type: 'System.Exception', fullyQualifiedErrorId: '' }]);
    stream.send(request('a', 'node1'));
    const failed = (await stream.next<StreamAnswer>()).data;
    assert.deepEqual([failed.state, failed.response.statusCode], [FAILED, 400]);
    assert.equal(failed.response.errors?.[0]?.message, 'it broke');
    stream.send(request('b', 'node4'));
    const down = (await stream.next<StreamAnswer>()).data;
    assert.deepEqual([down.id, down.state, down.response.statusCode], ['b', FAILED, 504]);
    assert.match(down.response.errors?.[0]?.message ?? '', /WinRM/);
    stream.send(request('c', 'node3'));
    const denied = (await stream.next<StreamAnswer>()).data;
    assert.deepEqual([denied.state, denied.response.statusCode], [FAILED, 401], 'the SDK asks on 401');
    test.engine('node3').play = run => run.end();
    const token = Buffer.from('{"username":"admin","password":"secret"}').toString('base64');
    stream.send(request('d', 'node3', 2, { 'x-ms-sme-authorization': token }));
    assert.equal((await stream.next<StreamAnswer>()).data.state, COMPLETED);
  });

  it('stops what runs when the browser goes', async t => {
    const test = await startTestGateway(t);
    const stream = await openStream(t, test);
    const started = test.engine('node1').next();
    stream.send(request('a', 'node1'));
    const run = await started;
    const stopped = run.stopped;
    await stream.close();
    await stopped;
    assert.equal(run.stops, 1);
  });

  it('answers CIM with an error, so that nobody waits for it', async t => {
    const stream = await openStream(t, await startTestGateway(t));
    stream.send({ streamName: 'SME-CIM', state: 2, data: { id: 'c', requestState: 2 } });
    const answer = await stream.next<StreamAnswer>();
    assert.deepEqual([answer.streamName, answer.data.id, answer.data.state], ['SME-CIM', 'c', FAILED]);
  });

  it('ignores what is no packet', async t => {
    const test = await startTestGateway(t);
    const stream = await openStream(t, test);
    for (const noise of [1, null, [], {}, { streamName: 'SME-PowerShell', data: 5 }]) stream.send(noise);
    test.engine('node1').play = run => run.end();
    stream.send(request('a', 'node1'));
    assert.equal((await stream.next<StreamAnswer>()).data.id, 'a');
  });

  it('refuses pages of another site and unknown sockets', async t => {
    const { url } = await startTestGateway(t);
    const statusOf = async (path: string, origin?: string): Promise<number> => {
      const socket = new WebSocket(url.replace('http', 'ws') + path, origin === undefined ? {} : { origin });
      socket.on('error', () => undefined);
      const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
      socket.terminate();
      return response.statusCode;
    };
    assert.equal(await statusOf('/api/streams/socket/contoso.tool', 'http://attacker.example'), 403);
    assert.equal(await statusOf('/api/notifications', 'null'), 403);
    assert.equal(await statusOf('/api/else'), 404);
  });
});
