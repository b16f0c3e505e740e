import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Endpoint, type Probed, ProbeNode, type ProbeRun } from '../support/probe-node.ts';
import { answering, ProbeServers, silent, tunnelTo } from '../support/probe-servers.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
const BLOCKED = 'HTTP/1.1 403 Forbidden\r\nServer: WebFilter/1\r\nContent-Length: 0\r\n\r\n';

const ended = (run: ProbeRun): void => {
  assert.deepEqual([run.outcome, run.errors, run.unreadable], ['completed', [], []]);
};
const only = (run: ProbeRun): Probed => {
  ended(run);
  assert.equal(run.results.length, 1);
  return run.results[0] ?? assert.fail();
};
const phasesOf = (result: Probed): readonly string[] =>
  result.observation.phases.map(each => `${each.phase} ${each.outcome}`);

describe('Test-Endpoint on loopback', () => {
  let folder = '';
  let servers: ProbeServers;
  let node: ProbeNode;
  before(async () => {
    servers = await ProbeServers.create();
    folder = await mkdtemp(join(tmpdir(), 'probe-'));
    await writeFile(join(folder, 'roots.pem'), servers.trusted);
    node = await ProbeNode.onLoopback({ SSL_CERT_FILE: join(folder, 'roots.pem'), SSL_CERT_DIR: folder });
  });
  after(async () => {
    await node.stop();
    await servers.stop();
    await rm(folder, { recursive: true });
  });

  const probe = async (endpoint: Partial<Endpoint>, parameters: Readonly<Record<string, unknown>> = {}) =>
    only(
      await node.probe(
        [{ id: 'x', host: 'localhost', port: 443, protocol: 'https', ...endpoint }],
        parameters,
      ),
    );

  test('comes all the way over TLS and tells each step', async () => {
    const port = await servers.listenTls('localhost', 'genuine', answering(OK));
    const result = await probe({ port });
    assert.equal(result.cause, 'answered');
    assert.deepEqual(phasesOf(result), ['name ok', 'connect ok', 'tls ok', 'http ok']);
    const { observation } = result;
    assert.equal(observation.route, 'direct');
    assert.equal(observation.certificates[0]?.subject, 'CN=localhost');
    assert.match(observation.certificates.at(-1)?.issuer ?? '', /CN=DigiCert Global Root G2/);
    assert.ok(observation.addresses.includes('127.0.0.1'));
    assert.equal(observation.phases[1]?.detail, '127.0.0.1');
    assert.ok(Math.abs(Date.parse(observation.startedAt) - Date.now()) < 60_000);
  });

  const certificates = {
    intercept: ['tls-intercepted', 'unknown-root'],
    untrusted: ['tls-failed', 'certificate-untrusted'],
    expired: ['tls-failed', 'certificate-expired'],
    'wrong-name': ['tls-failed', 'certificate-wrong-name'],
  } as const;
  for (const [kind, expected] of Object.entries(certificates))
    test(`tells a certificate that is ${kind}, keeps it, and sends it nothing unless it is trusted`, async () => {
      let requests = 0;
      const port = await servers.listenTls('localhost', kind as keyof typeof certificates, socket => {
        socket.on('data', () => (requests += 1));
        answering(OK)(socket);
      });
      const result = await probe({ port });
      assert.deepEqual([result.verdict, result.cause], expected);
      assert.ok(result.observation.certificates.length > 0);
      assert.equal(requests, kind === 'intercept' ? 1 : 0);
    });

  const silences = {
    'in the handshake': ['tls-timed-out', 'tls timeout', () => servers.listen(silent)],
    'after the request': [
      'http-timed-out',
      'http timeout',
      () => servers.listenTls('localhost', 'genuine', silent),
    ],
    'in the middle of the header': [
      'http-timed-out',
      'http timeout',
      () =>
        servers.listenTls('localhost', 'genuine', socket => {
          socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nA: b\r\n'));
        }),
    ],
  } as const;
  for (const [where, [cause, last, listen]] of Object.entries(silences))
    test(`gives up on silence ${where}`, async () => {
      const result = await probe({ port: await listen() }, { TimeoutMs: 600 });
      assert.deepEqual([result.cause, phasesOf(result).at(-1)], [cause, last]);
      assert.ok(result.at < 3000, `${result.at} ms`);
    });

  const answers = {
    'closes without a word': ['tls-reset', 'https', [''], 'plain'],
    'speaks another language': ['tls-handshake-failed', 'https', ['SSH-2.0-OpenSSH\r\n'], 'plain'],
    'closes without an answer to the request': ['http-closed', 'https', [''], 'tls'],
    'answers in another language': ['http-not-http', 'http', ['220 mail ready\r\n'], 'plain'],
    'answers in pieces': [
      'answered',
      'http',
      ['HT', 'TP/1.1 404 Not', ' Found\r\nX-Ms-Re', 'quest-Id: 1\r\n\r\n'],
      'plain',
    ],
    'never ends its header': ['answered', 'http', [`HTTP/1.1 200 OK\r\nA: ${'x'.repeat(40_000)}`], 'plain'],
    'refuses without a mark of the service': ['http-forbidden', 'https', [BLOCKED], 'tls'],
    'asks for a name like a proxy': [
      'proxy-wants-credentials',
      'http',
      ['HTTP/1.1 407 Auth\r\n\r\n'],
      'plain',
    ],
  } as const;
  for (const [what, [cause, protocol, chunks, kind]] of Object.entries(answers))
    test(`tells what ${what}`, async () => {
      const serve = answering(...chunks);
      const port = await (kind === 'tls'
        ? servers.listenTls('localhost', 'genuine', serve)
        : servers.listen(serve));
      const result = await probe({ port, protocol });
      assert.equal(result.cause, cause, JSON.stringify(result.observation.phases));
    });

  test('keeps names of headers, and values of those that matter', async () => {
    const header =
      'HTTP/1.1 302 Found\r\nServer:  Kestrel \r\nLOCATION: https://a/b\r\nVia: 1.1 p\r\nMS-CV: x\r\nno header\r\n\r\nBody: 1';
    const port = await servers.listen(answering(header));
    const { http } = (await probe({ port, protocol: 'http' })).observation;
    assert.deepEqual(http, {
      status: 302,
      server: 'Kestrel',
      via: '1.1 p',
      location: 'https://a/b',
      headers: ['server', 'location', 'via', 'ms-cv'],
    });
  });

  test('tells an open port from a closed one, by name, IPv4 and IPv6', async () => {
    const open = await servers.listen(silent);
    const openSix = await servers.listen(silent, '::1');
    const closed = await servers.closedPort();
    const run = await node.probe([
      { id: 'name', host: 'localhost', port: open, protocol: 'tcp' },
      { id: 'four', host: '127.0.0.1', port: open, protocol: 'tcp' },
      { id: 'six', host: '::1', port: openSix, protocol: 'tcp' },
      { id: 'closed', host: '127.0.0.1', port: closed, protocol: 'tcp' },
      { id: 'closed-six', host: '::1', port: closed, protocol: 'tcp' },
    ]);
    ended(run);
    assert.deepEqual(Object.fromEntries(run.results.map(each => [each.id, each.cause])), {
      name: 'connected',
      four: 'connected',
      six: 'connected',
      closed: 'connection-refused',
      'closed-six': 'connection-refused',
    });
  });

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
    assert.equal((await through(good, 'tcp')).cause, 'connected');
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
    assert.equal(await through(OK), 'answered');
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

  test('reports every endpoint, whatever it was asked for', async () => {
    const hostile: readonly (readonly [string, unknown])[] = [
      ['long', { host: 'x'.repeat(300), port: 443, protocol: 'https' }],
      ['port', { host: '127.0.0.1', port: 65_536, protocol: 'tcp' }],
      ['empty', { host: '', port: 443, protocol: 'https' }],
      ['header', { host: '127.0.0.1\r\nX: y', port: 443, protocol: 'https' }],
    ];
    const run = await node.probe(
      hostile.map(([id, endpoint]) => ({ id, ...(endpoint as object) }) as Endpoint),
    );
    assert.deepEqual([run.outcome, run.errors], ['completed', []]);
    assert.equal(run.results.length + run.unreadable.length, hostile.length);
    for (const result of run.results) assert.notEqual(result.verdict, 'reachable', result.id);
  });

  test('writes each result when it is there, and waits for none of the others', async () => {
    const slow = await servers.listen(silent);
    const quick = await servers.listenTls('localhost', 'genuine', answering(OK));
    const run = await node.probe(
      [
        { id: 'slow', host: 'localhost', port: slow, protocol: 'https' },
        ...Array.from({ length: 20 }, (_, index): Endpoint => ({
          id: `quick${index}`,
          host: 'localhost',
          port: quick,
          protocol: 'https',
        })),
      ],
      { TimeoutMs: 3000 },
    );
    ended(run);
    assert.equal(run.results.length, 21);
    assert.equal(run.results.at(-1)?.id, 'slow');
    for (const result of run.results.slice(0, -1)) {
      assert.equal(result.cause, 'answered');
      assert.ok(result.at < 2500, `${result.id} came after ${result.at} ms`);
    }
  });

  test('ends at the deadline, and says what was not finished or never begun', async () => {
    const port = await servers.listen(silent);
    const endpoints = ['first', 'second'].map((id): Endpoint => ({
      id,
      host: 'localhost',
      port,
      protocol: 'https',
    }));
    const run = await node.probe(endpoints, { TimeoutMs: 30_000, DeadlineMs: 700, MaxConcurrent: 1 });
    ended(run);
    assert.deepEqual(
      run.results.map(each => [
        each.id,
        each.cause,
        each.observation.startedAt !== '',
        phasesOf(each).at(-1),
      ]),
      [
        ['first', 'deadline', true, 'tls timeout'],
        ['second', 'deadline', false, undefined],
      ],
    );
    assert.ok(run.ms < 3000, `${run.ms} ms`);
  });

  test('measures more endpoints than it may at once', async () => {
    const port = await servers.listenTls('localhost', 'genuine', answering(OK));
    const endpoints = Array.from({ length: 30 }, (_, index): Endpoint => ({
      id: String(index),
      host: 'localhost',
      port,
      protocol: 'https',
    }));
    const run = await node.probe(endpoints, { MaxConcurrent: 4 });
    ended(run);
    assert.deepEqual(
      run.results.map(each => Number(each.id)).sort((a, b) => a - b),
      endpoints.map((_, index) => index),
    );
  });

  test('stops at once and lets go of its connections', async () => {
    let open = 0;
    const slow = await servers.listen(socket => {
      open += 1;
      socket.on('close', () => (open -= 1));
      socket.resume();
    });
    const quick = await servers.listen(silent);
    const endpoints = Array.from({ length: 20 }, (_, index): Endpoint => ({
      id: String(index),
      host: 'localhost',
      port: slow,
      protocol: 'https',
    }));
    let stoppedAt = 0;
    const run = await node.probe(
      [{ id: 'quick', host: 'localhost', port: quick, protocol: 'tcp' }, ...endpoints],
      { TimeoutMs: 60_000 },
      (_, stop) => {
        stoppedAt = performance.now();
        stop();
      },
    );
    assert.equal(run.outcome, 'stopped');
    assert.ok(performance.now() - stoppedAt < 2000, `${performance.now() - stoppedAt} ms`);
    const until = Date.now() + 5000;
    while (open > 0 && Date.now() < until) await new Promise(resolve => setImmediate(resolve));
    assert.equal(open, 0);
  });

  test('does nothing for nobody', async () => {
    const run = await node.probe([]);
    ended(run);
    assert.deepEqual(run.results, []);
  });
});
