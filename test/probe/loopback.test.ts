import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Endpoint, ProbeNode } from '../support/probe-node.ts';
import { mustComplete, OK, phasesOf, ProbeOnLoopback } from '../support/probe-on-loopback.ts';
import { answering, type ProbeServers, silent } from '../support/probe-servers.ts';

describe('Test-Endpoint on loopback', () => {
  let servers: ProbeServers;
  let node: ProbeNode;
  let probe: ProbeOnLoopback['probe'];
  let loopback: ProbeOnLoopback;
  before(async () => {
    loopback = await ProbeOnLoopback.start();
    ({ servers, node } = loopback);
    probe = (...args) => loopback.probe(...args);
  });
  after(() => loopback.stop());

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
    mustComplete(run);
    assert.deepEqual(Object.fromEntries(run.results.map(each => [each.id, each.cause])), {
      name: 'connected',
      four: 'connected',
      six: 'connected',
      closed: 'connection-refused',
      'closed-six': 'connection-refused',
    });
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
    mustComplete(run);
    assert.equal(run.results.length, 21);
    assert.equal(run.results.at(-1)?.id, 'slow');
    for (const result of run.results.slice(0, -1)) {
      assert.equal(result.cause, 'answered');
      assert.ok(result.at < 2500, `${result.id} came after ${result.at} ms`);
    }
  });

  test('hears of every end, also when many connections end at the same moment', async () => {
    const port = await servers.listen(socket => socket.destroy());
    const endpoints = Array.from({ length: 50 }, (_, index): Endpoint => ({
      id: String(index),
      host: 'localhost',
      port,
      protocol: index % 2 ? 'http' : 'https',
    }));
    const run = await node.probe(endpoints, { TimeoutMs: 30_000 });
    mustComplete(run);
    assert.deepEqual(new Set(run.results.map(each => each.cause)), new Set(['tls-reset', 'http-closed']));
    assert.ok(run.ms < 20_000, `${run.ms} ms`);
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
    mustComplete(run);
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
    mustComplete(run);
    assert.deepEqual(
      run.results.map(each => Number(each.id)).sort((a, b) => a - b),
      endpoints.map((_, index) => index),
    );
  });

  test('does not hold the time that the machine did not give it against an endpoint', async () => {
    const pid = await node.pid();
    const timeout = 1000;
    const tls = await servers.listenTls('localhost', 'genuine', answering(OK));
    // The machine pauses, for longer than the endpoint's time, when the connection is made.
    const port = await servers.listen(socket => {
      process.kill(pid, 'SIGSTOP');
      const origin = connect(tls, '127.0.0.1');
      origin.on('error', () => socket.destroy());
      socket.pipe(origin).pipe(socket);
      setTimeout(() => process.kill(pid, 'SIGCONT'), 2 * timeout);
    });
    const run = await node.probe([{ id: 'paused', host: 'localhost', port, protocol: 'https' }], {
      TimeoutMs: timeout,
      DeadlineMs: 20_000,
    });
    mustComplete(run);
    assert.deepEqual(
      run.results.map(result => `${result.verdict} ${result.cause}`),
      ['reachable answered'],
    );
  });

  test('gives a silent endpoint no more time when the machine paused long before the end', async () => {
    const pid = await node.pid();
    const [timeout, pause] = [4000, 1500];
    // The request is out already: the answer could have come during the pause.
    const quiet = await servers.listen(socket => {
      socket.once('data', () => {
        process.kill(pid, 'SIGSTOP');
        setTimeout(() => process.kill(pid, 'SIGCONT'), pause);
      });
    });
    const run = await node.probe([{ id: 'quiet', host: 'localhost', port: quiet, protocol: 'http' }], {
      TimeoutMs: timeout,
      DeadlineMs: 20_000,
    });
    mustComplete(run);
    const result = run.results.find(each => each.id === 'quiet') ?? assert.fail();
    assert.equal(result.verdict, 'timed-out');
    assert.ok(result.at < timeout + pause / 2, `${result.at} ms`);
  });

  test('gives a phase that it began late its whole time', async () => {
    const pid = await node.pid();
    const timeout = 1500;
    const tls = await servers.listenTls('localhost', 'genuine', socket => {
      // Almost as late as it may be, after a pause before the request that used up the rest of the endpoint's time.
      socket.once('data', () => setTimeout(() => socket.end(OK), timeout / 2));
    });
    const port = await servers.listen(socket => {
      process.kill(pid, 'SIGSTOP');
      setTimeout(() => process.kill(pid, 'SIGCONT'), timeout);
      const origin = connect(tls, '127.0.0.1');
      origin.on('error', () => socket.destroy());
      socket.pipe(origin).pipe(socket);
    });
    const run = await node.probe([{ id: 'late', host: 'localhost', port, protocol: 'https' }], {
      TimeoutMs: timeout,
      DeadlineMs: 20_000,
    });
    mustComplete(run);
    assert.equal(run.results[0]?.cause, 'answered');
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
    mustComplete(run);
    assert.deepEqual(run.results, []);
  });
});
