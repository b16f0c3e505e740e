import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { nodeScript, nodeScriptNames } from '../../scripts/lib/node-scripts.ts';

/** Runs with `npm test -- powershell --engine powershell.exe`: the scripts that only read, on a PowerShell of the computer's own. */
const ENGINE = process.env['OUTBOUND_ENGINE'] ?? '';
const LIMIT_MS = 120_000;

/** The scripts as they run on nodes. */
let scripts = '';

interface Ran {
  readonly output: readonly unknown[];
  readonly errors: string;
}

/** Runs a script of ours with literal parameters, in a language mode. */
function run(name: string, mode: 'FullLanguage' | 'ConstrainedLanguage', parameters = ''): Promise<Ran> {
  const script = join(scripts, `${name}.ps1`).replaceAll("'", "''");
  const command = [
    "$ProgressPreference = 'SilentlyContinue'",
    `$ExecutionContext.SessionState.LanguageMode = '${mode}'`,
    `$all = @(& '${script}' ${parameters})`,
    'ConvertTo-Json -InputObject $all -Depth 8 -Compress',
  ].join('\n');
  const encoded = Buffer.from(command, 'utf16le').toString('base64');
  const args = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand', encoded];
  return new Promise((resolve, reject) => {
    execFile(ENGINE, args, { timeout: LIMIT_MS, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && stdout.trim() === '') reject(new Error(`${ENGINE}: ${stderr.trim() || error.message}`));
      else resolve({ output: JSON.parse(stdout) as unknown[], errors: stderr });
    });
  });
}

describe('scripts that only read, on the engine that was named', { skip: ENGINE === '' }, () => {
  let server: Server;
  let port = 0;
  before(async () => {
    scripts = await mkdtemp(join(tmpdir(), 'scripts-'));
    for (const name of nodeScriptNames()) await writeFile(join(scripts, `${name}.ps1`), nodeScript(name));
    server = createServer((_, response) => {
      response.writeHead(404, { 'x-ms-request-id': '1' }).end();
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  after(async () => {
    server.close();
    await rm(scripts, { recursive: true });
  });

  const endpoints = () =>
    `-Endpoints @(@{ id = 'a'; host = '127.0.0.1'; port = ${port}; protocol = 'http'; proxy = '' }, ` +
    "@{ id = 'b'; host = '127.0.0.1'; port = 1; protocol = 'tcp'; proxy = '' })";

  for (const mode of ['FullLanguage', 'ConstrainedLanguage'] as const) {
    it(`Get-ClusterOverview, ${mode}`, async () => {
      const { output } = await run('Get-ClusterOverview', mode);
      assert.equal(output.length, 1);
      const overview = output[0] as Record<string, unknown>;
      for (const field of ['name', 'nodes', 'registration', 'witness', 'warnings'])
        assert.ok(field in overview, field);
    });

    it(`Get-ProxySetting, ${mode}`, async () => {
      const { output } = await run('Get-ProxySetting', mode);
      const setting = output[0] as Record<string, unknown>;
      assert.equal(setting['readable'], true);
      assert.equal(setting['languageMode'], mode);
      assert.equal(typeof setting['machineWide'], 'boolean');
      assert.equal(typeof setting['detects'], 'boolean');
    });

    it(`Test-EndpointByCurl, ${mode}`, async () => {
      const { output } = await run('Test-EndpointByCurl', mode, endpoints());
      const reports = output.map(String).filter(text => text.startsWith('T'));
      assert.deepEqual(reports.map(text => text.split('\t').slice(0, 3)).sort(), [
        ['T0', '0', '404'],
        ['T1', '7', '000'],
      ]);
      assert.match(reports.find(text => text.startsWith('T0')) ?? '', /"x-ms-request-id":/);
    });
  }

  for (const mode of ['FullLanguage', 'ConstrainedLanguage'] as const)
    it(`Test-TimeServer, ${mode}`, async () => {
      const { output } = await run('Test-TimeServer', mode, "-Endpoints @(@{ host = '127.0.0.1' })");
      const [report = ''] = output.map(String).filter(text => text.startsWith('M0\t'));
      // Whether this computer is a time server is not ours to say: an offset, or the number of an error.
      assert.match(report, /[+-]\d+\.\d+s$|0x[0-9A-F]{8}$/i);
    });

  for (const mode of ['FullLanguage', 'ConstrainedLanguage'] as const)
    it(`Get-ProxyScript, ${mode}`, async () => {
      const { output } = await run('Get-ProxyScript', mode, `-Address 'http://127.0.0.1:${port}/proxy.pac'`);
      assert.match(String(output[0]), /^P\t0\t404\t/);
    });

  it('Resolve-EndpointProxy, FullLanguage', async () => {
    const { output } = await run('Resolve-EndpointProxy', 'FullLanguage', endpoints());
    // Which proxy this computer has is not ours to say.
    const lines = String(output[0]).split('\n');
    assert.deepEqual(
      lines.map(line => line.split('\t').slice(0, 2)),
      [
        ['G', 'a'],
        ['G', 'b'],
      ],
    );
  });

  it('Test-Endpoint, FullLanguage', async () => {
    const { output } = await run('Test-Endpoint', 'FullLanguage', endpoints());
    const results = output as Record<string, unknown>[];
    assert.deepEqual(results.map(each => each['id']).sort(), ['a', 'b']);
  });

  it('Test-Endpoint says by a code that it needs the full language', async () => {
    await assert.rejects(run('Test-Endpoint', 'ConstrainedLanguage', endpoints()), /LanguageMode:/);
  });
});
