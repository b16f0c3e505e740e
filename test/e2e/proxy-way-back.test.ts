import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { snapshotOf } from './nodes.ts';
import { startTool, type Tool } from './tool.ts';

const NODES = ['node1', 'node2'];
const PROXY = 'proxy.contoso.com:8080';

describe('the proxy of nodes that have no other way out', () => {
  let tool: Tool;
  let start: readonly unknown[];

  const registries = async () =>
    Promise.all(
      NODES.map(async name =>
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
      .nth(NODES.length - 1)
      .waitFor({ timeout: 60_000 });
  };

  before(async () => {
    const nodes = NODES.map(name => ({ name, egress: 'proxy-only', proxyModule: true }));
    const cluster = { name: 'hci-cluster.contoso.local', cloud: 'public' };
    tool = await startTool({
      scenario: { cluster, nodes, proxies: [{ host: 'proxy.contoso.com', port: 8080 }] },
    });
    start = await registries();
    await tool.openTab('Proxy');
  });

  after(() => tool.close());

  it('tests the needed endpoints through the proxy first, and reaches them after one click', async () => {
    await tool.frame.getByLabel('Proxy server').fill(PROXY);
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    await tool.frame
      .getByText(/Through it [1-9]\d* of \d+ needed endpoints answer/)
      .first()
      .waitFor({ timeout: 60_000 });
    await confirm('Apply');
    await done('Result of setting the proxy');
    await tool.frame
      .getByText(/Needed endpoints that it reaches now: [1-9]/)
      .first()
      .waitFor();
  });

  it('does not change a node for a proxy that does not exist', async () => {
    await tool.frame.getByLabel('Proxy server').fill('nowhere.contoso.com:8080');
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    const dialog = tool.frame.getByRole('dialog');
    await dialog
      .getByText(/Nothing that is needed answers/)
      .nth(NODES.length - 1)
      .waitFor({ timeout: 60_000 });
    assert.equal(await dialog.getByRole('button', { name: 'Apply', exact: true }).isDisabled(), true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('goes back to the very bytes by what the nodes keep', async () => {
    await tool.frame.getByText('Changes kept on the nodes: 1').click();
    await tool.frame.getByRole('button', { name: /^Go back to before/ }).click();
    await confirm('Put back');
    await done('Result of putting back the settings');
    assert.deepEqual(await registries(), start);
  });
});
