import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BLOCKED, ProbeOnLoopback } from '../support/probe-on-loopback.ts';
import { answering, type ProbeServers } from '../support/probe-servers.ts';

describe('What answers a request of Test-Endpoint', () => {
  let servers: ProbeServers;
  let probe: ProbeOnLoopback['probe'];
  let loopback: ProbeOnLoopback;
  before(async () => {
    loopback = await ProbeOnLoopback.start();
    ({ servers } = loopback);
    probe = (...args) => loopback.probe(...args);
  });
  after(() => loopback.stop());

  const answers = {
    'closes without a word': ['tls-reset', 'https', [''], 'plain'],
    'speaks another language': ['tls-not-tls', 'https', ['SSH-2.0-OpenSSH\r\n'], 'plain'],
    'closes without an answer to the request': ['http-closed', 'https', [''], 'tls'],
    'answers in another language': ['http-not-http', 'http', ['220 mail ready\r\n'], 'plain'],
    'answers in pieces': [
      'answered',
      'http',
      ['HT', 'TP/1.1 404 Not', ' Found\r\nX-Ms-Re', 'quest-Id: 1\r\n\r\n'],
      'plain',
    ],
    'never ends its header': [
      'answered-unproven',
      'http',
      [`HTTP/1.1 200 OK\r\nA: ${'x'.repeat(40_000)}`],
      'plain',
    ],
    'refuses behind its own certificate': ['answered-refusal', 'https', [BLOCKED], 'tls'],
    'refuses without a mark of the service': ['http-forbidden', 'http', [BLOCKED], 'plain'],
    'says first that more will come': [
      'answered-unproven',
      'http',
      [
        'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n',
        'HTTP/1.1 200 OK\r\n\r\n',
      ],
      'plain',
    ],
    'says only that more will come': ['http-closed', 'http', ['HTTP/1.1 100 Continue\r\n\r\n'], 'plain'],
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
      body: 'Body: 1',
    });
  });

  test('asks for a path, and keeps the beginning of what comes', async () => {
    let request = '';
    const port = await servers.listen(socket => {
      socket.once('data', data => {
        request = String(data);
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: Thu, 26 Nov 2026 01:02:03 GMT\r\n',
        );
        socket.write('Content-Length: 22\r\n\r\nMicrosoft ');
        setTimeout(() => socket.write('Connect Test'), 50);
      });
    });
    const { observation } = await probe({ port, protocol: 'http', path: '/connecttest.txt' });
    assert.match(request, /^GET \/connecttest\.txt HTTP\/1\.1\r\n/);
    assert.equal(observation.path, '/connecttest.txt');
    assert.deepEqual(
      [observation.http?.body, observation.http?.contentType, observation.http?.date],
      ['Microsoft Connect Test', 'text/plain', '2026-11-26T01:02:03.000Z'],
    );
  });

  test('sends nothing that is no path', async () => {
    let request = '';
    const port = await servers.listen(socket => {
      socket.once('data', data => (request = String(data)));
      answering('HTTP/1.1 200 OK\r\n\r\n')(socket);
    });
    for (const path of ['x', '/a b', '/a\r\nX: y', '//[\u00e4']) {
      await probe({ port, protocol: 'http', path });
      assert.match(request, /^GET \/ HTTP\/1\.1\r\n/, path);
    }
  });
});
