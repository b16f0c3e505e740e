import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { run } from './run-allowlist.ts';

interface Diff {
  readonly added: readonly { readonly host: string; readonly reasons: readonly string[] }[];
  readonly removed: readonly { readonly host: string }[];
  readonly changed: readonly {
    readonly host: string;
    readonly changes: readonly { readonly field: string }[];
  }[];
}

describe('npm run allowlist -- diff', () => {
  const diff = (...args: string[]) => {
    const { status, stdout, stderr } = run('diff', ...args, '--format', 'json');
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    return JSON.parse(stdout) as Diff;
  };

  test('gives one object: what came, what went, what changed, and why', () => {
    const found = diff('--from', '2022-01', '--to', '2022-04');
    assert.deepEqual(Object.entries(found).slice(0, 4), [
      ['from', '2022-01'],
      ['to', '2022-04'],
      ['cloud', 'public'],
      ['region', null],
    ]);
    const plane = found.added.find(({ host }) => host === 'dp.stackhci.azure.com');
    assert.match(plane?.reasons[0] ?? '', /registered with the old one need both/);
    assert.ok(found.removed.some(({ host }) => host === 'edgesupprd.trafficmanager.net'));
    assert.ok(!found.removed.some(({ host }) => host === 'management.azure.com'));
    const shared = found.changed.find(({ host }) => host === 'login.microsoftonline.com');
    assert.deepEqual(
      shared?.changes.map(({ field }) => field),
      ['features'],
    );
    assert.ok(
      !found.removed.some(({ host }) => host.startsWith('asztrsprod')),
      'what was added to the older list is no difference between the two',
    );
  });

  test('looks at one cloud', () => {
    const { added } = diff('--from', '2022-01', '--to', '2022-04', '--cloud', 'china');
    assert.ok(!added.some(({ host }) => host === 'dp.stackhci.azure.com'));
  });

  test('finds nothing between an edition and itself', () => {
    const { added, removed, changed } = diff('--from', '2022-04', '--to', '2022-04');
    assert.deepEqual({ added, removed, changed }, { added: [], removed: [], changed: [] });
  });

  test('writes CSV too', () => {
    const { stdout } = run('diff', '--from', '2022-01', '--to', '2022-04', '--format', 'csv');
    assert.match(stdout, /^Difference,Host,Port,Protocol,What,Reason\r\nadded,/);
  });
});
