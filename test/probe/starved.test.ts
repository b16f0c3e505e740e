import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { type Endpoint, ProbeNode, PROBES } from '../support/probe-node.ts';
import { mustComplete } from '../support/probe-on-loopback.ts';

/** More than a processor's share for each, so that the probe gets little of any. */
const BURNERS = cpus().length * 4;
/** By curl as many as a real list has; the other probe takes much longer for each. */
const ENDPOINTS = { 'Test-Endpoint': 60, 'Test-EndpointByCurl': 263 } as const;
/** What is started after it yields to what was started before: the servers are not the ones that starve. */
const YIELDING = 4;
const SERVER = join(import.meta.dirname, '../support/answering-server.ts');
const BURNER = "process.stdout.write('.'); for (;;);";

describe('on a processor that is starved', () => {
  const burners: ChildProcess[] = [];
  let server: ChildProcess;
  let folder: string;
  let roots: string;
  let port: number;

  before(async () => {
    server = spawn(process.execPath, [SERVER], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface(server.stdout as NodeJS.ReadableStream), 'line')) as [string];
    const told = JSON.parse(line) as { port: number; trusted: string };
    port = told.port;
    folder = await mkdtemp(join(tmpdir(), 'starved-'));
    roots = join(folder, 'roots.pem');
    await writeFile(roots, told.trusted);
    setPriority(YIELDING);
    for (let index = 0; index < BURNERS; index += 1)
      burners.push(spawn(process.execPath, ['-e', BURNER], { stdio: ['ignore', 'pipe', 'ignore'] }));
    await Promise.all(burners.map(each => once(each.stdout as NodeJS.ReadableStream, 'data')));
  });

  after(async () => {
    for (const each of burners) {
      const gone = once(each, 'exit');
      each.kill('SIGKILL');
      await gone;
    }
    const gone = once(server, 'exit');
    server.stdin?.end();
    await gone;
    await rm(folder, { recursive: true });
  });

  for (const name of PROBES)
    test(`${name} calls no endpoint that answers timed out, with one second for each`, async () => {
      const node = await ProbeNode.onLoopback({ SSL_CERT_FILE: roots, SSL_CERT_DIR: folder }, name);
      try {
        const endpoints = Array.from({ length: ENDPOINTS[name] }, (_, index): Endpoint => ({
          id: String(index),
          host: 'localhost',
          port,
          protocol: 'https',
        }));
        const run = await node.probe(endpoints, { TimeoutMs: 1000, DeadlineMs: 20_000 });
        mustComplete(run);
        const causes = run.results.map(each => each.cause);
        assert.equal(causes.length, ENDPOINTS[name]);
        const known = new Set(['answered', 'node-too-slow', 'deadline']);
        assert.deepEqual(
          causes.filter(cause => !known.has(cause)),
          [],
        );
      } finally {
        await node.stop();
      }
    });
});
