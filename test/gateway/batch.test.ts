import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startTestGateway, type GatewayUnderTest } from './support/gateway-under-test.ts';
import { command, V1 } from './support/sdk-client.ts';

interface PartRequest {
  readonly method: string;
  readonly node: string;
  readonly rest: string;
  readonly body?: unknown;
  readonly headers?: readonly string[];
}

interface PartAnswer {
  readonly status: number;
  readonly requestId: string;
  readonly body: unknown;
}

/** Writes a batch as the SDK does (its data/batch-connection.ts): version 1 URLs, one request id a part. */
async function sendBatch(
  { call }: GatewayUnderTest,
  parts: readonly PartRequest[],
): Promise<readonly PartAnswer[]> {
  const boundary = '0e4a7f1c-boundary';
  const lines = parts.flatMap((part, index) => [
    `--${boundary}`,
    'Content-Type: application/http; msgtype=request',
    'Content-Transfer-Encoding: binary\r\n',
    `${part.method} ${V1(part.node, part.rest)} HTTP/1.1`,
    'Host: localhost:6600',
    `request-id: id-${String(index)}`,
    'x-ms-sme-module-name: contoso.tool',
    ...(part.headers ?? []),
    ...(part.body === undefined
      ? ['\r\n']
      : ['Content-Type: application/json; charset=utf-8', '\r\n', JSON.stringify(part.body)]),
  ]);
  const response = await call(
    'POST',
    '/api/batch?api-version=2019-02-01',
    [...lines, `--${boundary}--`].join('\r\n'),
    {
      'content-type': `multipart/mixed; boundary=${boundary}`,
      accept: 'multipart/mixed',
    },
  );
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^multipart\/mixed; boundary=/);
  return parseLikeSdk(await response.text());
}

/** The SDK's way of reading: the boundary is the first line, then row by row. */
function parseLikeSdk(text: string): readonly PartAnswer[] {
  const boundary = text.slice(text.indexOf('--'), text.indexOf('\r\n'));
  return text
    .split(boundary)
    .filter(item => item !== '' && item !== '--\r\n')
    .map(item => {
      const rows = item.split('\r\n');
      const json = rows.find(row => row.startsWith('{') && row.endsWith('}'));
      return {
        status: Number(rows.find(row => row.startsWith('HTTP/'))?.split(' ')[1]),
        requestId: rows.find(row => row.toLowerCase().startsWith('request-id'))?.split(' ')[1] ?? '',
        body: json === undefined ? undefined : (JSON.parse(json) as unknown),
      };
    });
}

describe('batch', () => {
  it('runs on several nodes at once; one that is down does not fail the others', async t => {
    const test = await startTestGateway(t);
    for (const node of ['node1', 'node2']) {
      test.engine(node).play = run => {
        run.output({ Node: node });
        run.end();
      };
    }
    const nodes = ['node1', 'node4', 'node2'];
    const parts = nodes.map(node => ({ method: 'PUT', node, rest: 'pssessions/x', body: command('1') }));
    const answers = await sendBatch(test, parts);
    assert.deepEqual(
      answers.map(answer => [answer.requestId, answer.status]),
      [
        ['id-0', 200],
        ['id-1', 504],
        ['id-2', 200],
      ],
    );
    const [first, dead, last] = answers.map(answer => answer.body as Record<string, unknown>);
    assert.deepEqual([first?.['results'], last?.['results']], [[{ node: 'node1' }], [{ node: 'node2' }]]);
    assert.match(JSON.stringify(dead?.['error']), /WinRM/);
    assert.deepEqual(
      test.gateway.audit.entries.map(entry => [entry.via, entry.node, entry.script, entry.module]),
      nodes.map(node => ['batch', node, '1', 'contoso.tool']),
    );
  });

  it('looks for more and closes, one part a node', async t => {
    const test = await startTestGateway(t);
    const started = test.engine('node1').next();
    const [first] = await sendBatch(test, [
      { method: 'PUT', node: 'node1', rest: 'pssessions/x', body: command('slow') },
    ]);
    const { sessionId, completed } = first?.body as { sessionId: string; completed: string };
    assert.equal(completed, 'False');
    (await started).end();
    const [more] = await sendBatch(test, [{ method: 'GET', node: 'node1', rest: `pssessions/${sessionId}` }]);
    assert.equal((more?.body as { completed: string }).completed, 'True');
    const [closed] = await sendBatch(test, [
      { method: 'DELETE', node: 'node1', rest: `pssessions/${sessionId}` },
    ]);
    assert.equal(closed?.status, 204);
    assert.equal(test.gateway.sessions.count, 0);
  });

  it('takes each node’s own credentials from its part', async t => {
    const test = await startTestGateway(t);
    test.engine('node3').play = run => run.end();
    const token = Buffer.from('{"username":"admin","password":"secret"}').toString('base64');
    const part = { method: 'PUT', node: 'node3', rest: 'pssessions/x', body: command('1') };
    const answers = await sendBatch(test, [part, { ...part, headers: [`x-ms-sme-authorization: ${token}`] }]);
    assert.deepEqual(
      answers.map(answer => answer.status),
      [403, 200],
    );
  });

  it('refuses a body that is no batch', async t => {
    const { call } = await startTestGateway(t);
    assert.equal((await call('POST', '/api/batch', 'x', { 'content-type': 'multipart/mixed' })).status, 400);
  });
});
