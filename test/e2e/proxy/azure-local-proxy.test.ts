import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { noLab } from '../../lab/lab-under-test.ts';
import { runOn } from '../support/nodes.ts';
import { confirmChange, doneOn, holdAt, registriesOf } from '../support/proxy-steps.ts';
import { startTool, type Tool } from '../support/tool.ts';

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

  const readAgain = () => tool.frame.getByRole('button', { name: 'Read again' }).click();

  before(async () => {
    tool = await startTool({ scenario: 'azure-local' });
    start = await registries();
    // A list with few endpoints that are needed: each is tried on each node before and after every change.
    await tool.openTab('Allowlist');
    await tool.openChoices();
    await tool.frame.getByLabel('Edition', { exact: true }).selectOption('2022-01');
    await tool.openTab('Proxy');
  });
  after(() => tool.close());

  it('is set on no more nodes when it is stopped in the middle of the first', async () => {
    await tool.frame.getByLabel('Proxy server').fill(PROXY);
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    const held = holdAt(tool, 'Set-ProxySetting', 'going');
    await confirm('Apply');
    const goOn = await held;
    await tool.frame.getByRole('button', { name: 'Stop after the nodes under way' }).click();
    await goOn();
    await tool.frame.getByText('Not touched: the change was stopped before this node').nth(1).waitFor();
    await doneOn(tool, 'Result of setting the proxy', 1);
    const [one, three] = await registries();
    assert.notDeepEqual(one, start[0]);
    assert.deepEqual(three, start[1]);
  });

  it("is set by Windows' own commands when tried again, and leaves the node with Arc gateway alone", async () => {
    await tool.frame.getByRole('button', { name: /^Try again on/ }).click();
    await confirm('Try again');
    await done('Result of setting the proxy');
    const [one, three, gateway] = await registries();
    assert.notDeepEqual([one, three], start.slice(0, 2));
    assert.deepEqual(gateway, start[2], 'what Arc gateway has set is not touched');
  });

  it('flags nodes that no longer match, in any layer, until they do', async () => {
    const key = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';
    const [internet] = Object.keys((await registries())[0] ?? {}).filter(name =>
      name.endsWith('Connections'),
    );
    const byHand = [
      `Set-ItemProperty -LiteralPath '${key}' -Name HTTPS_PROXY -Value 'http://by-hand:1' -Type String`,
      `Remove-ItemProperty -LiteralPath '${internet ?? ''}' -Name DefaultConnectionSettings`,
    ];
    const before = await registries();
    const [first, third] = CHANGED as [string, string];
    await runOn(tool, first, byHand[0] ?? '');
    await runOn(tool, third, byHand[1] ?? '');
    await readAgain();
    const notice = tool.frame.getByText('These nodes do not have what was last changed on this cluster');
    await notice.waitFor();
    await tool.frame
      .getByText(`${first}: The environment is not what it was when the last change was made.`)
      .waitFor();
    await tool.frame.getByText(`${third}: The server is another one.`).waitFor();
    // Another gateway, another administrator: by what the nodes keep.
    await tool.page.reload();
    await tool.openTab('Proxy');
    await notice.waitFor();
    const blob = before[1]?.[internet ?? ''] as Readonly<Record<string, { readonly data: string }>>;
    const bytes = [...Buffer.from(blob['DefaultConnectionSettings']?.data ?? '', 'base64')];
    await runOn(tool, first, `Remove-ItemProperty -LiteralPath '${key}' -Name HTTPS_PROXY`);
    await runOn(
      tool,
      third,
      `New-ItemProperty -LiteralPath '${internet ?? ''}' -Name DefaultConnectionSettings -PropertyType Binary ` +
        `-Value ([byte[]]@(${bytes.join(',')})) | Out-Null`,
    );
    await readAgain();
    await notice.waitFor({ state: 'detached' });
    assert.deepEqual(await registries(), before);
  });

  it('goes back to the very bytes', async () => {
    await tool.frame.getByText('Changes kept on the nodes: 1').click();
    await tool.frame.getByRole('button', { name: /^Go back to before/ }).click();
    await confirm('Put back');
    await done('Result of putting back the settings');
    assert.deepEqual(await registries(), start);
  });
});
