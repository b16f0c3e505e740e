import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Seats } from '../../scripts/lib/suites/seats.ts';
import { testFile } from '../../scripts/lib/suites/suites.ts';
import { until } from './checkout.ts';

describe('the test runner', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'runner-'));
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function write(code: string): string {
    const file = join(folder, 'some.test.ts');
    writeFileSync(file, `import { describe, it, test } from 'node:test';\n${code}`);
    return file;
  }

  for (const [what, code, passed, failed, skipped] of [
    ['only what has no children', "describe('a', () => { it('b', () => {}); it('c', () => {}); });", 2, 0, 0],
    ['tests that fail', "test('a', () => {}); test('b', () => { throw new Error(); });", 1, 1, 0],
    [
      'tests that are left out',
      "it('a', { skip: true }, () => {}); it.todo('b'); it('c', () => {});",
      1,
      0,
      2,
    ],
    [
      'a failing hook as the failure of its tests',
      "import { before } from 'node:test'; describe('a', () => { before(() => { throw new Error(); }); it('b', () => {}); });",
      0,
      1,
      0,
    ],
    ['a file that cannot be loaded', "import './none.ts';", 0, 1, 0],
    ['a file without tests', '', 0, 1, 0],
    [
      'what goes wrong after the last test',
      "test('a', () => {}); process.on('exit', () => { process.exitCode = 3; });",
      1,
      1,
      0,
    ],
    [
      'a program that says it is a report',
      "console.log('# pass 7'); test('a', () => { console.log('# fail 7'); });",
      1,
      0,
      0,
    ],
  ] as const) {
    it(`counts ${what}`, async () => {
      const { complaints, ...count } = await testFile(write(code));
      assert.deepEqual(count, { passed, failed, skipped });
      assert.equal(complaints.length, failed > 0 ? 1 : 0);
    });
  }

  it('ends a file that hangs, with all that it has started, and counts it', async t => {
    const said = t.mock.method(console, 'log', () => undefined);
    const pid = join(folder, 'pid');
    const file = write(`
      import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      process.on('SIGTERM', () => {});
      test('first', () => {});
      test('the slow one', async () => {
        const child = spawn('sleep', ['1000'], { stdio: 'inherit' });
        writeFileSync(${JSON.stringify(pid)}, String(child.pid));
        await new Promise(() => setInterval(() => {}, 1000));
      });`);
    // As long as it takes here until the file has come so far.
    let seconds = 3;
    let result = await testFile(file, seconds * 1000);
    while (!existsSync(pid) && seconds < 100) result = await testFile(file, (seconds *= 3) * 1000);
    const words = `some.test.ts did not end within ${seconds} s and was ended; the last that it reported: first`;
    assert.deepEqual({ ...result, complaints: [] }, { passed: 0, failed: 1, skipped: 0, complaints: [] });
    assert.ok(said.mock.calls.some(call => String(call.arguments[0]).endsWith(words)));
    assert.ok(result.complaints.some(complaint => complaint.endsWith(words)));
    const child = Number(readFileSync(pid, 'utf8'));
    await until('what it has started ends', () => !isRunning(child));
  });

  it('does not wait for what a test has left behind', async () => {
    const code =
      "import { spawn } from 'node:child_process'; test('a', () => { spawn('sleep', ['1000'], { stdio: 'inherit' }).unref(); });";
    assert.deepEqual(await testFile(write(code), 60_000), {
      passed: 1,
      failed: 0,
      skipped: 0,
      complaints: [],
    });
  });

  it('repeats what the failures of a file say', async () => {
    const file = write(
      "test('the good one', () => {}); test('the bad one', () => { throw new Error('what went wrong'); });",
    );
    const { complaints } = await testFile(file);
    assert.match(
      complaints.join(),
      /^== .*some\.test\.ts\n.*failing tests:[^]*the bad one[^]*what went wrong/,
    );
    assert.doesNotMatch(complaints.join(), /the good one/);
  });
});

describe('the seats', () => {
  it('let two sit side by side, and one that needs all alone and last', async () => {
    const seats = new Seats(2);
    const order: string[] = [];
    let now = 0;
    const work = (name: string, wanted: number): Promise<void> =>
      seats.use(wanted, async () => {
        now += wanted;
        assert.ok(now <= 2, `${now} seats are taken`);
        order.push(name);
        await new Promise(resolve => setImmediate(resolve));
        now -= wanted;
      });
    await Promise.all([work('a', 1), work('all', 2), work('b', 1), work('c', 1)]);
    assert.deepEqual(order, ['a', 'b', 'c', 'all']);
  });

  it('are free again after a failure', async () => {
    const seats = new Seats(1);
    await assert.rejects(
      seats.use(1, () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(await seats.use(1, () => Promise.resolve('yes')), 'yes');
  });
});

/** A process that has ended and that nobody has asked for yet is not running. */
function isRunning(pid: number): boolean {
  if (!existsSync('/proc/self')) {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
