import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { noLab } from '../lab/lab-under-test.ts';
import { confirmChange, doneOn, registriesOf } from './support/proxy-steps.ts';
import { startTool, type Tool } from './support/tool.ts';

const PROXY = 'proxy.contoso.com:8080';
/** One of three goes out through Arc gateway, which a click must not take away. */
const CHANGED = ['node1', 'node3'];
const GATEWAY = 'node2';

describe('the proxy of nodes in constrained language', { skip: noLab }, () => {
  let tool: Tool;
  let start: readonly unknown[];

  const registries = () => registriesOf(tool, [...CHANGED, GATEWAY]);
  const confirm = (button: string) => confirmChange(tool, button);
  const done = (heading: string) => doneOn(tool, heading, CHANGED.length);

  before(async () => {
    tool = await startTool({ scenario: 'azure-local' });
    start = await registries();
    await tool.openTab('Proxy');
  });
  after(() => tool.close());

  it("is set by Windows' own commands, and leaves the node with Arc gateway alone", async () => {
    await tool.frame.getByLabel('Proxy server').fill(PROXY);
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    await confirm('Apply');
    await done('Result of setting the proxy');
    const [one, three, gateway] = await registries();
    assert.notDeepEqual([one, three], start.slice(0, 2));
    assert.deepEqual(gateway, start[2], 'what Arc gateway has set is not touched');
  });

  it('goes back to the very bytes', async () => {
    await tool.frame.getByText('Changes kept on the nodes: 1').click();
    await tool.frame.getByRole('button', { name: /^Go back to before/ }).click();
    await confirm('Put back');
    await done('Result of putting back the settings');
    assert.deepEqual(await registries(), start);
  });
});
