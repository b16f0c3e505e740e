import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { nodeScript } from '../../../scripts/lib/node-scripts.ts';
import { wholeOutput } from '../../support/run-script.ts';
import { startNode, type TestNode } from '../../support/node-host.ts';

const PAC =
  'function FindProxyForURL(url, host) {\n  // "\u00e9"\n  return "PROXY p.contoso.com:8080; DIRECT";\n}\n';
const ANSWERS: Readonly<Record<string, readonly [status: number, text: string]>> = {
  '/proxy.pac': [200, PAC],
  '/page': [200, '<html>Sign in</html>'],
  '/missing': [404, 'no'],
  '/empty': [200, ''],
  '/long': [200, `${'// long\n'.repeat(20_000)}${PAC}`],
};

/** The proxy configuration script of a node, fetched from loopback. */
describe('a proxy configuration script', () => {
  let node: TestNode;
  let server: Server;
  let base = '';
  before(async () => {
    server = createServer((request, response) => {
      if (request.url === '/moved') return response.writeHead(302, { location: '/proxy.pac' }).end();
      const [status, text] = ANSWERS[request.url ?? ''] ?? [500, ''];
      return response.writeHead(status).end(text);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // What .NET answers on other systems than Windows; curl is told to look at no such setting.
    process.env['https_proxy'] = 'http://p.contoso.com:3128';
    node = await startNode();
    delete process.env['https_proxy'];
  });
  after(async () => {
    await node.stop();
    server.close();
  });

  const fetched = async (Address: string) => {
    const output = await wholeOutput(node, nodeScript('Get-ProxyScript'), { Address, TimeoutMs: 5000 });
    const [head = '', json = '""'] = String(output[0]).split('\n');
    return { head: head.split('\t').slice(0, 5), text: JSON.parse(json) as string };
  };

  for (const languageMode of ['Full', 'Constrained'] as const)
    it(`is fetched by curl, and what is none is told apart, in the language mode ${languageMode}`, async () => {
      await node.seed({ languageMode });
      assert.deepEqual((await fetched(`${base}/proxy.pac`)).head, [
        'P',
        '0',
        '200',
        `${PAC.length - 1}`,
        '1',
      ]);
      assert.equal((await fetched(`${base}/proxy.pac`)).text, PAC.trimEnd());
      assert.equal((await fetched(`${base}/moved`)).text, PAC.trimEnd());
      assert.deepEqual((await fetched(`${base}/page`)).head.slice(1), ['0', '200', '20', '0']);
      assert.deepEqual((await fetched(`${base}/missing`)).head.slice(1, 3), ['0', '404']);
      assert.deepEqual((await fetched(`${base}/empty`)).head.slice(1), ['0', '200', '0', '0']);
      const long = await fetched(`${base}/long`);
      assert.deepEqual([long.text.length, long.head[4]], [50_000, '1']);
      assert.equal((await fetched('http://127.0.0.1:1/')).head[1], '7');
    });

  it('is let go of within a second when the check is cancelled, and curl with it', async () => {
    await node.seed({ languageMode: 'Constrained' });
    const silent = createServer();
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
    const stop = new AbortController();
    let stoppedAt = 0;
    const left = once(silent, 'request').then(([request]: IncomingMessage[]) => {
      const closed = once(request?.socket ?? assert.fail(), 'close');
      stoppedAt = performance.now();
      stop.abort();
      return closed;
    });
    const Address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/proxy.pac`;
    const run = await node.run(
      nodeScript('Get-ProxyScript'),
      { Address, TimeoutMs: 60_000 },
      { signal: stop.signal },
    );
    assert.ok(performance.now() - stoppedAt < 1000);
    assert.equal(run.outcome, 'stopped');
    await left;
    silent.close();
  });

  it('lets go within a second of what Windows takes long to resolve, and ends at its time', async () => {
    await node.seed();
    const script = nodeScript('Resolve-EndpointProxy');
    // Windows, which takes a minute.
    const sleep =
      "[Linq.Expressions.Expression]::Call([Threading.Thread].GetMethod('Sleep', [type[]]@([int])), " +
      '[Linq.Expressions.Expression[]]@([Linq.Expressions.Expression]::Constant(60000)))';
    const slow = script.replace(
      '$ask = ',
      () =>
        `$call = [Linq.Expressions.Expression]::Block([uri], [Linq.Expressions.Expression[]]@(${sleep}, $call))\n$ask = `,
    );
    assert.notEqual(slow, script);
    const Endpoints = ['0', '1'].map(id => ({ id, host: 'a.example', port: 443, protocol: 'https' }));
    const began = performance.now();
    const late = await node.run(slow, { Endpoints, DeadlineMs: 500 });
    assert.deepEqual([late.outcome, late.output], ['completed', ['']]);
    assert.ok(performance.now() - began < 30_000);
    const stop = new AbortController();
    const run = node.run(slow, { Endpoints, DeadlineMs: 60_000 }, { signal: stop.signal });
    // The work is under way when a second command is answered.
    await node.run('1');
    const stoppedAt = performance.now();
    stop.abort();
    assert.equal((await run).outcome, 'stopped');
    assert.ok(performance.now() - stoppedAt < 1000);
  });

  for (const Address of [
    'file:///C:/proxy.pac',
    'http://a/"\nurl = "file:///x',
    'http://a/\\',
    '',
    'ftp://a/',
  ])
    it(`is asked for at an address of the web only: ${JSON.stringify(Address)}`, async () => {
      await node.seed();
      const { errors } = await node.run(nodeScript('Get-ProxyScript'), { Address });
      assert.ok(errors.length > 0);
    });

  it('is asked of Windows for each endpoint, in the full language', async () => {
    await node.seed();
    const Endpoints = ['https a.example', 'http a.example', 'https bad"name'].map((each, id) => ({
      id: `${id}`,
      host: each.split(' ')[1],
      port: 443,
      protocol: each.split(' ')[0],
    }));
    const output = await wholeOutput(node, nodeScript('Resolve-EndpointProxy'), { Endpoints });
    assert.deepEqual(String(output[0]).split('\n'), ['G\t0\tp.contoso.com:3128', 'G\t1\t']);
    await node.seed({ languageMode: 'Constrained' });
    const refused = await node.run(nodeScript('Resolve-EndpointProxy'), { Endpoints });
    assert.match(refused.errors[0]?.message ?? '', /only .*core types/);
  });
});
