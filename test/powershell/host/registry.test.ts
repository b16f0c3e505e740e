import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startNode, type TestNode } from '../../support/node-host.ts';
import { onlyError, wholeOutput } from '../../support/run-script.ts';

let node: TestNode;
before(async () => {
  node = await startNode();
});
after(() => node.stop());

const outputOf = (script: string) => wholeOutput(node, script);

describe('the registry', () => {
  const KEY = 'HKLM:\\SOFTWARE\\Contoso';
  beforeEach(() =>
    node.seed({ registry: { [KEY]: { Number: 7, Text: 'seven', Bytes: { kind: 'Binary', data: 'AQI=' } } } }),
  );

  it('gives seeded values with their types', async () => {
    const script = `$p = Get-ItemProperty '${KEY}'; $p.Number.GetType().Name; $p.Text; $p.Bytes.GetType().Name; $p.Bytes.Length`;
    assert.deepEqual(await outputOf(script), ['Int32', 'seven', 'Byte[]', 2]);
  });

  it('keeps the kind of a value that is set, makes new ones by their data, and takes -Type', async () => {
    await outputOf(`
      Set-ItemProperty '${KEY}' -Name Number -Value '9'
      Set-ItemProperty '${KEY}' -Name New -Value 'text'
      Set-ItemProperty '${KEY}' -Name Typed -Value 5 -Type QWord
      New-ItemProperty '${KEY}' -Name Made -PropertyType MultiString -Value 'a', 'b' | Out-Null`);
    assert.deepEqual((await node.state()).registry[KEY], {
      Bytes: { kind: 'Binary', data: 'AQI=' },
      Made: { kind: 'MultiString', data: ['a', 'b'] },
      New: 'text',
      Number: 9,
      Text: 'seven',
      Typed: { kind: 'QWord', data: 5 },
    });
  });

  it('does not let a reader change what is stored', async () => {
    await outputOf(`(Get-ItemProperty '${KEY}').Bytes[0] = 99`);
    assert.deepEqual(await outputOf(`(Get-ItemProperty '${KEY}').Bytes[0]`), [1]);
  });

  it('makes and removes keys', async () => {
    const script = `
      New-Item '${KEY}\\A\\B' -Force | Out-Null
      Test-Path '${KEY}\\A\\B'; (Get-ChildItem '${KEY}').Name
      (Get-Item '${KEY}').GetValue('text'); (Get-Item '${KEY}').GetValue('none', 'fallback')
      Remove-Item '${KEY}\\A' -Recurse; Test-Path '${KEY}\\A'; Test-Path '${KEY}'`;
    assert.deepEqual(await outputOf(script), [
      true,
      `HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso\\A`,
      'seven',
      'fallback',
      false,
      true,
    ]);
  });

  for (const [script, id, category] of [
    [
      `Get-ItemProperty '${KEY}' -Name None`,
      'System.Management.Automation.PSArgumentException,Microsoft.PowerShell.Commands.GetItemPropertyCommand',
      'InvalidArgument',
    ],
    [
      "Get-ItemProperty 'HKLM:\\None'",
      'PathNotFound,Microsoft.PowerShell.Commands.GetItemPropertyCommand',
      'ObjectNotFound',
    ],
    [
      "Set-ItemProperty 'HKLM:\\None' -Name A -Value 1",
      'PathNotFound,Microsoft.PowerShell.Commands.SetItemPropertyCommand',
      'ObjectNotFound',
    ],
    [
      `Remove-ItemProperty '${KEY}' -Name None`,
      'System.Management.Automation.PSArgumentException,Microsoft.PowerShell.Commands.RemoveItemPropertyCommand',
      'InvalidArgument',
    ],
    [
      `New-ItemProperty '${KEY}' -Name Text -Value 1`,
      'System.IO.IOException,Microsoft.PowerShell.Commands.NewItemPropertyCommand',
      'ResourceExists',
    ],
    [
      "New-Item 'HKLM:\\None\\Deeper'",
      'System.IO.IOException,Microsoft.PowerShell.Commands.NewItemCommand',
      'InvalidArgument',
    ],
  ] as const) {
    it(`fails as on Windows: ${script}`, async () => {
      const error = await onlyError(node, script);
      assert.deepEqual([error.fullyQualifiedErrorId, error.category], [id, category]);
      assert.deepEqual(await outputOf(`try { ${script} -ErrorAction Stop } catch { 'caught' }`), ['caught']);
    });
  }

  it('takes * in a literal path for what it is', async () => {
    assert.deepEqual(
      await outputOf(`Test-Path -LiteralPath 'HKLM:\\SOFTWARE\\Conto*'; Test-Path 'HKLM:\\SOFTWARE\\Conto*'`),
      [false, true],
    );
  });
});
