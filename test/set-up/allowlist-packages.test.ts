import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { ALLOWLIST } from '../../scripts/bootstrap/packages.mjs';
import { type LockFile, partOfLock } from '../../scripts/bootstrap/part-of-lock.mjs';

const ROOT = join(import.meta.dirname, '../..');

describe('the packages of the command line', () => {
  it('are enough for every one of its files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'packages-'));
    const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as LockFile;
    const part = JSON.parse(partOfLock(ALLOWLIST, lock).lock) as LockFile;
    try {
      for (const place of Object.keys(part.packages).filter(name => name !== '')) {
        await mkdir(join(folder, place), { recursive: true });
        // Those for other systems are not installed.
        await cp(join(ROOT, place), join(folder, place), { recursive: true }).catch(() => undefined);
      }
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [join(ROOT, 'scripts/allowlist.ts'), '--cloud', 'public', '--format', 'csv'],
        { env: { ...process.env, ALLOWLIST_PACKAGES: folder } },
      ).catch((error: unknown) =>
        assert.fail(
          `Name in ALLOWLIST of scripts/bootstrap/packages.mjs what src/cli imports: ${String(error)}`,
        ),
      );
      assert.match(stdout, /login\.microsoftonline\.com/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a part of a lock file', () => {
  const packages = {
    '': {},
    'node_modules/a': {
      version: '1.0.0',
      dependencies: { b: '^1' },
      optionalDependencies: { c: '1', gone: '1' },
    },
    'node_modules/a/node_modules/b': { version: '1.2.0', dependencies: { c: '1' } },
    'node_modules/b': { version: '2.0.0' },
    'node_modules/c': { version: '1.0.1', dependencies: { a: '1' } },
    'node_modules/d': { version: '1.0.0' },
  };

  it('holds what the packages need, where they find it', () => {
    const { manifest, lock } = partOfLock(['a'], { packages });
    assert.deepEqual(Object.keys((JSON.parse(lock) as LockFile).packages), [
      '',
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
    ]);
    assert.deepEqual((JSON.parse(manifest) as { dependencies: object }).dependencies, { a: '1.0.0' });
  });

  it('cannot be had for a package that the lock file does not know', () => {
    assert.throws(() => partOfLock(['e'], { packages }), /e is not in package-lock\.json/);
  });
});
