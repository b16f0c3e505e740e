import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { startTestGateway } from './support/gateway-under-test.ts';

const TOOL = 'http://localhost:4200';
const OTHERS = [
  'http://localhost:4201',
  'https://localhost:4200',
  'http://localhost:4200.attacker.example',
  'null',
];

/** The browser's question before a request with the token. */
const ASKS = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type,x-xsrf-token',
};

const allowed = (answer: { headers: Headers }): readonly string[] =>
  [...answer.headers.keys()].filter(name => name.startsWith('access-control-'));

/** fetch sets the origin itself; a raw client says what it likes. */
function ask(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number | undefined; headers: Headers }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, method, path, headers })
      .on('response', response => {
        response.resume();
        const answered = new Headers();
        for (const [name, value] of Object.entries(response.headers)) answered.set(name, String(value));
        resolve({ status: response.statusCode, headers: answered });
      })
      .on('error', reject)
      .end();
  });
}

const XSRF = { cookie: 'WAC-XSRF=abc', 'x-xsrf-token': 'abc' };
const PATH = '/api/connections';

describe('a gateway with an installed tool', () => {
  it('lets no other origin in, nor frames one', async t => {
    const { bare, gateway } = await startTestGateway(t);
    for (const origin of [TOOL, ...OTHERS]) {
      const preflight = await ask(gateway.port, 'OPTIONS', PATH, { origin, ...ASKS });
      assert.deepEqual([preflight.status, allowed(preflight)], [403, []], origin);
      assert.deepEqual(allowed(await ask(gateway.port, 'GET', PATH, { origin, ...XSRF })), [], origin);
    }
    const page = await bare('GET', '/');
    assert.equal(page.redirected, false);
    assert.doesNotMatch(page.headers.get('content-security-policy') ?? '', /4200|frame-src/);
  });
});

describe('a gateway with a tool in development', () => {
  it('answers its origin, with credentials, and no other one', async t => {
    const { gateway } = await startTestGateway(t, { sideload: TOOL });
    const preflight = await ask(gateway.port, 'OPTIONS', PATH, { origin: TOOL, ...ASKS });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), TOOL);
    assert.equal(preflight.headers.get('access-control-allow-credentials'), 'true');
    assert.equal(preflight.headers.get('access-control-allow-headers'), 'content-type,x-xsrf-token');
    const answer = await ask(gateway.port, 'GET', PATH, { origin: TOOL, ...XSRF });
    assert.deepEqual([answer.status, answer.headers.get('access-control-allow-origin')], [200, TOOL]);
    for (const origin of OTHERS) {
      const refused = await ask(gateway.port, 'OPTIONS', PATH, { origin, ...ASKS });
      assert.deepEqual([refused.status, allowed(refused)], [403, []], origin);
      assert.deepEqual(allowed(await ask(gateway.port, 'GET', PATH, { origin, ...XSRF })), [], origin);
    }
  });

  it('asks its origin for the token too', async t => {
    const { gateway } = await startTestGateway(t, { sideload: TOOL });
    for (const token of ['', 'abd']) {
      const headers = { origin: TOOL, cookie: 'WAC-XSRF=abc', 'x-xsrf-token': token };
      assert.equal((await ask(gateway.port, 'GET', PATH, headers)).status, 403);
    }
  });

  it('takes sockets of its own pages and of the tool, and of no other', async t => {
    const { gateway } = await startTestGateway(t, { sideload: TOOL });
    const open = async (origin: string): Promise<boolean> => {
      const socket = new WebSocket(`ws://127.0.0.1:${String(gateway.port)}/api/notifications`, { origin });
      const opened = await Promise.race([
        once(socket, 'open').then(() => true),
        once(socket, 'error').then(() => false),
      ]).catch(() => false);
      socket.terminate();
      return opened;
    };
    assert.equal(await open(TOOL), true);
    assert.equal(await open(`http://127.0.0.1:${String(gateway.port)}`), true);
    for (const origin of OTHERS) assert.equal(await open(origin), false, origin);
  });

  it('leads the shell page to the tool and lets it frame that one', async t => {
    const { bare, gateway } = await startTestGateway(t, { sideload: TOOL });
    const first = await ask(gateway.port, 'GET', '/?theme=dark', { host: 'localhost' });
    assert.equal(first.status, 302);
    const target = `/?theme=dark&sideload=${encodeURIComponent(TOOL)}`;
    assert.equal(first.headers.get('location'), target);
    const page = await bare('GET', target);
    assert.equal(page.status, 200);
    const directives = (page.headers.get('content-security-policy') ?? '').split('; ');
    assert.ok(directives.includes(`frame-src 'self' ${TOOL}`));
    assert.ok(directives.some(each => each.startsWith('connect-src ') && each.endsWith(` ${TOOL}`)));
    assert.ok(directives.includes("script-src 'self'"));
  });

  it('has no installed tool', async t => {
    const { bare } = await startTestGateway(t, { sideload: TOOL, app: undefined });
    const manifest = (await (await bare('GET', '/manifest.json')).json()) as { modules: unknown[] };
    assert.deepEqual(manifest.modules, []);
  });
});
