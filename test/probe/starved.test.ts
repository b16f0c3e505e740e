import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { after, before, describe, test } from 'node:test';
import type { Endpoint } from '../support/probe-node.ts';
import { mustComplete, OK, ProbeOnLoopback } from '../support/probe-on-loopback.ts';
import { answering } from '../support/probe-servers.ts';

/** More than a processor's share for each, so that the probe gets little of any. */
const BURNERS = cpus().length * 4;
const ENDPOINTS = 60;

describe('Test-Endpoint on a processor that is starved', () => {
  let loopback: ProbeOnLoopback;
  const burners: ChildProcess[] = [];
  before(async () => {
    loopback = await ProbeOnLoopback.start();
    const program = "process.stdout.write('.'); for (;;);";
    for (let index = 0; index < BURNERS; index += 1)
      burners.push(spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] }));
    await Promise.all(burners.map(each => once(each.stdout as NodeJS.ReadableStream, 'data')));
  });
  after(async () => {
    await Promise.all(
      burners.map(each => {
        const gone = once(each, 'exit');
        each.kill('SIGKILL');
        return gone;
      }),
    );
    await loopback.stop();
  });

  test('calls no endpoint that answers timed out, with one second for each', async () => {
    const port = await loopback.servers.listenTls('localhost', 'genuine', answering(OK));
    const endpoints = Array.from({ length: ENDPOINTS }, (_, index): Endpoint => ({
      id: String(index),
      host: 'localhost',
      port,
      protocol: 'https',
    }));
    const run = await loopback.node.probe(endpoints, { TimeoutMs: 1000, DeadlineMs: 20_000 });
    mustComplete(run);
    const causes = run.results.map(each => each.cause);
    assert.equal(causes.length, ENDPOINTS);
    assert.deepEqual(
      causes.filter(cause => cause !== 'answered' && cause !== 'node-too-slow' && cause !== 'deadline'),
      [],
    );
    for (const { observation } of run.results)
      for (const { outcome, ms } of observation.phases) assert.ok(outcome !== 'timeout' || ms > 0);
  });
});
