import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findDotnet, publishedFolder } from '../../emulator/nodes/dotnet.ts';
import { buildHost } from '../../scripts/build-host.ts';
import { nodeScript, nodeScriptNames } from '../../scripts/lib/node-scripts.ts';

// The empty lines keep it from becoming the help of a function that follows.
const HELP =
  '<#\n.SYNOPSIS\n    Says.\n.DESCRIPTION\n    More.\n.NOTES\n    Language: full\n.ROLE\n    Readers\n#>\n\n\n';
const HELP_LINES = HELP.split('\n').length - 1;

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function check(...files: readonly string[]): Promise<Answer> {
  const program = join(publishedFolder('powershell-check'), 'powershell-check.dll');
  return new Promise(resolve => {
    execFile(findDotnet(), [program, ...files], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** What a body must be found guilty of, as `line rule`, lines counted from the body's first. Empty: nothing. */
const BODIES: readonly (readonly [title: string, body: string, findings: readonly string[]])[] = [
  ['a missing brace', 'if ($true) {', ['1 parse']],
  ['the ternary operator', '$a = $true ? 1 : 2', ['1 syntax']],
  ['??', '$a = $b ?? 3', ['1 syntax']],
  ['??=', '$a ??= 4', ['1 syntax']],
  ['?.', '$a = ${b}?.Name', ['1 syntax']],
  ['but not a variable whose name ends with ?', "$b? = Get-Item 'HKLM:\\'\n$a = $b?.Name", []],
  ['?[]', '$a = ${b}?[0]', ['1 syntax']],
  ['&&', 'Out-Null && Out-Null', ['1 syntax']],
  ['& at the end', 'Out-Null &', ['1 syntax']],
  ['a clean block', 'function Get-It { process {} clean {} }', ['1 syntax']],
  ['a line that begins with |', '$a\n| Out-Null', ['2 syntax']],
  ['a binary number', '$a = 0b11', ['1 literal']],
  ['an unsigned number', '$a = 5uy', ['1 literal']],
  ['but not suffixes of 5.1', '$a = 5kb + 0x1F + 7L + 1.5d', []],
  ['`u{}', '$a = "`u{2019}"', ['1 literal']],
  ['but not a doubled backtick', '$a = "``u{2019}"', []],
  ['$IsWindows', 'if ($IsWindows) { 1 }', ['1 variable']],
  ['a letter outside ASCII', "$a = 'é'", ['1 ascii']],
  ['a control character', "$a = '\u0007'", ['1 ascii']],
  ['a typographic quote in a comment', '# that’s it', ['1 quote']],
  ['a low typographic quote', "$a = '„'", ['1 quote']],
  ['an unapproved verb', 'function Check-It { 1 }', ['1 name']],
  ['a verb approved after 5.1', 'function Build-It { 1 }', ['1 name']],
  ['a name without a dash', 'function Helper { 1 }', ['1 name']],
  ['a name with two dashes', 'function Get-It-Now { 1 }', ['1 name']],
  ['a command off the list', 'Get-Service', ['1 command']],
  ['an alias', '1 | % { $_ }', ['1 command']],
  ['a parameter off the list', 'ConvertFrom-Json $a -AsHashtable', ['1 command']],
  ['an abbreviated parameter', "Get-Item -Lit 'HKLM:\\'", ['1 command']],
  ['but not an own function', 'function Get-It($Much) { $Much }\nGet-It -Much 1', []],
  ['Invoke-Expression', "Invoke-Expression '1'", ['1 command', '1 string-script']],
  ['[scriptblock]::Create', "[scriptblock]::Create('1')", ['1 string-script']],
  ['a cast to a script block', "$a = [scriptblock]'1'", ['1 string-script']],
  ['InvokeScript', "$ExecutionContext.InvokeCommand.InvokeScript('1')", ['1 string-script']],
  ['Start-Job', 'Start-Job { 1 }', ['1 command', '1 job']],
  ['-AsJob', 'Invoke-Command { 1 } -AsJob', ['1 command', '1 job']],
  ['Add-Type', "Add-Type -AssemblyName 'System.Net.Http'", ['1 add-type', '1 command']],
  ['dot-sourcing', '. ./other.ps1', ['1 command', '1 dot-source']],
  ['exit', 'exit 1', ['1 wrap']],
  ['a type of .NET only', '[System.Text.Json.JsonDocument]::Parse($a)', ['1 type']],
  ['a type that 5.1 does not load', '$a = [Net.Http.HttpClient]', ['1 type']],
  ['an attribute after 5.1', 'param([ValidateNotNullOrWhiteSpace()] $A)\n$A', ['1 type']],
  ['a static method of .NET only', '[Convert]::ToHexString($a)', ['1 member']],
  ['a constructor of .NET only', '$a = [Net.Sockets.TcpClient]::new(1, 2, 3)', ['1 member']],
  [
    'an overload of .NET only on a variable whose type is known',
    '$a = [Net.Sockets.TcpClient]::new()\n$a.ConnectAsync($b, 443, $c)',
    ['2 member'],
  ],
  ['a method that no type has', '$a.ReadExactlyAsync(5)', ['1 member']],
  [
    'but not what 4.7.2 has',
    '$a = [Net.Sockets.TcpClient]::new()\n$null = $a.ConnectAsync($b, 443)\n[string]::Join(",", @(1)).Split(",")',
    [],
  ],
];

describe('powershell-check', () => {
  let folder = '';
  let found: ReadonlyMap<string, readonly string[]> = new Map();
  const fileOf = (index: number): string => join(folder, `Test-Case${index}.ps1`);

  before(async () => {
    await buildHost(line => {
      console.error(line);
    });
    folder = await mkdtemp(join(tmpdir(), 'powershell-check-'));
    await Promise.all(BODIES.map(([, body], index) => writeFile(fileOf(index), `${HELP}${body}\n`)));
    const answer = await check(...BODIES.map((_, index) => fileOf(index)));
    assert.equal(answer.code, 1, answer.stderr);
    found = Map.groupBy(answer.stdout.trim().split('\n'), line => line.slice(0, line.search(/:\d+:\d+ /)));
  });
  after(() => rm(folder, { recursive: true }));

  for (const [index, [title, , expected]] of BODIES.entries()) {
    it(`finds ${title}`.replace('finds but not', 'passes'), () => {
      const findings = (found.get(fileOf(index)) ?? []).map(line => {
        const [, at = '', rule = ''] = /:(\d+):\d+ ([a-z-]+): ./.exec(line) ?? [];
        return `${Number(at) - HELP_LINES} ${rule}`;
      });
      assert.deepEqual(findings.sort(), expected);
    });
  }

  const CONSTRAINED: readonly (readonly [body: string, findings: number])[] = [
    ['[pscustomobject]@{ a = 1 }', 1],
    ['$a = [Convert]::ToInt32($b)', 1],
    ['$a = [BitConverter]::ToInt32($b, 0)', 1],
    ['$a = [math]::Max(1, 2)', 1],
    ["$a = New-Object -TypeName 'Net.WebClient'", 1],
    ["$a = New-Object 'Collections.Generic.List[string]'", 1],
    ['class A { }', 1],
    ['$a = Get-Item -Path $b\n$a.PSObject.Copy()', 0],
    ['$a = [Diagnostics.Stopwatch]::StartNew()   # or refused', 0],
    ['$a = New-Object -TypeName psobject -Property @{ a = 1 }', 0],
    [
      "$a = [byte[]][char[]]'a'; $b = [datetime]::UtcNow.ToString('o'); $c = 'a'.Trim(); $d = $c -as [ipaddress]",
      0,
    ],
    ["[regex]::Matches('a', 'b').Count", 0],
  ];
  for (const [body, count] of CONSTRAINED)
    it(`knows what the constrained language refuses: ${body.split('\n')[0] ?? ''}`, async () => {
      const file = join(folder, 'Get-Constrained.ps1');
      await writeFile(file, `${HELP.replace('full', 'constrained')}${body}\n`);
      const lines = (await check(file)).stdout.split('\n');
      assert.equal(lines.filter(line => / constrained: /.test(line)).length, count, lines.join('\n'));
    });

  const HELPLESS = {
    'no help': ['$a = 1', 'the script does not begin with comment-based help'],
    'no synopsis': [HELP.replace('.SYNOPSIS\n    Says.\n', ''), '.SYNOPSIS is missing'],
    'no description': [HELP.replace('.DESCRIPTION\n    More.\n', ''), '.DESCRIPTION is missing'],
    'no language': [
      HELP.replace('.NOTES\n    Language: full\n', ''),
      '.NOTES is neither "Language: constrained" nor "Language: full"',
    ],
    'no role': [HELP.replace('.ROLE\n    Readers\n', ''), '.ROLE is missing'],
    'another role': [HELP.replace('Readers', 'Users'), '.ROLE is "Users", not Readers or Administrators'],
  } as const;
  for (const [title, [text, message]] of Object.entries(HELPLESS)) {
    it(`wants the help complete: ${title}`, async () => {
      const file = join(folder, 'Get-Help.ps1');
      await writeFile(file, `${text}\n`);
      assert.deepEqual(await check(file), { code: 1, stdout: `${file}:1:1 help: ${message}\n`, stderr: '' });
    });
  }

  it('judges the name of the file', async () => {
    const file = join(folder, 'helper.ps1');
    await writeFile(file, `${HELP}$a = 1\n`);
    assert.match((await check(file)).stdout, /helper\.ps1:1:1 name: helper: a name has one dash/);
  });

  it('passes every script of the tool, and so each of them is made of what 5.1 and the simulated nodes have', async () => {
    const names = nodeScriptNames();
    assert.ok(names.length >= 6);
    const files = names.map(name => join(folder, `${name}.ps1`));
    await Promise.all(files.map((file, index) => writeFile(file, nodeScript(names[index] ?? ''))));
    assert.deepEqual(await check(...files), {
      code: 0,
      stdout: '',
      stderr: '',
    });
  });

  for (const args of [[], ['--fix'], [join(tmpdir(), 'not-there.ps1')]]) {
    it(`says one line on wrong use: ${args.map(arg => arg.replace(tmpdir(), '…')).join(' ') || 'nothing'}`, async () => {
      const { code, stdout, stderr } = await check(...args);
      assert.deepEqual([code, stdout, stderr.trim().split('\n').length], [2, '', 1]);
    });
  }
});
