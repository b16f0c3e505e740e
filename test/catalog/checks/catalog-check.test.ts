import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'catalog-check-'));
after(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/catalog-check.ts', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('what ships is well: exit 0 and silence', () => {
  assert.deepEqual(run(), { status: 0, stdout: '', stderr: '' });
});

test('a mistake is named with its file and check: exit 1', () => {
  const file = join(folder, '2022-01.json');
  const text = readFileSync('src/catalog/editions/2022-01.json', 'utf8');
  writeFileSync(
    file,
    text.replace('"host": "login.microsoftonline.us"', '"host": "login.microsoftonline.us/"'),
  );
  const { status, stdout, stderr } = run(file);
  assert.equal(status, 1);
  assert.match(stdout, /2022-01\.json: host-form: rule "login-microsoftonline-us-443": .* has a slash/);
  assert.equal(stderr, '');
});

test('the typographic quotes of the document are no JSON: exit 1', () => {
  const file = join(folder, 'quotes.json');
  writeFileSync(file, '{ "Notes": “x” }');
  const { status, stdout } = run(file);
  assert.equal(status, 1);
  assert.match(stdout, /quotes\.json: json: SyntaxError/);
});

for (const args of [['--fix'], [join(folder, 'absent.json')]])
  test(`wrong use (${args[0]?.split('/').at(-1) ?? ''}): one line on stderr, exit 2`, () => {
    const { status, stdout, stderr } = run(...args);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^catalog-check: .+\n$/);
  });
