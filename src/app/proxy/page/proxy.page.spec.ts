import { TestBed } from '@angular/core/testing';
import * as axe from 'axe-core';
import { of, Subject, throwError } from 'rxjs';
import { machineWide, NOTHING } from '../../../../test/jest/proxy-model/model-node';
import {
  type Answer,
  DIRECT,
  FakeCluster,
  NO_LAYOUT,
  OLD,
  openProxyPage,
} from '../../../../test/jest/proxy-page-harness';
import { Navigation } from '../../ui/navigation';
import { RemoteError } from '../../wac/remote-shell';
import { writeConnection } from '../setting/layers/blobs';
import { ABSENT, rawLines } from '../setting/layers/raw-values';

const UNPROVEN =
  '! Applied and read back, not proven: nothing shows that needed endpoints answer through it ' +
  'The needed endpoints were not tested. Check reachability on the Reachability tab before you rely on this node.';
const TWO = { node1: 'up', node2: 'up' };

describe('oc-proxy-page', () => {
  it('leads to the form whom another page sent to set the proxy, once, and nobody else', async () => {
    const cluster = new FakeCluster({ node1: 'up' });
    const { page } = await openProxyPage(cluster, { tab: 'proxy', act: 'set' });
    expect(document.activeElement).toBe(page.querySelector('#oc-proxy-form-heading'));
    expect(TestBed.inject(Navigation).errand()).toBeUndefined();
    TestBed.resetTestingModule();
    await openProxyPage(cluster, { tab: 'proxy' });
    expect(document.activeElement).toBe(document.body);
  });

  it('shows each node’s setting, marks what differs, and does not ask a node that is down', async () => {
    const cluster = new FakeCluster({ node1: 'up', node2: 'paused', node3: 'up', node4: 'down' });
    cluster.settings.set('node1', OLD).set('node2', OLD);
    const { page, rows } = await openProxyPage(cluster);
    const unknown = (count: number) => Array.from({ length: count }, () => 'Not known');
    const old = ['old:3128 in forceBypass list: localhost', ...unknown(5), '0.1.0', '✓ Read'];
    expect(rows('oc-proxy-settings-table')).toEqual([
      ['node1', ...old],
      ['node2', ...old],
      ['node3', 'None Differs', 'None in force', ...unknown(4), '0.1.0', '✓ Read'],
      ['node4', ...unknown(7), 'Not read, because the node is not up.'],
    ]);
    expect(cluster.calls.filter(call => call.startsWith('node4'))).toEqual([]);
    expect(page.textContent).toContain("Windows Admin Center's own proxy is separate");
    expect(page.textContent).not.toMatch(/\[proxy\.|\{\d\}/);
    expect((await axe.run(page, NO_LAYOUT)).violations).toEqual([]);
  });

  it('shows every layer of a node in one row, marks what is not as in WinINet, and copies it all', async () => {
    const cluster = new FakeCluster(TWO);
    const text = 'localhost,127.0.0.1';
    const blob = writeConnection({ flags: 3, server: 'p:1', bypass: text, pacUrl: '' }, ABSENT);
    const values = rawLines({
      ...NOTHING,
      policy: 'DWord|0',
      'machine.default': blob,
      'env.HTTPS_PROXY': 'String|=cmd|x\ty',
    });
    const told = { ...OLD, server: 'p:1', bypass: [text], values, owners: ['network-atc=ProxyServer'] };
    for (const name of ['node1', 'node2']) cluster.settings.set(name, told);
    const { page, rows, click, copied } = await openProxyPage(cluster);
    expect(page.querySelectorAll('oc-proxy-settings-table table, oc-proxy-layers-table')).toHaveLength(1);
    const [first] = rows('oc-proxy-settings-table');
    expect(first?.slice(0, 7)).toEqual([
      'node1',
      `p:1 in forceBypass list: ${text}WinINet takes ${text} for one host: only semicolons and blanks divide its list.`,
      'None',
      'None Other than WinINet',
      'https==cmd|x y Other than WinINet',
      'Not on the node',
      'Network ATC overrides the proxy (ProxyServer) and will write it again',
    ]);
    await click('Copy the table');
    const lines = copied().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines.map(line => line.split('\t').length)).toEqual([9, 9, 9, 1]);
    expect(lines[0]?.split('\t').slice(0, 3)).toEqual([
      'Node',
      'WinINet, machine',
      'WinINet, account in use',
    ]);
    expect(lines[1]).toContain('https==cmd|x y. Other than WinINet');
    expect((await axe.run(page, NO_LAYOUT)).violations).toEqual([]);
  });

  it('names the problem at the field and puts the focus there', async () => {
    const cluster = new FakeCluster(TWO);
    const { page, type, click, dialog, text } = await openProxyPage(cluster);
    const box = await type('oc-proxy-server', 'proxy.contoso.com');
    expect(box.getAttribute('aria-invalid')).toBe('true');
    expect(text('#oc-proxy-server-error')).toBe('Add a colon and the port, for example webproxy1.com:9090.');
    await click('Apply to all nodes');
    expect(document.activeElement).toBe(box);
    await type('oc-proxy-server', 'proxy:1');
    const bypass = await type('oc-proxy-bypass', '10.1.0.0/17');
    expect(text('#oc-proxy-bypass-error')).toContain('10.1.0.0/17 is an address range');
    await type('oc-proxy-host', '10.1.2.3');
    expect(text('oc-proxy-form')).toContain('are left out here: 10.1.0.0/17');
    await click('Apply to all nodes');
    expect(document.activeElement).toBe(bypass);
    expect(dialog().open).toBe(false);
    expect((await axe.run(page, NO_LAYOUT)).violations).toEqual([]);
  });

  it('says at the field how many nodes may be changed at once, and changes none meanwhile', async () => {
    const { page, type, click, dialog, text } = await openProxyPage(new FakeCluster(TWO));
    await type('oc-proxy-server', 'proxy:1');
    await click('Apply to all nodes');
    const apply = dialog().querySelector<HTMLButtonElement>('.oc-button-primary');
    // Nothing could be tested here, so that no node is chosen yet.
    dialog().querySelector<HTMLElement>('input[type=checkbox]')?.click();
    await click('Copy the command', dialog());
    expect(apply?.disabled).toBe(false);
    const field = await type('oc-preview-limit', '17');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(text('#oc-preview-limit-error')).toBe('Enter a whole number of nodes from 1 to 16.');
    expect(apply?.disabled).toBe(true);
    expect((await axe.run(page, NO_LAYOUT)).violations).toEqual([]);
    await type('oc-preview-limit', '2');
    expect(text('#oc-preview-limit-error')).toBe('');
    expect(apply?.disabled).toBe(false);
    // What could not be used is forgotten with the preview.
    await type('oc-preview-limit', '');
    await click('Cancel', dialog());
    await click('Apply to all nodes');
    expect((page.querySelector('#oc-preview-limit') as HTMLInputElement).value).toBe('2');
  });

  it('tells a way through the proxy only of layers that the change sets', async () => {
    const { page, type, text, settle } = await openProxyPage(new FakeCluster(TWO));
    await type('oc-proxy-server', 'proxy:1');
    await type('oc-proxy-bypass', '*.example');
    await type('oc-proxy-host', 'microsoft.com');
    const told = () => text('oc-proxy-form details [role=status]');
    expect(told()).toContain('WinINet, machine: through the proxy');
    expect(told()).toContain('WinHTTP: not set by this change');
    expect(told()).toContain('Environment: not set by this change');
    await type('oc-proxy-host', 'a.example');
    expect(told()).toContain('WinHTTP: not set by this change');
    const boxes = page.querySelectorAll<HTMLInputElement>('oc-proxy-form details input[type=checkbox]');
    for (const box of [...boxes].slice(0, 2)) box.click();
    await settle();
    expect(told()).toContain('WinHTTP: direct, by the entry *.example');
    expect(told()).not.toContain('not set by this change');
  });

  it('shows the command as it is typed, and asks before it runs', async () => {
    const cluster = new FakeCluster({ ...TWO, node3: 'down' });
    const { page, type, click, dialog, text } = await openProxyPage(cluster);
    await type('oc-proxy-server', 'http://proxy.contoso.com:8080');
    expect(text('#oc-proxy-server-hint')).toContain(
      'http:// is left out: the node gets proxy.contoso.com:8080.',
    );
    await type('oc-proxy-bypass', 'localhost\n*.contoso.com');
    const command =
      "Set-WinInetProxy -ProxySettingsPerUser 0 -ProxyServer proxy.contoso.com:8080 -ProxyBypass 'localhost;*.contoso.com'";
    expect(text('oc-proxy-form code')).toBe(command);
    await click('Apply to all nodes');
    expect(dialog().open).toBe(true);
    expect(text('dialog[open] h2')).toBe('All nodes use proxy.contoso.com:8080 as their machine-wide proxy');
    expect(text('dialog[open]')).toContain(command);
    expect(text('dialog[open]')).toContain('Not changed, because they are not up: node3');
    expect(document.activeElement?.textContent.trim()).toBe('Cancel');
    expect((await axe.run(page, NO_LAYOUT)).violations).toEqual([]);
    await click('Cancel', dialog());
    expect(cluster.calls.filter(call => call.includes('Set-'))).toEqual([]);
  });

  it('warns of entries that send the list past the proxy, also where each node keeps its server', async () => {
    const cluster = new FakeCluster(TWO);
    const { page, type, settle } = await openProxyPage(cluster);
    const keep = [...page.querySelectorAll('label')].find(each =>
      each.textContent.includes('Change only which'),
    );
    (
      keep?.querySelector('input') ??
      (page.querySelector('oc-proxy-form input[type=checkbox]') as HTMLElement)
    ).click();
    await settle();
    await type('oc-proxy-bypass', '*.azure.com');
    expect(page.textContent).toContain(
      '*.azure.com sends hosts of the chosen list past the proxy: a.azure.com, b.azure.com, c.azure.com, d.azure.com, ' +
        'e.azure.com, f.azure.com. Where the firewall lets only the proxy out, they fail. Not named here: 1.',
    );
    await type('oc-proxy-bypass', 'own.contoso.com');
    expect(page.textContent).not.toContain('past the proxy: ');
  });

  it('applies on every node that is up, reads back, and tells WAC', async () => {
    const cluster = new FakeCluster({ ...TWO, node3: 'down' });
    const { page, type, click, confirm, rows, notify } = await openProxyPage(cluster);
    await type('oc-proxy-server', 'proxy:8080');
    cluster.calls.length = 0;
    await click('Apply to all nodes');
    await confirm('Apply');
    for (const node of ['node1', 'node2']) {
      expect(cluster.calls.filter(call => call.startsWith(node))).toEqual([
        // For the preview, and once more before the change.
        `${node} Get-ProxySetting {"Layers":true}`,
        `${node} Get-ProxySetting {"Layers":true}`,
        `${node} Set-ProxySetting {"Server":"proxy:8080","Bypass":[],"Values":[]}`,
        `${node} Get-ProxySetting {"Layers":true}`,
      ]);
    }
    expect(rows('oc-proxy-results')).toEqual([
      ['node1', 'No proxy', 'proxy:8080, machine-wide', UNPROVEN],
      ['node2', 'No proxy', 'proxy:8080, machine-wide', UNPROVEN],
      ['node3', 'Not known', 'Not known', '– Skipped: the node is not up'],
    ]);
    expect(rows('oc-proxy-settings-table')[0]).toContain('proxy:8080 in force');
    expect(page.textContent).toContain(
      'Nodes as wanted: 0. Not as wanted: 0. Skipped: 1. Applied, not proven: 2.',
    );
    expect(notify.mock.calls.map(call => call.slice(0, 2))).toEqual([
      ['proxy-change', 'progress'],
      ['proxy-change', 'warning'],
    ]);
    expect((await axe.run(page, NO_LAYOUT)).violations).toEqual([]);
  });

  it('calls a change that was stopped no success, and tells what the nodes have that it did not come to', async () => {
    const cluster = new FakeCluster({ node1: 'up', node2: 'up', node3: 'up' });
    const held = new Subject<unknown>();
    cluster.settings.set('node2', OLD);
    cluster.answers.set('node1', ({ name }) => (name === 'Set-ProxySetting' ? held : undefined));
    const { page, type, click, confirm, dialog, rows, text, settle, notify } = await openProxyPage(cluster);
    await type('oc-proxy-server', 'proxy:8080');
    await click('Apply to all nodes');
    await confirm('Apply');
    await click('Stop after the nodes under way');
    cluster.settings.set('node1', { ...OLD, server: 'proxy:8080', bypass: [] });
    held.complete();
    await settle();
    const old = 'old:3128, machine-wide; bypass list: localhost';
    const stopped = '– Not touched: the change was stopped before this node';
    expect(rows('oc-proxy-results').slice(1)).toEqual([
      ['node2', old, old, stopped],
      ['node3', 'No proxy', 'No proxy', stopped],
    ]);
    expect(page.textContent).toContain('Skipped: 0. Stopped before: 2. Applied, not proven: 1.');
    expect(notify.mock.calls.at(-1)?.slice(0, 2)).toEqual(['proxy-change', 'warning']);
    await click('Try again on node2, node3');
    cluster.settings.set('node2', DIRECT).set('node3', { ...OLD, server: 'proxy:8080', bypass: [] });
    await confirm('Try again');
    expect(dialog().open).toBe(false);
    expect(text('oc-proxy-results tbody')).toContain(
      'Not touched: its settings are not what the preview showed',
    );
  });

  it('says before the change what takes itself back, and what does not', async () => {
    const cluster = new FakeCluster(TWO);
    cluster.settings.set('node1', OLD).set('node2', OLD);
    const { type, click, dialog } = await openProxyPage(cluster);
    await click('Remove from all nodes');
    expect(dialog().textContent).toContain('one that loses needed endpoints keeps what you asked for');
    await click('Cancel', dialog());
    await type('oc-proxy-server', 'proxy:1');
    await click('Apply to all nodes');
    expect(dialog().textContent).toContain(
      'or loses a needed endpoint that is not named here, gets its settings back by itself',
    );
  });

  it('calls a change a success only where every node is as wanted', async () => {
    for (const [states, end] of [
      [{ node1: 'up', node2: 'up' }, 'success'],
      [{ node1: 'up', node2: 'down' }, 'warning'],
    ] as const) {
      const cluster = new FakeCluster(states);
      cluster.settings.set('node1', OLD).set('node2', OLD);
      const { page, click, confirm, notify } = await openProxyPage(cluster);
      await click('Remove from all nodes');
      await confirm('Remove');
      expect(notify.mock.calls.at(-1)?.slice(0, 2)).toEqual(['proxy-change', end]);
      expect(
        [...page.querySelectorAll<HTMLElement>('.oc-notice')].some(({ dataset }) => dataset['state'] === end),
      ).toBe(true);
      TestBed.resetTestingModule();
    }
  });

  it('speaks of a change in one region, and not of each node', async () => {
    const states = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`node${index + 1}`, 'up']));
    const { page, type, click, confirm } = await openProxyPage(new FakeCluster(states));
    const live = page.querySelector('.live') as HTMLElement;
    expect(live.textContent).toMatch(/^The proxy settings of 12 of 12 nodes are read. 1 notice stands/);
    expect(page.querySelectorAll('.oc-notice')).toHaveLength(1);
    // What else is spoken belongs to a field.
    const others = page.querySelectorAll(':is([role=status], [role=alert], [aria-live]):not(.live, form *)');
    for (const each of others) expect(each.closest('oc-table-tools, dialog')).not.toBeNull();
    await type('oc-proxy-server', 'proxy:8080');
    const spoken: string[] = [];
    const listener = new MutationObserver(() => spoken.push(live.textContent));
    listener.observe(live, { childList: true, characterData: true, subtree: true });
    await click('Apply to all nodes');
    await confirm('Apply');
    listener.disconnect();
    expect(spoken.length).toBeLessThanOrEqual(6);
    expect(spoken.at(-1)).toContain('Applied, not proven: 12.');
  });

  it('goes on when one node fails, and tries only that one again', async () => {
    const cluster = new FakeCluster(TWO);
    cluster.answers.set('node1', command =>
      command.name === 'Set-ProxySetting'
        ? throwError(() => new RemoteError('script', 'node1', 'set-failed: Zugriff <b>verweigert</b>'))
        : undefined,
    );
    const { page, type, click, confirm, rows, notify } = await openProxyPage(cluster);
    await type('oc-proxy-server', 'proxy:8080');
    await click('Apply to all nodes');
    await confirm('Apply');
    expect(rows('oc-proxy-results').map(row => row[3])).toEqual([
      '✕ Failed; read back, the setting is as before Set-WinInetProxy failed on node1. The details have its own words. Details: node1The answer was: Zugriff <b>verweigert</b>Copy the details',
      UNPROVEN,
    ]);
    expect(notify.mock.calls.at(-1)?.[1]).toBe('warning');
    cluster.answers.clear();
    cluster.calls.length = 0;
    await click('Try again on node1');
    await confirm('Try again');
    expect(cluster.calls.every(call => call.startsWith('node1 '))).toBe(true);
    expect(document.activeElement?.textContent.trim()).toBe('Result of setting the proxy');
    expect(page.textContent).toContain('Applied, not proven: 2.');
  });

  it('says of a node that no command did anything on that it was left as it was, and never that nothing is known', async () => {
    const refused = ['snapshot-failed: disk full', 'module-missing: none', 'invalid-value: x'];
    for (const message of refused) {
      const cluster = new FakeCluster(TWO);
      cluster.settings.set('node1', OLD);
      cluster.answers.set('node1', ({ name }) =>
        name === 'Set-ProxySetting'
          ? throwError(() => new RemoteError('script', 'node1', message))
          : undefined,
      );
      const { type, click, confirm, rows } = await openProxyPage(cluster);
      await type('oc-proxy-server', 'proxy:8080');
      await click('Apply to all nodes');
      await confirm('Apply');
      expect(rows('oc-proxy-results')[0]?.slice(1, 3)).toEqual([
        'old:3128, machine-wide; bypass list: localhost',
        'Left as it was: no command of this change did anything there.',
      ]);
      TestBed.resetTestingModule();
    }
  });

  it('says before a change by whom a node’s setting will be written again', async () => {
    const cluster = new FakeCluster(TWO);
    const told = {
      ...OLD,
      values: rawLines(NOTHING),
      owners: ['group-policy=ProxySettingsPerUser', 'network-atc=ProxyServer'],
    };
    cluster.settings.set('node1', told);
    const { click, rows } = await openProxyPage(cluster);
    await click('Remove from all nodes');
    const [first, second] = rows('oc-proxy-preview');
    expect(first?.[1]).toContain('A group policy names ProxySettingsPerUser and will write it again');
    expect(first?.[1]).toContain('Network ATC overrides the proxy (ProxyServer) and will write it again');
    expect(second?.[1]).not.toContain('write it again');
  });

  it.each([
    [
      { pacUrl: 'http://wpad/p.pac' },
      'All nodes that were read look their proxy up in the script http://wpad/p.pac, for the whole machine.',
    ],
    [
      { autoDetect: true },
      'All nodes that were read look for their proxy by automatic detection, for the whole machine.',
    ],
    [{}, 'No node that was read has a machine-wide proxy.'],
    [{ server: 'p:1', pacUrl: 'http://wpad/p.pac' }, 'All nodes that were read go out through p:1.'],
  ])('sums up a machine-wide setting as it is: %j', async (setting, expected) => {
    const cluster = new FakeCluster(TWO);
    for (const name of ['node1', 'node2']) cluster.settings.set(name, { ...OLD, server: '', ...setting });
    const { text } = await openProxyPage(cluster);
    expect(text('oc-proxy-summary strong')).toBe(expected);
  });

  it('stays small with 64 nodes that tell of every layer, also in the preview and the results', async () => {
    const names = Array.from({ length: 64 }, (_, index) => `node${index + 1}`);
    const cluster = new FakeCluster(Object.fromEntries(names.map(name => [name, 'up'])));
    const changes = Array.from({ length: 11 }, (_, index) => ({
      id: `20261126T1015${String(10 + index)}Z-aaaaaa`,
      number: index + 1,
      begun: true,
      ended: true,
      cutOff: false,
      snapshot: JSON.stringify({
        when: '2026-11-26T10:15:00Z',
        who: 'CONTOSO\\admin',
        note: JSON.stringify({ kind: 'set', change: `c${index}`, from: '', to: 'old:3128' }),
        values: rawLines(machineWide('old:3128')),
      }),
    }));
    const told = {
      ...OLD,
      values: rawLines({ ...machineWide('old:3128'), 'env.HTTPS_PROXY': 'String|http://other:1' }),
      arcAgent: { proxyUrl: 'http://old:3128', proxyBypass: '', connectionType: 'proxy' },
      owners: ['group-policy=ProxySettingsPerUser', 'network-atc=ProxyServer'],
      changes,
    };
    for (const name of names) cluster.settings.set(name, told);
    const { page, click, confirm, rows, type } = await openProxyPage(cluster);
    const elements = (): number => page.querySelectorAll('*').length;
    expect(rows('oc-proxy-settings-table').length).toBe(64);
    expect(elements()).toBeLessThan(5000);
    await type('oc-proxy-server', 'new:8080');
    await click('Apply to all nodes');
    expect(rows('oc-proxy-preview').length).toBe(64);
    expect(elements()).toBeLessThan(5000);
    await confirm('Apply');
    expect(rows('oc-proxy-results').length).toBe(64);
    expect(elements()).toBeLessThan(5000);
  });

  it('names the value that a node could not put back, and changes nothing there', async () => {
    const cluster = new FakeCluster(TWO);
    const told = {
      ...DIRECT,
      values: rawLines({ ...machineWide('old:3128'), policy: 'Other|REG_NONE 00' }),
    };
    cluster.settings.set('node1', told);
    const { page, click, confirm, rows, type } = await openProxyPage(cluster);
    await type('oc-proxy-server', 'new:8080');
    await click('Apply to all nodes');
    const [first] = rows('oc-proxy-preview');
    expect(first?.[2]).toContain('could not be put back exactly');
    expect(first?.[2]).toContain('Internet Settings\\ProxySettingsPerUser (REG_NONE)');
    expect(first?.[4]).not.toContain('back, to the byte');
    expect((await axe.run(page, NO_LAYOUT)).violations).toEqual([]);
    await confirm('Apply');
    expect(rows('oc-proxy-results')[0]?.[3]).toContain('Not touched: a value');
    expect(cluster.settings.get('node1')).toMatchObject({ server: '' });
  });

  it('does not show a success when the node still has something else', async () => {
    const cluster = new FakeCluster(TWO);
    cluster.settings.set('node2', OLD);
    cluster.answers.set('node2', command => (command.name === 'Remove-ProxySetting' ? of({}) : undefined));
    const { page, click, confirm, dialog, rows } = await openProxyPage(cluster);
    await click('Remove from all nodes');
    expect(dialog().textContent).toMatch(/Command\s*Set-WinInetProxy\s*Copy the command\s*Nodes/);
    expect(rows('oc-proxy-preview')[0]?.[2]).toContain('as wanted already');
    await confirm('Remove');
    expect(rows('oc-proxy-results')[1]?.[3]).toBe(
      '✕ The command ran, but the setting read back is not the wanted one The machine-wide policy is still on.' +
        'A proxy server is still set.Who else writes it could not be read on this node: a group policy may decide ' +
        'ProxySettingsPerUser. Look with gpresult /h on the node.',
    );
    expect(page.textContent).toContain('Nodes as wanted: 1. Not as wanted: 1.');
  });

  it('offers to install a missing module on its node, and shows it afterwards', async () => {
    const cluster = new FakeCluster(TWO);
    cluster.settings.set('node1', { ...DIRECT, moduleVersion: null });
    const { click, dialog, rows } = await openProxyPage(cluster);
    expect(rows('oc-proxy-settings-table')[0]?.at(-2)).toBe('Not installed');
    await click('Install the module on node1');
    expect(dialog().textContent).toContain('Install-Module -Name WinInetProxy');
    await click('Install', dialog());
    expect(cluster.calls).toContain('node1 Install-WinInetProxyModule {}');
    expect(rows('oc-proxy-settings-table')[0]?.at(-2)).toBe('0.1.0');
    expect(rows('oc-proxy-settings-table')[0]?.at(-1)).toContain('The module is installed on node1.');
  });

  it('says what to do when the gallery cannot be reached', async () => {
    const cluster = new FakeCluster({ node1: 'up' });
    cluster.settings.set('node1', { ...DIRECT, moduleVersion: null });
    cluster.answers.set('node1', command =>
      command.name === 'Install-WinInetProxyModule'
        ? throwError(() => new RemoteError('script', 'node1', 'gallery-unreachable: No match was found'))
        : undefined,
    );
    const { click, dialog, rows } = await openProxyPage(cluster);
    await click('Install the module on node1');
    await click('Install', dialog());
    expect(rows('oc-proxy-settings-table')[0]?.at(-1)).toContain('Allow www.powershellgallery.com for it');
  });

  it('says so when the account may not read any node', async () => {
    const cluster = new FakeCluster(TWO);
    const deny: Answer = () => throwError(() => new RemoteError('access-denied', 'n', ''));
    cluster.answers.set('node1', deny).set('node2', deny);
    const { page, rows } = await openProxyPage(cluster);
    expect(page.textContent).toContain('may not read or change the proxy on any node');
    expect(rows('oc-proxy-settings-table')[0]?.at(-1)).toContain('Choose Manage as');
  });

  it('starts nothing else while a change is under way, and keeps the buttons reachable', async () => {
    const cluster = new FakeCluster(TWO);
    const held = new Subject<unknown>();
    const { page, type, click, confirm, dialog, button, settle } = await openProxyPage(cluster);
    cluster.answers.set('node1', command => (command.name === 'Set-ProxySetting' ? held : undefined));
    await type('oc-proxy-server', 'proxy:8080');
    await click('Apply to all nodes');
    await confirm('Apply');
    expect(page.textContent).toContain('0 of 2 nodes done.');
    expect(button('Remove from all nodes').getAttribute('aria-disabled')).toBe('true');
    await click('Remove from all nodes');
    expect(dialog().open).toBe(false);
    held.next({});
    held.complete();
    await settle();
    expect(button('Remove from all nodes').getAttribute('aria-disabled')).toBe('false');
  });

  it('starts the fields with what all nodes have', async () => {
    const cluster = new FakeCluster(TWO);
    cluster.settings.set('node1', OLD).set('node2', OLD);
    const { page } = await openProxyPage(cluster);
    expect((page.querySelector('#oc-proxy-server') as HTMLInputElement).value).toBe('old:3128');
    expect((page.querySelector('#oc-proxy-bypass') as HTMLTextAreaElement).value).toBe('localhost');
  });
});
