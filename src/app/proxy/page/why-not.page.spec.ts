import { TestBed } from '@angular/core/testing';
import * as axe from 'axe-core';
import { Subject } from 'rxjs';
import { machineWide, NOTHING } from '../../../../test/jest/proxy-model/model-node';
import { DIRECT, FakeCluster, NO_LAYOUT, OLD, openProxyPage } from '../../../../test/jest/proxy-page-harness';
import { rawLines } from '../setting/layers/raw-values';

const TWO = { node1: 'up', node2: 'up' };

describe('A button of the Proxy tab that cannot be pressed', () => {
  it('says that no node is chosen, until one is', async () => {
    const { page, type, click, dialog, button, settle, text } = await openProxyPage(new FakeCluster(TWO));
    await type('oc-proxy-server', 'proxy:1');
    await click('Apply to all nodes');
    expect(button('Apply', dialog()).disabled).toBe(true);
    expect(text('#oc-preview-why')).toContain('No node is chosen.');
    expect(button('Apply', dialog()).getAttribute('aria-describedby')).toBe('oc-preview-why');
    expect((await axe.run(page, NO_LAYOUT)).violations).toEqual([]);
    dialog().querySelector<HTMLElement>('tbody input')?.click();
    await settle();
    expect(text('#oc-preview-why')).toBe('');
    expect(button('Apply', dialog()).disabled).toBe(false);
  });

  it('says that all is as wanted already, or that no node can be changed', async () => {
    const cluster = new FakeCluster(TWO);
    const { click, dialog, button, text } = await openProxyPage(cluster);
    await click('Remove from all nodes');
    expect(button('Remove', dialog()).disabled).toBe(true);
    expect(text('#oc-preview-why')).toBe('Every node is as wanted already, so there is nothing to do.');
    const all = dialog().querySelector<HTMLInputElement>('.oc-check input');
    expect(all?.disabled).toBe(true);
    await click('Cancel', dialog());
    const bare = { moduleVersion: null, languageMode: 'FullLanguage', values: rawLines(machineWide('p:1')) };
    cluster.settings.set('node1', { ...OLD, ...bare });
    await click('Read again');
    await click('Remove from all nodes');
    expect(text('#oc-preview-why')).toBe('No node can be changed; why not stands with each.');
  });

  it('says that the nodes are still read', async () => {
    const cluster = new FakeCluster(TWO);
    const { type, click, dialog, button, text } = await openProxyPage(cluster);
    await type('oc-proxy-server', 'proxy:1');
    cluster.answers.set('node2', () => new Subject());
    await click('Apply to all nodes');
    expect(button('Apply', dialog()).disabled).toBe(true);
    expect(text('#oc-preview-why')).toContain('when every node is read and tested');
  });

  it('says that a change is under way, and for what Stop waits', async () => {
    const cluster = new FakeCluster(TWO);
    const held = new Subject<unknown>();
    const { page, type, click, confirm, button, settle, text } = await openProxyPage(cluster);
    cluster.answers.set('node1', ({ name }) => (name === 'Set-ProxySetting' ? held : undefined));
    await type('oc-proxy-server', 'proxy:1');
    await click('Apply to all nodes');
    await confirm('Apply');
    expect(text('#oc-proxy-waits')).toContain('A change is under way.');
    for (const name of ['Apply to all nodes', 'Remove from all nodes'])
      expect(button(name).getAttribute('aria-describedby')).toBe('oc-proxy-waits');
    await click('Stop after the nodes under way');
    expect(page.textContent).toContain('no other is started');
    expect((await axe.run(page, NO_LAYOUT)).violations).toEqual([]);
    held.complete();
    await settle();
    expect(text('#oc-proxy-waits')).toBe('');
  });

  it('says that the module is being installed, or that no node can be reached', async () => {
    const cluster = new FakeCluster({ node1: 'up' });
    cluster.settings.set('node1', { ...DIRECT, moduleVersion: null });
    cluster.answers.set('node1', ({ name }) => (name.startsWith('Install') ? new Subject() : undefined));
    const { click, dialog, text } = await openProxyPage(cluster);
    await click('Install the module on node1');
    await click('Install', dialog());
    expect(text('#oc-proxy-waits')).toContain('The module is being installed.');
    TestBed.resetTestingModule();
    const down = await openProxyPage(new FakeCluster({ node1: 'down' }));
    expect(down.text('#oc-proxy-waits')).toContain('nothing can be changed now');
  });
});

describe('A node that keeps nothing of what is gone back to', () => {
  it('is promised no way back, and is said to be left alone while others are at work', async () => {
    const cluster = new FakeCluster(TWO);
    const changes = {
      id: '20261126T101510Z-aaaaaa',
      number: 1,
      begun: true,
      ended: true,
      cutOff: false,
      snapshot: JSON.stringify({
        when: '2026-11-26T10:15:00Z',
        who: 'CONTOSO\\admin',
        note: JSON.stringify({ kind: 'set', change: 'c1', from: '', to: 'p:1' }),
        values: rawLines(NOTHING),
      }),
    };
    const told = { ...OLD, values: rawLines(machineWide('p:1')), account: 'CONTOSO\\admin' };
    cluster.settings.set('node1', { ...told, changes } as never).set('node2', told);
    const { page, rows, click, dialog, button } = await openProxyPage(cluster);
    const goBack = [...page.querySelectorAll('button')].find(each => each.textContent.includes('Go back to'));
    await click(goBack?.textContent.trim() ?? '');
    const [first, second] = rows('oc-proxy-preview');
    expect(first?.[4]).toContain('It can go back, to the byte.');
    expect(second?.[2]).toContain('It keeps nothing of this change.');
    expect(second?.[4]).toBe('');
    cluster.answers.set('node1', ({ name }) => (name === 'Restore-ProxySetting' ? new Subject() : undefined));
    expect(button('Put back', dialog()).disabled).toBe(false);
    await click('Put back', dialog());
    expect(rows('oc-proxy-results')[1]?.[3]).toBe(
      '… Nothing to do there, by the preview; it is looked at once more',
    );
  });
});
