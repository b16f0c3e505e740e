import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import { readScenario } from '../../emulator/lab/read-scenario.ts';
import { noLab } from './lab-under-test.ts';
import { leftOvers, membersBelow, networksOf, until } from './processes.ts';

const HOLDER = join(import.meta.dirname, 'lab-holder.ts');
const AS_NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

/** What of this computer a lab could change. */
function traces(): unknown {
  return {
    links: readdirSync('/sys/class/net').sort(),
    mounts: readFileSync('/proc/self/mounts', 'utf8'),
    sharedMemory: readdirSync('/dev/shm').sort(),
    names: readFileSync('/etc/resolv.conf', 'utf8') + readFileSync('/etc/hosts', 'utf8'),
    forwarding: readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8'),
    filters: spawnSync('nft', ['list', 'tables'], { encoding: 'utf8' }).stdout,
  };
}

function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}

async function holder(prefix: readonly string[]): Promise<ChildProcess> {
  const [program, ...args] = [...prefix, process.execPath, HOLDER];
  assert.ok(program);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [said] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as unknown[];
  assert.equal(String(said), 'holding\n');
  return child;
}

describe('A lab leaves nothing behind', { skip: noLab }, () => {
  test('when it is stopped, with programs still running; and it is up in less than two seconds', async t => {
    const before = traces();
    const scenario = readScenario('default');
    const figures: number[] = [];
    for (let round = 0; round < 3; round++) {
      const begun = performance.now();
      const lab = await startLab(scenario, line => t.diagnostic(line));
      figures.push(Math.round(performance.now() - begun));
      const programs = await Promise.all(
        scenario.nodes.map(node => lab.spawn(node.name, ['sh', '-c', 'echo; sleep 985 & wait'], {})),
      );
      await Promise.all(programs.map(program => once(program.stdout, 'data')));
      const members = membersBelow(process.pid);
      assert.equal(
        networksOf(members).size,
        1 + scenario.nodes.length,
        'the lab has a network, each node too',
      );
      await lab.stop();
      assert.deepEqual(leftOvers(members), []);
      await Promise.all(programs.map(program => program.ended));
      await assert.rejects(lab.spawn('node1', ['true'], {}), /has ended/);
    }
    assert.deepEqual(traces(), before);
    const said = `up after ${figures.join(', ')} ms`;
    t.diagnostic(said);
    // On a computer that is busy with other things the figure says nothing about the lab.
    if ((loadavg()[0] ?? 0) < 2 * availableParallelism()) assert.ok(Math.min(...figures) < 2000, said);
  });

  test('when its own process dies; it says so, and its programs end', async () => {
    const said: string[] = [];
    const lab = await startLab(readScenario('all-open'), line => said.push(line));
    const program = await lab.spawn('node1', ['sh', '-c', 'echo; sleep 984 & wait'], {});
    await once(program.stdout, 'data');
    const members = membersBelow(process.pid);
    const main = members.find(({ pid }) => /^[^\0]*node\0[^\0]*lab-main\.ts/.test(commandOf(pid)));
    assert.ok(main);
    process.kill(main.pid, 'SIGKILL');
    await program.ended;
    // unshare complains first: it cannot take over the SIGKILL that ended its child.
    await until('it has said so', () => said.some(line => line.includes('ended unexpectedly')));
    await until('all of it is gone', () => leftOvers(members).length === 0);
    await assert.rejects(lab.spawn('node1', ['true'], {}), /has ended/);
    await lab.stop();
  });

  for (const [who, prefix] of [
    ['its user', []],
    ['nobody', AS_NOBODY],
  ] as const)
    for (const how of ['SIGKILL', 'SIGINT', 'end of input'] as const)
      test(
        `when the process of ${who} that started it ends by ${how}`,
        { skip: prefix.length > 0 && process.getuid?.() !== 0 ? 'only root can become nobody' : false },
        async t => {
          const before = traces();
          const child = await holder(prefix);
          // A test that fails must not wait for a process that nobody ends.
          t.after(() => child.kill('SIGKILL'));
          // The lab and its keeper; a program, its child and its entrance.
          await until('all of it runs', () => membersBelow(child.pid ?? 0).length >= 5);
          const members = membersBelow(child.pid ?? 0);
          assert.equal(networksOf(members).size, 2);
          if (how === 'end of input') child.stdin?.end();
          else child.kill(how);
          await once(child, 'exit');
          await until('all of it is gone', () => leftOvers(members).length === 0);
          assert.deepEqual(traces(), before);
        },
      );
});
