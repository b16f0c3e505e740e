import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { run, SCRIPT } from './run-allowlist.ts';

const LIST = ['--cloud', 'public', '--edition', 'azure-local-2026-07', '--region', 'eastus'];

describe('npm run allowlist -- check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'have-'));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = (text: string | Buffer): string => {
    const path = join(folder, 'have.txt');
    writeFileSync(path, text);
    return path;
  };

  it('ends with 0 when the file opens everything, here our own', () => {
    const { stdout } = run(...LIST, '--format', 'csv');
    const check = run('check', '--have', file(stdout), ...LIST);
    assert.equal(check.status, 0);
    assert.match(
      check.stdout,
      /half covered: 0, missing: 0\. In the file: wider than needed: 0, not in this list: 0\./,
    );
    assert.match(check.stderr, /Read as a table/);
    assert.match(
      check.stdout,
      /^Everything that the nodes need for the chosen features is open in this file\.$/m,
    );
    const star = run('check', '--have', file('*\n'), ...LIST);
    assert.equal(star.status, 0);
    assert.match(star.stdout, /^wider {6}"\*" \(1\)/m);
    assert.match(star.stdout, /is open in this file if its entries that say no port are for/);
  });

  it('ends with 1 where a rule that denies, and cannot be compared, may come first', () => {
    const squid = 'acl x url_regex .\nhttp_access deny x\nhttp_access allow all\n';
    const { status, stdout } = run('check', '--have', file(squid), ...LIST, '--format', 'json');
    assert.equal(status, 1);
    const findings = JSON.parse(stdout) as { state: string; reason?: string }[];
    const covered = findings.filter(({ state }) => state === 'covered');
    assert.ok(covered.length > 0);
    for (const { reason } of covered) assert.match(reason ?? '', /Unless a rule that denies/);
  });

  it('ends with 1 and names what is missing, half covered, wider, of no use and unread', () => {
    const have =
      'login.microsoftonline.com 443\nmanagement.azure.com 8443\n*.windows.net\nwww.example.com\n10.0.0.0/8\n';
    const { status, stdout } = run('check', '--have', file(have), ...LIST, '--format', 'json');
    assert.equal(status, 1);
    const findings = JSON.parse(stdout) as { state: string; host?: string; entry?: string; line?: number }[];
    const of = (host: string) => findings.find(each => each.host === host);
    assert.equal(of('login.microsoftonline.com')?.state, 'covered');
    assert.deepEqual([of('management.azure.com')?.state, of('management.azure.com')?.line], ['half', 2]);
    assert.equal(of('dp.stackhci.azure.com')?.state, 'missing');
    assert.deepEqual(
      findings
        .filter(({ host }) => host === undefined)
        .map(({ state, entry, line }) => `${state} ${entry ?? ''} ${line ?? ''}`),
      [
        'unrelated management.azure.com 8443 2',
        'wider *.windows.net 3',
        'unrelated www.example.com 4',
        'unread 10.0.0.0/8 5',
      ],
    );
  });

  it('reads standard input, and keeps signs that steer a terminal from it', () => {
    const { status, stdout } = spawnSync(process.execPath, [SCRIPT, 'check', '--have', '-', ...LIST], {
      encoding: 'utf8',
      input: 'www.example.com\u001b[2J.evil\n',
    });
    assert.equal(status, 2);
    assert.equal(stdout, '');
    const list = spawnSync(process.execPath, [SCRIPT, 'check', '--have', '-', ...LIST], {
      encoding: 'utf8',
      input: 'not a host at all\n',
    });
    assert.equal(list.status, 1);
    assert.match(list.stdout, /unread {5}"not a host at all" \(1\)/);
  });

  for (const [what, args, message] of [
    ['no file', ['check', ...LIST], /--have is missing/],
    ['a folder', ['check', '--have', tmpdir(), ...LIST], /cannot be read/],
    ['a file that is not there', ['check', '--have', '/nowhere/x', ...LIST], /cannot be read/],
    [
      'an unknown format',
      ['check', '--have', 'README.md', ...LIST, '--format', 'bicep'],
      /--format "bicep" is not known/,
    ],
  ] as const)
    it(`${what}: one line on stderr, nothing on stdout, exit 2`, () => {
      const { status, stdout, stderr } = run(...args);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, message);
      assert.equal(stderr.trim().split('\n').length, 1);
    });

  for (const [what, content, message] of [
    ['an empty file', '', /The file is empty/],
    ['blanks alone', ' \r\n\t', /The file is empty/],
    ['a mark alone', '\uFEFF', /The file is empty/],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), /not a text file/],
    ['bytes of no encoding', Buffer.from([0x61, 0xff, 0xfe, 0x2e, 0x62]), /not a text file/],
    ['UTF-16 without its mark', Buffer.from('login.microsoftonline.com\r\n', 'utf16le'), /not a text file/],
    ['half of a JSON', '{"a": [', /cannot be read as that/],
    ['a heading alone', 'host,port\n', /Nothing in the file is a rule/],
  ] as const)
    it(`${what}: exit 2`, () => {
      const { status, stdout, stderr } = run('check', '--have', file(content), ...LIST);
      assert.deepEqual([status, stdout], [2, ''], stderr);
      assert.match(stderr, message);
      assert.equal(stderr.trim().split('\n').length, 1);
    });

  it('refuses a workbook with what to do', () => {
    const { status, stderr } = run('check', '--have', file(Buffer.from('PK\u0003\u0004\u0000')), ...LIST);
    assert.equal(status, 2);
    assert.match(stderr, /Save a workbook as CSV/);
  });

  it('never calls an empty list covered', () => {
    const { status, stdout, stderr } = run(
      'check',
      '--have',
      file('a.example.com'),
      '--cloud',
      'china',
      ...LIST.slice(2, 4),
    );
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /no rules for what was chosen/);
  });

  it('reads what Windows PowerShell writes', () => {
    const have = Buffer.from('\uFEFFlogin.microsoftonline.com 443\r\n', 'utf16le');
    const { stdout } = run('check', '--have', file(have), ...LIST, '--format', 'csv');
    assert.match(stdout, /^covered,login\.microsoftonline\.com,443,/m);
  });
});
