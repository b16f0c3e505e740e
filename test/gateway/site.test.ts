import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, it } from 'node:test';
import { startTestGateway } from './support/gateway-under-test.ts';
import { command, V2 } from './support/sdk-client.ts';

describe('pages', () => {
  it('serves the tool below /modules/<name>/ under a strict policy, with its base put in', async t => {
    const { bare, gateway } = await startTestGateway(t);
    for (const path of [
      '/modules/contoso.tool/',
      '/modules/contoso.tool/index.html',
      '/modules/contoso.tool/a/b',
    ]) {
      const response = await bare('GET', path);
      assert.equal(response.status, 200, path);
      assert.match(await response.text(), /<base href="\/modules\/contoso\.tool\/"/);
      const policy = response.headers.get('content-security-policy') ?? '';
      const directives = policy.split('; ');
      for (const directive of [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        `connect-src 'self' ws://127.0.0.1:${String(gateway.port)}`,
        "frame-ancestors 'self'",
        "object-src 'none'",
        "base-uri 'self'",
      ]) {
        assert.ok(directives.includes(directive), `${directive} in ${policy}`);
      }
    }
  });

  it('serves files with their type and without sniffing', async t => {
    const { bare } = await startTestGateway(t);
    const response = await bare('GET', '/modules/contoso.tool/main.js');
    assert.equal(response.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.equal((await bare('GET', '/modules/contoso.tool/none.js')).status, 404);
  });

  it('leaves its folders to nobody', async t => {
    const { bare, gateway } = await startTestGateway(t);
    for (const path of ['/modules/contoso.tool/%2e%2e%2f%2e%2e%2fetc/passwd.txt', '/%00.txt', '/%zz.txt']) {
      assert.equal((await bare('GET', path)).status, 404, path);
    }
    // fetch tidies dots away before it sends; a raw client does not.
    const status = await new Promise(resolve => {
      request({ port: gateway.port, host: '127.0.0.1', path: '/modules/contoso.tool/../../../etc/hosts.txt' })
        .on('response', response => {
          response.resume();
          resolve(response.statusCode);
        })
        .end();
    });
    assert.equal(status, 404);
  });

  it('lists the installed tool in the shell’s manifest', async t => {
    const { bare } = await startTestGateway(t, { gatewayApiVersion: '1.0.0' });
    const manifest = (await (await bare('GET', '/manifest.json')).json()) as Record<string, unknown>;
    assert.equal(manifest['name'], 'msft.sme.shell');
    assert.equal(manifest['gatewayApiVersion'], '1.0.0');
    assert.deepEqual(manifest['modules'], [
      { name: 'contoso.tool', version: '1.2.3', target: '/modules/contoso.tool' },
    ]);
  });

  it('answers only to the names of this computer', async t => {
    const { gateway } = await startTestGateway(t);
    const statusFor = (host: string): Promise<number | undefined> =>
      new Promise(resolve => {
        request({ port: gateway.port, host: '127.0.0.1', path: '/', headers: { host } })
          .on('response', response => {
            response.resume();
            resolve(response.statusCode);
          })
          .end();
      });
    assert.equal(await statusFor(`localhost:${String(gateway.port)}`), 200);
    assert.equal(await statusFor('attacker.example'), 421);
  });
});

describe('XSRF', () => {
  it('hands the token to pages in cookies that scripts can read', async t => {
    const { bare } = await startTestGateway(t);
    const cookies = (await bare('GET', '/')).headers.getSetCookie();
    assert.equal(cookies.length, 2);
    assert.ok(cookies.some(cookie => cookie.startsWith('WAC-XSRF=')));
    assert.ok(cookies.some(cookie => cookie.startsWith('XSRF-TOKEN=')));
    assert.ok(cookies.every(cookie => !/httponly/i.test(cookie)));
  });

  it('leaves a token alone that the browser has', async t => {
    const { bare } = await startTestGateway(t);
    const response = await bare('GET', '/', { cookie: 'WAC-XSRF=abc; XSRF-TOKEN=abc' });
    assert.deepEqual(response.headers.getSetCookie(), []);
  });

  it('refuses API requests whose header does not repeat the cookie', async t => {
    const { bare, call, engine } = await startTestGateway(t);
    for (const headers of [
      {},
      { cookie: 'WAC-XSRF=abc' },
      { 'x-xsrf-token': 'abc' },
      { cookie: 'WAC-XSRF=abc', 'x-xsrf-token': 'abd' },
      { cookie: 'WAC-XSRF=', 'x-xsrf-token': '' },
    ] as Record<string, string>[]) {
      const response = await bare('GET', '/api/connections', headers);
      assert.equal(response.status, 403);
      const { error } = (await response.json()) as { error: { code: string; forbidden?: string } };
      assert.equal(error.code, 'InvalidXsrfToken');
      assert.equal(error.forbidden, undefined, 'the SDK would ask for credentials');
    }
    const run = await call('POST', V2('node1', 'invokeCommand'), command('x'), { 'x-xsrf-token': 'wrong' });
    assert.equal(run.status, 403);
    assert.equal(engine('node1').runs.length, 0);
    assert.equal((await call('GET', '/api/connections')).status, 200);
  });

  it('takes either cookie', async t => {
    const { bare } = await startTestGateway(t);
    for (const name of ['WAC-XSRF', 'XSRF-TOKEN']) {
      const response = await bare('GET', '/api/connections', {
        cookie: `${name}=abc`,
        'x-xsrf-token': 'abc',
      });
      assert.equal(response.status, 200, name);
    }
  });
});
