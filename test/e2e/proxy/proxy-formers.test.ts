import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { RegistryContent } from '../../../emulator/nodes/host-protocol.ts';
import { noLab } from '../../lab/lab-under-test.ts';
import { blob, ENVIRONMENT, FORMERS, machine } from '../../support/proxy-formers.ts';
import { holdModule, installHeldModule, letModuleGo, moduleHeld } from '../support/held-module.ts';
import { confirmChange, doneOn, registriesOf } from '../support/proxy-steps.ts';
import { openTool, startTool, type Tool } from '../support/tool.ts';
import { brokenWords } from '../support/word-breaks.ts';

const PROXY = 'proxy.contoso.com:8080';
const GATEWAY = 'http=http://proxy.contoso.com:8080;https=http://localhost:40343';
const HELD = 'per-user with a left-over';
const { 'environment and WinHTTP': environment, [HELD]: perUser, plain, ...windows } = FORMERS;
assert.ok(environment && perUser && plain);
/** As programs from elsewhere set them: Windows keeps how they are spelled. */
const SPELLED = { [ENVIRONMENT]: { no_proxy: '.svc', Http_Proxy: 'http://old:3128' } };
/** Thirteen states in which nodes are found; only one of them may not be changed. */
const STATES: readonly (readonly [string, RegistryContent])[] = [
  // Among the first that are changed, so that others still wait when it is held.
  ...Object.entries({ none: {}, plain: { ...plain, ...SPELLED }, [HELD]: perUser, ...windows }),
  ['Arc gateway', machine(blob(3, GATEWAY, 'localhost'))],
];

describe('nodes in thirteen former states', { skip: noLab }, () => {
  let tool: Tool;
  let start: readonly unknown[];
  const names = STATES.map((_, index) => `node${index + 1}`);
  const protectedNode = names.at(-1) ?? '';
  const changed = names.slice(0, -1);
  const held = names[STATES.findIndex(([state]) => state === HELD)] ?? '';
  /** One more, whose Arc agent cannot be asked: it may go out through Arc gateway. */
  const unasked = 'node14';

  const registries = () => registriesOf(tool, names);
  const confirm = (button: string) => confirmChange(tool, button, 180_000);
  const done = (heading: string) => doneOn(tool, heading, changed.length, 180_000);

  before(async () => {
    const nodes = STATES.map(([, wininet], index) => ({
      name: `node${index + 1}`,
      languageMode: index % 2 === 0 ? 'Full' : 'Constrained',
      wininet,
      proxyModule: `node${index + 1}` !== held,
    }));
    const cluster = { name: 'hci-cluster.contoso.local', cloud: 'public' };
    const other = { name: unasked, wininet: plain, arcAgentFault: 'fails' };
    tool = await startTool({
      scenario: { cluster, nodes: [...nodes, other], proxies: [{ host: 'proxy.contoso.com', port: 8080 }] },
    });
    await installHeldModule(tool, held);
    start = await registries();
    await tool.openTab('Proxy');
  });
  after(() => tool.close());

  it('get a proxy in three layers, but for the one behind Arc gateway', async () => {
    await tool.page.setViewportSize({ width: 900, height: 1000 });
    assert.deepEqual(await brokenWords(tool.frame.getByRole('table')), []);
    await ask();
    const asked = await registriesOf(tool, [unasked]);
    await confirm('Apply');
    await done('Result of setting the proxy');
    await tool.frame.getByText('Skipped: the node was not chosen').waitFor();
    assert.deepEqual(await brokenWords(tool.frame.getByRole('table')), []);
    assert.deepEqual(await registriesOf(tool, [unasked]), asked, 'too little is known of it');
    const now = await registries();
    for (const [index, name] of names.entries()) {
      if (name === protectedNode) assert.deepEqual(now[index], start[index], 'what Arc gateway has set');
      else assert.notDeepEqual(now[index], start[index], STATES[index]?.[0]);
    }
  });

  it('go back to the very bytes after a reload, by what they keep themselves', async () => {
    const { page, emulator } = tool;
    const browser = page.context().browser();
    assert.ok(browser);
    await page.close();
    const first = tool;
    tool = { ...(await openTool(browser, emulator)), close: () => first.close() };
    await tool.openTab('Proxy');
    await tool.frame.getByText('Changes kept on the nodes: 1').click();
    await tool.frame.getByRole('button', { name: /^Go back to before/ }).click();
    await confirm('Put back');
    await done('Result of putting back the settings');
    await areAsBefore();
  });

  it('go back to the very bytes after a reload in the middle of a change, and a node that lost its power in its command', async () => {
    await holdModule(tool, held);
    await ask();
    await confirm('Apply');
    await moduleHeld(tool, held);
    tool.page.once('dialog', dialog => void dialog.accept());
    await tool.page.reload();
    await tool.openTab('Proxy');
    await tool.frame
      .getByText(`A command of an earlier change began on ${held}, never told its end`)
      .waitFor();
    await tool.emulator.cluster.restart(held);
    await tool.frame.getByText(`The last change on ${held} was cut off before its end`).waitFor();
    await letModuleGo(tool, held);
    const now = await registries();
    const touched = now.filter((each, index) => !isDeepStrictEqual(each, start[index])).length;
    assert.ok(touched > 1 && touched < changed.length, `${touched} nodes were touched`);
    await tool.frame.getByText('Changes kept on the nodes: 3').click();
    await tool.frame
      .getByRole('button', { name: /^Go back to before/ })
      .first()
      .click();
    await confirm('Put back');
    await doneOn(tool, 'Result of putting back the settings', touched);
    await areAsBefore();
  });

  async function ask(): Promise<void> {
    const { frame } = tool;
    await frame.getByLabel('Proxy server').fill(PROXY);
    await frame.getByText('Other proxy settings of the node').click();
    await frame.getByLabel('WinHTTP as well').check();
    await frame.getByLabel(/machine's environment as well/).check();
    await frame.getByRole('button', { name: 'Apply to all nodes' }).click();
  }

  async function areAsBefore(): Promise<void> {
    const now = await registries();
    for (const [index, [state]] of STATES.entries()) assert.deepEqual(now[index], start[index], state);
  }
});
