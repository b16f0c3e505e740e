import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startNode, type TestNode } from '../support/node-host.ts';
import { onlyError, wholeOutput } from '../support/run-script.ts';

const COMMANDS = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../emulator/powershell-check/commands.json'), 'utf8'),
) as Readonly<Record<string, readonly string[]>>;

let node: TestNode;
before(async () => {
  node = await startNode();
});
after(() => node.stop());
beforeEach(() => node.seed());

const outputOf = (script: string, parameters?: Readonly<Record<string, unknown>>) =>
  wholeOutput(node, script, parameters);

describe('the closed list of commands', () => {
  it('is there, with every parameter', async () => {
    await node.seed({ proxyModule: true });
    const missing = await outputOf(
      `param($Commands)
      foreach ($wanted in $Commands.PSObject.Properties) {
        $found = Get-Command -Name $wanted.Name -ErrorAction SilentlyContinue
        if (-not $found) { $wanted.Name; continue }
        foreach ($name in $wanted.Value) {
          if ($found.Parameters.ContainsKey($name)) { continue }
          # The registry drive adds parameters of its own.
          $onDrive = Get-Command -Name $wanted.Name -ArgumentList 'HKLM:\\'
          if (-not $onDrive.Parameters.ContainsKey($name)) { "$($wanted.Name) -$name" }
        }
      }`,
      { Commands: COMMANDS },
    );
    assert.deepEqual(missing, []);
  });

  for (const [script, expected] of [
    ['3, 1, 2 | Sort-Object -Descending', [3, 2, 1]],
    ["'b', 'A', 'a' | Sort-Object -Unique", ['A', 'b']],
    ['1..5 | Select-Object -Skip 1 -First 2', [2, 3]],
    ['1..5 | Select-Object -Last 2', [4, 5]],
    ["[pscustomobject]@{ a = 1; b = 2 } | Select-Object a, @{ n = 'c'; e = { $_.b * 2 } }", [{ a: 1, c: 4 }]],
    ['[pscustomobject]@{ a = @(1, 2) } | Select-Object -ExpandProperty a', [1, 2]],
    ["'x', 'y', 'X' | Group-Object -NoElement | ForEach-Object { \"$($_.Name)$($_.Count)\" }", ['x2', 'y1']],
    ['(1..4 | Measure-Object -Sum -Maximum).Sum', [10]],
    ["(New-Object 'Collections.Generic.List[string]').Count", [0]],
    ['New-Object psobject -Property @{ a = 1 }', [{ a: 1 }]],
    ["Get-Date -Date '2026-02-03' -Format 'yyyyMMdd'", ['20260203']],
    ['Write-Output @(1, 2) -NoEnumerate | ForEach-Object { $_.Count }', [2]],
  ] as const) {
    it(`does as on Windows: ${script}`, async () => {
      assert.deepEqual(await outputOf(script), expected);
    });
  }
});

describe('JSON as Windows PowerShell 5.1 has it', () => {
  for (const [script, expected] of [
    // One object, so that a list of one element stays a list.
    ["@(ConvertFrom-Json '[1]').Count; (ConvertFrom-Json '[1]').GetType().Name", [1, 'Object[]']],
    ['(ConvertFrom-Json \'{"t":"2026-02-03T04:05:06Z"}\').t.GetType().Name', ['String']],
    [
      "ConvertFrom-Json '[1, 3000000000, 1.5]' | ForEach-Object { $_ } | ForEach-Object { $_.GetType().Name }",
      ['Int32', 'Int64', 'Decimal'],
    ],
    ["(ConvertFrom-Json '\"\"') -eq ''; $null -eq (ConvertFrom-Json 'null')", [true, true]],
    ["'{', '\"a\": 1', '}' | ConvertFrom-Json", [{ a: 1 }]],
  ] as const) {
    it(script, async () => {
      assert.deepEqual(await outputOf(script), expected);
    });
  }

  it('refuses names that differ in case only, and text that is no JSON', async () => {
    assert.match(
      (await onlyError(node, `ConvertFrom-Json '{"a":1,"A":2}'`)).fullyQualifiedErrorId,
      /^DuplicateKeysInJsonString,/,
    );
    const error = await onlyError(node, "ConvertFrom-Json '{'");
    assert.equal(
      error.fullyQualifiedErrorId,
      'System.ArgumentException,Microsoft.PowerShell.Commands.ConvertFromJsonCommand',
    );
  });
});
