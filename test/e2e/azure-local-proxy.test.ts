import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { noLab } from '../lab/lab-under-test.ts';
import { snapshotOf } from './nodes.ts';
import { startTool, type Tool } from './tool.ts';

const PROXY = 'proxy.contoso.com:8080';
/** One of three goes out through Arc gateway, which a click must not take away. */
const CHANGED = ['node1', 'node3'];
const GATEWAY = 'node2';

describe('the proxy of nodes in constrained language', { skip: noLab }, () => {
  let tool: Tool;
  let start: readonly unknown[];

  const registries = async () =>
    Promise.all(
      [...CHANGED, GATEWAY].map(async name =>
        Object.fromEntries(
          Object.entries((await snapshotOf(tool, name)).registry).filter(
            ([, values]) => Object.keys(values).length > 0,
          ),
        ),
      ),
    );
  const confirm = async (button: string): Promise<void> => {
    const dialog = tool.frame.getByRole('dialog');
    await dialog.getByRole('button', { name: button, exact: true }).click({ timeout: 60_000 });
  };
  const done = async (heading: string): Promise<void> => {
    const section = tool.frame.getByRole('region', { name: heading });
    await section
      .getByText('Done and read back')
      .nth(CHANGED.length - 1)
      .waitFor({ timeout: 60_000 });
  };

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
