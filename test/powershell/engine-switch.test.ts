import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { before, describe, it } from 'node:test';
import { buildHost } from '../../scripts/build-host.ts';

const ROOT = join(import.meta.dirname, '../..');
const STAND_IN = join(ROOT, 'test/windows-engine/stand-in.ts');

/** `npm test -- …`; a test's own environment would make the runner inside speak to the one outside. */
async function npmTest(...words: readonly string[]): Promise<{ code: number | null; all: string }> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  delete env['NODE_TEST_CONTEXT'];
  // The stand-in names `node` as its program: this one.
  env['PATH'] = `${dirname(process.execPath)}:${env['PATH'] ?? ''}`;
  const child = spawn(process.execPath, [join(ROOT, 'scripts/test.ts'), ...words], { cwd: ROOT, env });
  const ended = new Promise<number | null>(resolve => child.once('close', resolve));
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, all: out + errors };
}

/** Windows starts no script as a program, and has the real one. */
const skip = process.platform === 'win32' && 'has Windows PowerShell itself';

describe('npm test -- powershell --engine', { skip }, () => {
  before(() => buildHost(line => console.error(line)));

  it('runs the scripts that only read on the program that was named', async () => {
    const { code, all } = await npmTest('powershell', '--engine', STAND_IN);
    assert.equal(code, 0, all);
    assert.match(all, /\b1?\d passed, 0 failed/);
    assert.doesNotMatch(all, /\b0 passed/);
  });

  it('says so, and that nothing was tested, when there is no such program', async () => {
    const { code, all } = await npmTest('powershell', '--engine', join(ROOT, 'no-such-powershell.exe'));
    assert.equal(code, 2);
    assert.match(all, /no-such-powershell\.exe cannot be started .*nothing was tested/);
  });

  it('takes no other suite, and no engine without a name', async () => {
    for (const words of [
      ['gateway', '--engine', STAND_IN],
      ['powershell', '--engine'],
    ]) {
      const { code, all } = await npmTest(...words);
      assert.equal(code, 2);
      assert.match(all, /^Usage: npm test -- powershell --engine PROGRAM/m);
    }
  });
});
