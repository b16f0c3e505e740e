import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Endpoint, PROBES } from '../support/probe-node.ts';
import { OK, phasesOf, ProbeOnLoopback } from '../support/probe-on-loopback.ts';
import { answering, tunnelTo } from '../support/probe-servers.ts';

for (const name of PROBES)
  describe(`${name}, at an address that it is given`, () => {
    let loopback: ProbeOnLoopback;
    before(async () => {
      loopback = await ProbeOnLoopback.start(name);
    });
    after(() => loopback.stop());

    const at = (port: number, address: string, more: object = {}) =>
      loopback.probe({ port }, { ConnectTo: [address], ...more });
    /** What the connection said: the address, without what else it tells. */
    const connected = ({ observation: { phases } }: Awaited<ReturnType<typeof at>>): string | undefined =>
      phases.find(({ phase }) => phase === 'connect')?.detail.split(';')[0];

    for (const address of ['127.0.0.1', '::1'])
      test(`comes all the way by ${address}, under the host's own name`, async () => {
        const port = await loopback.servers.listenTls('localhost', 'genuine', answering(OK), address);
        const result = await at(port, address);
        assert.deepEqual([result.cause, connected(result)], ['answered', address]);
        assert.deepEqual(phasesOf(result), ['name ok', 'connect ok', 'tls ok', 'http ok']);
      });

    test('says what one family refuses where the other answers, and names that address only', async () => {
      const port = await loopback.servers.listenTls('localhost', 'genuine', answering(OK));
      assert.equal((await at(port, '127.0.0.1')).cause, 'answered');
      const six = await at(port, '::1');
      assert.equal(six.cause, 'connection-refused');
      assert.deepEqual(six.observation.addresses, ['::1']);
    });

    test('tells an inspection that only one family meets', async () => {
      const port = await loopback.servers.listenTls('localhost', 'intercept', answering(OK), '::1');
      assert.equal((await at(port, '::1')).verdict, 'tls-intercepted');
    });

    test('has no use for an address behind a proxy, and none for what is no address', async () => {
      const port = await loopback.servers.listenTls('localhost', 'genuine', answering(OK));
      const proxy = await loopback.servers.listen(tunnelTo(port));
      const through = await at(443, '::1', { ProxyServer: `127.0.0.1:${proxy}` });
      assert.deepEqual([through.cause, through.observation.route], ['answered', 'proxy']);
      for (const none of ['', 'localhost', '::1"\nurl = "http://localhost'])
        assert.equal((await at(port, none)).cause, 'answered', none);
    });

    test('gives each of several endpoints its own address', async () => {
      const four = await loopback.servers.listenTls('localhost', 'genuine', answering(OK));
      const six = await loopback.servers.listenTls('localhost', 'genuine', answering(OK), '::1');
      const run = await loopback.node.probe(
        [four, six, six].map((port, index): Endpoint => ({
          ...{ id: String(index), host: 'localhost', port, protocol: 'https' },
        })),
        { ConnectTo: ['127.0.0.1', '::1', '127.0.0.1'], TimeoutMs: 20_000 },
      );
      const causes = Object.fromEntries(run.results.map(({ id, cause }) => [id, cause]));
      assert.deepEqual(causes, { 0: 'answered', 1: 'answered', 2: 'connection-refused' });
    });
  });
