import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { nodeScript } from '../../../scripts/lib/node-scripts.ts';
import { extensionModule } from '../../../emulator/nodes/extension-module.ts';
import { preferModule } from '../../../scripts/generate.ts';
import { startNode, type TestNode } from '../../support/node-host.ts';
import { loadToolCode, type ToolCode } from '../tool-code.ts';

/** Scripts as the tool ships them, on nodes with and without the extension's own module. */
describe("the extension's own module", () => {
  let node: TestNode;
  let tool: ToolCode;
  before(async () => {
    tool = await loadToolCode();
    node = await startNode();
  });
  after(() => node.stop());

  const run = async (name: string, parameters: Readonly<Record<string, unknown>> = {}) =>
    node.run(tool.commandScript(preferModule(name, nodeScript(name)), parameters));
  const way = async () => {
    const { output, errors } = await run('Get-ProxySetting');
    assert.deepEqual(errors, []);
    const { runBy, languageMode } = output[0] as Record<string, unknown>;
    return [runBy, languageMode];
  };

  it('is used where it is, in the language that the policy gives it', async () => {
    await node.seed({ languageMode: 'ConstrainedSigned', signedModule: extensionModule() });
    assert.deepEqual(await way(), ['module', 'FullLanguage']);
  });

  it('takes parameters as the script does', async () => {
    const seed = {
      languageMode: 'ConstrainedSigned',
      signedModule: extensionModule(),
      proxyModule: true,
    } as const;
    await node.seed(seed);
    const set = await run('Set-ProxySetting', { Server: 'p:1', Bypass: ['a', 'b'] });
    assert.deepEqual(set.errors, []);
    // The other module is not trusted, and refused although it is called from one that is.
    assert.equal((set.output[0] as Record<string, unknown>)['by'], 'commands');
    const [setting] = (await run('Get-ProxySetting')).output as Record<string, unknown>[];
    assert.deepEqual([setting?.['server'], setting?.['bypass']], ['p:1', ['a', 'b']]);
  });

  it('is not needed', async () => {
    await node.seed({ languageMode: 'Constrained' });
    assert.deepEqual(await way(), ['script', 'ConstrainedLanguage']);
    await node.seed();
    assert.deepEqual(await way(), ['script', 'FullLanguage']);
  });
});
