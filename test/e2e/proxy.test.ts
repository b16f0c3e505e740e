import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTool, type Tool } from './tool.ts';

const NODES = ['node1', 'node2', 'node3'];
const PROXY = 'proxy.contoso.com:8080';
const SCRIPTS = join(import.meta.dirname, '../../src/powershell');

describe('the proxy of all nodes', () => {
  const ends: (() => Promise<void>)[] = [];
  let tool: Tool;

  before(async () => {
    tool = await startTool({ after: end => ends.push(end) });
    await tool.openTab('Proxy');
  });

  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  const row = (node: string) => tool.frame.getByRole('row', { name: new RegExp(`^${node}\\b`) }).first();

  async function readAgain(): Promise<void> {
    await tool.frame.getByRole('button', { name: 'Read again' }).click();
  }

  it('says at the field what is wrong, and runs nothing', async () => {
    await tool.frame.getByLabel('Proxy server').fill('http://user:secret@proxy:8080');
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    await tool.frame.getByText(/Remove the user name and password/).waitFor();
    assert.equal(await tool.frame.getByLabel('Proxy server').getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await winInetCalls(), []);
  });

  it('applies after a confirmation, reads back, and says so for every node', async () => {
    await tool.frame.getByLabel('Proxy server').fill(PROXY);
    await tool.frame.getByLabel('Bypass list').fill('*.contoso.local;10.0.0.*');
    await tool.frame
      .getByText(/Set-WinInetProxy -ProxySettingsPerUser 0 -ProxyServer/)
      .first()
      .waitFor();
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    const dialog = tool.frame.getByRole('dialog');
    await dialog.waitFor();
    await tool.picture('proxy-confirm');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    for (const node of NODES) {
      await row(node).filter({ hasText: PROXY }).filter({ hasText: 'Yes' }).waitFor({ timeout: 20_000 });
    }
    await tool.picture('proxy-applied');
    const calls = await winInetCalls();
    assert.equal(calls.length, NODES.length);
    for (const call of calls) {
      assert.match(call, /"?ProxySettingsPerUser"?\W+0/);
      assert.ok(call.includes(PROXY), call);
      assert.ok(call.includes('*.contoso.local;10.0.0.*'), call);
    }
  });

  it('ran the very text of the script that ships', async () => {
    const audit = JSON.parse(await (await fetch(`${tool.emulator.url}api/__audit`)).text()) as unknown;
    const text = readFileSync(join(SCRIPTS, 'Set-ProxySetting.ps1'), 'utf8').trim();
    assert.ok(JSON.stringify(audit).includes('Set-ProxySetting'), 'the gateway saw the command');
    const shipped = JSON.parse(
      await (
        await fetch(
          `${tool.emulator.url}modules/community.outbound-connectivity/assets/powershell/scripts.json`,
        )
      ).text(),
    ) as Record<string, string>;
    assert.ok(shipped['Set-ProxySetting']?.includes(text));
  });

  it('sends the check through the proxy that was set', async () => {
    await tool.openTab('Reachability');
    await tool.frame.getByRole('button', { name: 'Check reachability' }).click();
    await tool.frame
      .getByText(new RegExp(`node1: .*${PROXY.replaceAll('.', '\\.')}`))
      .waitFor({ timeout: 20_000 });
    await tool.frame.getByRole('button', { name: 'Cancel' }).click();
    await tool.frame.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'hidden' });
    await tool.openTab('Proxy');
  });

  it('removes, reads back, and leaves no machine-wide proxy', async () => {
    await tool.frame.getByRole('button', { name: 'Remove from all nodes' }).click();
    await tool.frame.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    for (const node of NODES) await row(node).filter({ hasText: 'None' }).waitFor({ timeout: 20_000 });
    await readAgain();
    for (const node of NODES) await row(node).filter({ hasText: 'No' }).waitFor();
    await tool.picture('proxy-removed');
    assert.equal((await winInetCalls()).length, 2 * NODES.length);
  });

  it('leaves the browser without a complaint', () => {
    assert.deepEqual(tool.complaints, []);
  });

  /** Every call of Set-WinInetProxy that the nodes' stand-in module saw. */
  async function winInetCalls(): Promise<string[]> {
    const states = await Promise.all(
      tool.emulator.cluster.members.flatMap(member => (member.engine ? [member.engine.state()] : [])),
    );
    return states.flatMap(state => {
      const calls = (state as { calls?: unknown[] }).calls ?? [];
      return calls.map(call => JSON.stringify(call)).filter(call => call.includes('Set-WinInetProxy'));
    });
  }
});
