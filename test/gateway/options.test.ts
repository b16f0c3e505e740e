import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ScenarioError } from '../../emulator/lab/read-scenario.ts';
import { browserCommand } from '../../emulator/open-browser.ts';
import { parseOptions, UsageError } from '../../emulator/options.ts';

describe('command line of npm start', () => {
  it('has defaults', () => {
    const options = parseOptions([], '/');
    assert.deepEqual(
      [options.port, options.scenarioName, options.network, options.open],
      [6600, 'default', 'lab', true],
    );
    assert.equal(options.scenario.cluster.name, 'hci-cluster.contoso.local');
  });

  it('takes all options', () => {
    const argv = ['--port', '7000', '--scenario', 'all-open', '--network', 'local', '--no-open'];
    const options = parseOptions(argv, '/');
    assert.deepEqual(
      [options.port, options.scenarioName, options.network, options.open],
      [7000, 'all-open', 'local', false],
    );
  });

  it('finds a scenario’s file from where the user is', async t => {
    const folder = await mkdtemp(join(tmpdir(), 'scenario-'));
    t.after(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'own.json'), '{"cluster":{"name":"own"},"nodes":[{"name":"n1"}]}');
    assert.equal(parseOptions(['--scenario', 'own.json'], folder).scenario.cluster.name, 'own');
  });

  for (const argv of [
    ['--port', 'x'],
    ['--port', '70000'],
    ['--port', '-1'],
    ['--port', ''],
    ['--port'],
    ['--network', 'moon'],
    ['--speed', '9'],
    ['extra'],
    ['--no-open=yes'],
  ]) {
    it(`answers ${argv.join(' ')} with one line of usage`, () => {
      assert.throws(
        () => parseOptions(argv, '/'),
        error =>
          error instanceof UsageError &&
          /Usage: npm start -- \[--port/.test(error.message) &&
          !/\n/.test(error.message),
      );
    });
  }

  it('refuses a port on which no browser opens a page, and takes those beside it', () => {
    for (const port of ['1', '22', '6000', '6665', '6697', '10080'])
      assert.throws(
        () => parseOptions(['--port', port], '/'),
        error => error instanceof UsageError && /^Browsers open no page on port \d+,/.test(error.message),
      );
    for (const port of [0, 80, 6600, 6664, 6698])
      assert.equal(parseOptions(['--port', String(port)], '/').port, port);
  });

  it('names a scenario that is not there', () => {
    assert.throws(() => parseOptions(['--scenario', 'nothing'], '/'), ScenarioError);
  });
});

describe('opening the browser', () => {
  it('is left alone without a display', () => {
    assert.equal(browserCommand('linux', {}), undefined);
    assert.deepEqual(browserCommand('linux', { DISPLAY: ':0' }), ['xdg-open']);
    assert.deepEqual(browserCommand('linux', { WAYLAND_DISPLAY: 'wayland-0' }), ['xdg-open']);
    assert.deepEqual(browserCommand('darwin', {}), ['open']);
    assert.equal(browserCommand('win32', {})?.[0], 'rundll32');
  });
});
