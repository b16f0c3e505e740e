import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Endpoint } from '../support/probe-node.ts';
import { BLOCKED, OK, phasesOf, ProbeOnLoopback } from '../support/probe-on-loopback.ts';
import { answering, type ProbeServers, silent, tunnelTo } from '../support/probe-servers.ts';

describe('Test-Endpoint with a proxy', () => {
  let servers: ProbeServers;
  let probe: ProbeOnLoopback['probe'];
  let loopback: ProbeOnLoopback;
  before(async () => {
    loopback = await ProbeOnLoopback.start();
    ({ servers } = loopback);
    probe = (...args) => loopback.probe(...args);
  });
  after(() => loopback.stop());

  const tunnels = {
    403: 'proxy-policy',
    407: 'proxy-wants-credentials',
    502: 'proxy-could-not-reach',
    504: 'proxy-could-not-reach',
  } as const;
  for (const [status, cause] of Object.entries(tunnels))
    test(`tells a proxy that answers ${status}`, async () => {
      const proxy = await servers.listen(answering(`HTTP/1.1 ${status} No\r\n\r\n`));
      const result = await probe({}, { ProxyServer: `127.0.0.1:${proxy}` });
      assert.deepEqual([result.cause, result.observation.proxyStatus], [cause, Number(status)]);
      assert.deepEqual(phasesOf(result), ['name ok', 'connect ok', 'proxy failed']);
    });

  test('tells a proxy that is closed, silent, absent-minded or none', async () => {
    const via = async (port: number) =>
      (await probe({}, { ProxyServer: `127.0.0.1:${port}`, TimeoutMs: 1000 })).cause;
    assert.equal(await via(await servers.closedPort()), 'proxy-refused');
    assert.equal(await via(await servers.listen(silent)), 'proxy-silent');
    assert.equal(await via(await servers.listen(answering(''))), 'proxy-closed');
    assert.equal(await via(await servers.listen(answering('SSH-2.0\r\n'))), 'proxy-not-http');
  });

  test('goes through a proxy all the way, and judges what is behind it', async () => {
    const good = await servers.listenTls('localhost', 'genuine', answering(OK));
    const inspected = await servers.listenTls('localhost', 'intercept', answering(OK));
    const through = async (target: number, protocol: Endpoint['protocol'] = 'https') => {
      const proxy = await servers.listen(tunnelTo(target));
      return probe({ protocol }, { ProxyServer: `127.0.0.1:${proxy}` });
    };
    const result = await through(good);
    assert.deepEqual(phasesOf(result), ['name ok', 'connect ok', 'proxy ok', 'tls ok', 'http ok']);
    assert.deepEqual([result.cause, result.observation.route], ['answered', 'proxy']);
    assert.equal((await through(inspected)).cause, 'unknown-root');
    assert.equal((await through(good, 'tcp')).cause, 'connected-web-port');
  });

  test('asks a proxy for plain HTTP by the whole address, and tells its refusal from one behind it', async () => {
    let request = '';
    const through = async (...chunks: string[]) => {
      const proxy = await servers.listen(socket => {
        socket.once('data', data => (request = String(data)));
        answering(...chunks)(socket);
      });
      return (await probe({ protocol: 'http', port: 80 }, { ProxyServer: `127.0.0.1:${proxy}` })).cause;
    };
    assert.equal(await through(OK), 'answered-unproven');
    assert.match(request, /^GET http:\/\/localhost\/ HTTP\/1\.1\r\nHost: localhost\r\n/);
    assert.equal(await through(BLOCKED), 'proxy-policy');
    assert.equal(await through(BLOCKED.replace('Server', 'Via: 1.1 proxy\r\nServer')), 'http-forbidden');
  });

  test('understands the forms in which WinINet keeps a proxy', async () => {
    const proxy = await servers.listen(answering('HTTP/1.1 403 No\r\n\r\n'));
    const at = `127.0.0.1:${proxy}`;
    const closed = await servers.closedPort();
    const route = async (ProxyServer: string, protocol: Endpoint['protocol']) => {
      const { observation } = await probe({ port: closed, protocol }, { ProxyServer });
      return observation.proxy;
    };
    for (const form of [
      at,
      `http://${at}`,
      `http://${at}/`,
      ` ${at} `,
      `${at};other:1`,
      `https=${at}`,
      `HTTPS=http://${at};ftp=f:1`,
    ])
      assert.equal(await route(form, 'https'), at, form);
    assert.equal(await route(`http=${at};https=other:1`, 'http'), at);
    assert.equal(await route(`https=${at}`, 'tcp'), at);
    for (const form of ['', ' ', `http=${at}`, `socks=${at}`, '=', 'https='])
      assert.equal(await route(form, 'https'), '', form);
    assert.equal(await route(`https=${at}`, 'http'), '');
  });

  const bypasses: readonly (readonly [entry: string, host: string, bypassed: boolean])[] = [
    ['localhost', 'localhost', true],
    ['LOCALHOST', 'localhost', true],
    ['local', 'localhost', false],
    ['local*', 'localhost', true],
    ['*host', 'localhost', true],
    ['*', 'localhost', true],
    ['<local>', 'localhost', true],
    ['<local>', '127.0.0.1', false],
    ['<local>', '::1', false],
    ['127.*', '127.0.0.1', true],
    ['127.0.0.?', '127.0.0.1', false],
    ['127.0.0.[1]', '127.0.0.1', false],
    ['[::1]', '::1', true],
    ['a;127.0.0.1', '127.0.0.1', true],
    ['a 127.0.0.1', '127.0.0.1', true],
    ['http://localhost', 'localhost', true],
    ['localhost:443', 'localhost', true],
    ['localhost:80', 'localhost', false],
    ['.*', 'localhost', false],
    ['', 'localhost', false],
  ];
  test('understands the entries with which WinINet goes round a proxy', async () => {
    const proxy = await servers.closedPort();
    for (const [entry, host, bypassed] of bypasses) {
      const { observation } = await probe(
        { host, protocol: 'tcp' },
        { ProxyServer: `127.0.0.1:${proxy}`, ProxyBypass: ['other.example', entry] },
      );
      assert.equal(observation.route, bypassed ? 'direct' : 'proxy', `"${entry}" and ${host}`);
    }
  });
});
