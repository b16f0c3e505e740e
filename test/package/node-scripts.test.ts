import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { aloneScript } from '../../scripts/lib/alone-script.ts';
import { composeScript, nodeScript, nodeScriptNames } from '../../scripts/lib/node-scripts.ts';
import { readPowerShellModule } from '../../scripts/lib/powershell-module.ts';

const FOLDER = join(import.meta.dirname, '../../src/powershell');
const PARTS = readdirSync(join(FOLDER, 'shared')).map(file => file.replace(/\.ps1$/, ''));
const partText = (part: string): string => readFileSync(join(FOLDER, 'shared', `${part}.ps1`), 'utf8');
const sourceOf = (name: string): string => readFileSync(join(FOLDER, `${name}.ps1`), 'utf8');

describe('a node script', () => {
  const parts = (part: string): string | undefined =>
    ({ One: '# one\n$a = "$& $1"\n', Nested: '# Shared: One\n' })[part];

  it('gets the parts that it names, in their places and to the letter', () => {
    assert.equal(
      composeScript('Get-X', 'first\n# Shared: One\n\nlast\n', parts),
      'first\n# one\n$a = "$& $1"\n\nlast\n',
    );
  });

  for (const [title, text, message] of [
    ['that is not there', '# Shared: Two\n', /Get-X\.ps1 wants Two/],
    ['twice', '# Shared: One\n# Shared: One\n', /Get-X\.ps1 names One twice/],
    ['that wants others', '# Shared: Nested\n', /shared\/Nested\.ps1 may not want/],
  ] as const)
    it(`does not get a part ${title}`, () => {
      assert.throws(() => composeScript('Get-X', text, parts), message);
    });

  it('is whole wherever it goes: to the nodes, into the module, and into the script that runs alone', () => {
    const generated = JSON.parse(
      readFileSync(join(FOLDER, '../../.generated/scripts/scripts.json'), 'utf8'),
    ) as Record<string, string>;
    const module = readPowerShellModule('M', '1.0.0').files['M.psm1']?.replaceAll('\r\n', '\n') ?? '';
    const everywhere = [...Object.values(generated), module, aloneScript()];
    for (const text of everywhere) assert.ok(!text.includes('# Shared:'));
    for (const name of nodeScriptNames()) {
      const wanted = [...sourceOf(name).matchAll(/^# Shared: (.*)$/gm)].map(([, part]) => part ?? '');
      for (const part of wanted) {
        for (const text of [nodeScript(name), generated[name] ?? '', module])
          assert.ok(text.includes(partText(part).trimEnd()), `${name} has ${part}`);
      }
    }
  });

  it('holds no text that is a shared part, and each part is wanted', () => {
    for (const part of PARTS) {
      const wanting = nodeScriptNames().filter(name => sourceOf(name).includes(`# Shared: ${part}\n`));
      // One is enough where it alone would be too long to read.
      assert.ok(wanting.length > 0, `${part} is wanted by no script`);
      for (const [definition] of partText(part).matchAll(/^function [\w-]+/gm))
        for (const name of nodeScriptNames())
          assert.ok(
            !sourceOf(name).includes(`${definition}(`) && !sourceOf(name).includes(`${definition} {`),
            name,
          );
    }
  });
});
