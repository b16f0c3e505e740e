import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Checkout, type Command, endGroup, freshCheckout, until } from './checkout.ts';

const skip = process.platform === 'win32' ? 'npm is a shell script here' : false;
const QUIET = '--ignore-scripts --no-audit --no-fund --loglevel=error';

describe('the set-up of a checkout', { skip }, () => {
  let checkout: Checkout;

  beforeEach(async () => {
    checkout = await freshCheckout();
  });

  afterEach(() => checkout.remove());

  async function startAndReachNpm(): Promise<Command> {
    const before = checkout.npmCalls().length;
    const command = checkout.start('build');
    await until('npm runs', () => checkout.npmCalls().length > before);
    await until('the lock names npm', () => lockedBy().length === 2);
    return command;
  }

  /** Numbers of the command and of what it has started. */
  function lockedBy(): readonly number[] {
    const text = readFileSync(join(checkout.folder, '.tools/locks/set-up'), 'utf8');
    const { processes } = JSON.parse(text) as { readonly processes: readonly { readonly pid: number }[] };
    return processes.map(({ pid }) => pid);
  }

  async function builds(command: Command): Promise<void> {
    assert.equal(await command.ended(), 0, command.said());
    assert.match(command.said(), /^built$/m);
  }

  it('is done by one of two commands, while the other waits and says for what', async () => {
    const first = await startAndReachNpm();
    const second = checkout.start('build');
    await until('the second waits', () => second.said() !== '');
    checkout.letNpmEnd();
    await builds(first);
    await builds(second);
    assert.deepEqual(checkout.npmCalls(), [`ci ${QUIET}`, 'done']);
    assert.match(
      second.said(),
      new RegExp(`^Process ${first.process.pid} sets this folder up: waiting for it to end …\nbuilt\n$`),
    );
  });

  it('is not looked at again once it is complete, and leaves no lock', async () => {
    checkout.letNpmEnd();
    await builds(checkout.start('build'));
    const again = checkout.start('build');
    await builds(again);
    assert.equal(again.said(), 'built\n');
    assert.deepEqual(readdirSync(join(checkout.folder, '.tools/locks')), []);
  });

  it('is completed by the next command when all of it was ended', async () => {
    const first = await startAndReachNpm();
    endGroup(first.process, 'SIGKILL');
    assert.equal(await first.ended(), 'SIGKILL');
    checkout.letNpmEnd();
    await builds(checkout.start('build'));
    assert.deepEqual(checkout.npmCalls(), [`ci ${QUIET}`, `ci ${QUIET}`, 'done']);
    assert.ok(!checkout.has('node_modules/half'));
  });

  it('is completed by the next command when only npm was ended', async () => {
    const first = await startAndReachNpm();
    process.kill(lockedBy()[1] ?? assert.fail('the lock does not name npm'), 'SIGKILL');
    assert.equal(await first.ended(), 2);
    assert.match(first.said(), /^npm ci failed: .* run this again\.$/m);
    checkout.letNpmEnd();
    await builds(checkout.start('build'));
  });

  it('waits for an npm that outlived its command', async () => {
    const first = await startAndReachNpm();
    process.kill(first.process.pid ?? 0, 'SIGKILL');
    const second = checkout.start('build');
    await until('the second waits', () => second.said() !== '');
    assert.match(second.said(), /^A command that was ended left .*npm \(process \d+\) running: waiting/);
    assert.equal(checkout.npmCalls().length, 1);
    checkout.letNpmEnd();
    await builds(second);
    assert.deepEqual(checkout.npmCalls(), [`ci ${QUIET}`, 'done', `ci ${QUIET}`, 'done']);
  });

  it('ends what it runs when a signal ended only the shell that npm had started', async () => {
    checkout.letNpmEnd();
    checkout.write(
      'scripts/build.ts',
      "setInterval(() => 0, 1000); process.on('SIGTERM', () => { console.log('tidied up'); process.exit(); }); console.log('runs');",
    );
    const command = checkout.start('build', { byNpm: true });
    await until('it runs', () => command.said().includes('runs'));
    command.process.kill('SIGTERM');
    // Its streams close when nobody has them any more.
    assert.equal(await command.ended(), 'SIGTERM');
    assert.match(command.said(), /tidied up/);
  });

  it('takes npm along when the command alone gets a signal', async () => {
    const first = await startAndReachNpm();
    process.kill(first.process.pid ?? 0, 'SIGTERM');
    assert.equal(await first.ended(), 143);
    checkout.letNpmEnd();
    await builds(checkout.start('build'));
    assert.deepEqual(checkout.npmCalls(), [`ci ${QUIET}`, `ci ${QUIET}`, 'done']);
  });

  it('does not take half an installation for the one that was there before', async () => {
    checkout.letNpmEnd();
    await builds(checkout.start('build'));
    const lock = readFileSync(join(checkout.folder, 'package-lock.json'), 'utf8');
    checkout.write('package-lock.json', `${lock}\n`);
    checkout.holdNpm();
    endGroup((await startAndReachNpm()).process, 'SIGKILL');
    checkout.write('package-lock.json', lock);
    checkout.letNpmEnd();
    await builds(checkout.start('build'));
    assert.equal(checkout.npmCalls().filter(call => call === 'done').length, 2);
  });

  for (const [what, processes] of [
    ['whose owner has ended', [{ pid: 2 ** 22 + 1, started: '1' }]],
    ['whose number another process has now', [{ pid: process.pid, started: '1' }]],
    ['that nobody can read', undefined],
  ] as const) {
    const onLinux = what.includes('number') && process.platform !== 'linux';
    it(`breaks a lock ${what}`, { skip: onLinux && 'only Linux tells' }, async () => {
      checkout.write('.tools/locks/set-up', processes ? JSON.stringify({ doing: 'x', processes }) : '');
      checkout.letNpmEnd();
      await builds(checkout.start('build'));
    });
  }

  it('brings a Node whole, whatever was left of an earlier attempt', async () => {
    const name = `node-${process.platform}-${process.arch}`;
    mkdirSync(join(checkout.folder, '.tools/node_modules', name, 'bin'), { recursive: true });
    checkout.write(`.tools/node_modules/${name}/bin/node`, 'half a program');
    checkout.write('.tools/node.new/node_modules/half', '');
    checkout.letNpmEnd();
    await builds(checkout.start('build', { oldNode: true }));
    assert.match(checkout.npmCalls()[0] ?? '', new RegExp(`^install .*node\\.new .*${name}@`));
    await builds(checkout.start('build', { oldNode: true }));
    assert.equal(checkout.npmCalls().filter(call => call.startsWith('install')).length, 1);
    assert.ok(!checkout.has('.tools/node.new'));
  });

  it('brings for the allowlist only what it is made with, and nothing where all is there', async () => {
    checkout.letNpmEnd();
    const list = checkout.start('allowlist');
    assert.equal(await list.ended(), 0, list.said());
    const few = join(checkout.folder, '.tools/allowlist');
    assert.match(list.said(), new RegExp(`^list from ${few}$`, 'm'));
    assert.deepEqual(checkout.npmCalls(), [`ci --prefix ${few}.new ${QUIET}`, 'done']);
    await builds(checkout.start('build'));
    const again = checkout.start('allowlist');
    await again.ended();
    assert.equal(again.said(), `list from ${checkout.folder}\n`);
    assert.equal(checkout.npmCalls().filter(call => call === 'done').length, 2);
  });
});
