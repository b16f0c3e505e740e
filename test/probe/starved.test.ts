import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { after, before, describe, test } from 'node:test';
import { type Endpoint, PROBES } from '../support/probe-node.ts';
import { mustComplete, ProbeOnLoopback } from '../support/probe-on-loopback.ts';
import { answering } from '../support/probe-servers.ts';

/** More than a processor's share for each, so that the probe gets little of any. */
const BURNERS = cpus().length * 4;
/** By curl as many as a real list has; the other probe takes much longer for each. */
const ENDPOINTS = { 'Test-Endpoint': 60, 'Test-EndpointByCurl': 263 } as const;
/** So that one connection is not used for two endpoints, which here are all one host. */
const CLOSING = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

for (const name of PROBES)
  describe(`${name} on a processor that is starved`, () => {
    let loopback: ProbeOnLoopback;
    const burners: ChildProcess[] = [];
    before(async () => {
      loopback = await ProbeOnLoopback.start(name);
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
      const port = await loopback.servers.listenTls('localhost', 'genuine', answering(CLOSING));
      const endpoints = Array.from({ length: ENDPOINTS[name] }, (_, index): Endpoint => ({
        id: String(index),
        host: 'localhost',
        port,
        protocol: 'https',
      }));
      const run = await loopback.node.probe(endpoints, { TimeoutMs: 1000, DeadlineMs: 20_000 });
      mustComplete(run);
      const causes = run.results.map(each => each.cause);
      assert.equal(causes.length, ENDPOINTS[name]);
      assert.deepEqual(
        causes.filter(cause => cause !== 'answered' && cause !== 'node-too-slow' && cause !== 'deadline'),
        [],
      );
      for (const { observation } of run.results)
        for (const { outcome, ms } of observation.phases) assert.ok(outcome !== 'timeout' || ms > 0);
    });
  });
