import * as axe from 'axe-core';
import { NOTHING } from '../../../../test/jest/proxy-model/model-node';
import { DIRECT, FakeCluster, NO_LAYOUT, OLD, openProxyPage } from '../../../../test/jest/proxy-page-harness';
import { rawLines } from '../setting/layers/raw-values';
import type { ProxySetting } from '../setting/proxy-setting';

describe('The Proxy tab, of a node of which too little is known,', () => {
  it('changes a node that told no raw values only by an explicit choice, and says why and what to do', async () => {
    const cluster = new FakeCluster({ node1: 'up' });
    const told: ProxySetting = { ...OLD, ...{ valuesUnread: 'reg.exe is blocked' } };
    cluster.settings.set('node1', told);
    const { page, button, click, confirm, dialog, rows, text } = await openProxyPage(cluster);
    expect(text('.oc-notice')).toContain('did not tell every value as it is stored: node1.');
    await click('Remove from all nodes');
    expect(rows('oc-proxy-preview')[0]?.[2]).toBe(
      '! What it will have could not be tested, so nobody knows what it reaches then. It did not tell every value as it is ' +
        'stored, so no copy can be kept: whatever goes wrong, it would have to be set by hand. The node is not changed unless you choose it.Whyreg.exe is blocked',
    );
    expect(button('Remove', dialog()).disabled).toBe(true);
    expect(dialog().textContent).toContain('Each node keeps a copy');
    expect((await axe.run(page, NO_LAYOUT)).violations).toEqual([]);
    await confirm('Remove');
    expect(cluster.calls.filter(call => call.includes('Remove-'))).toHaveLength(1);
  });

  it('tells an agent that could not be asked from none, behind details why, and asks before it changes the node', async () => {
    const cluster = new FakeCluster({ node1: 'up', node2: 'up', node3: 'up' });
    const having = (arcAgent: unknown): ProxySetting => ({
      ...DIRECT,
      ...{ arcAgent, values: rawLines(NOTHING) },
    });
    cluster.settings.set('node1', having(null)).set('node2', having({ unread: 'blocked by group policy' }));
    cluster.settings.set('node3', having({ unread: '' }));
    const { page, button, click, dialog, rows, text, type } = await openProxyPage(cluster);
    const silent = 'It gave no answer within 30 seconds. Read again asks it once more.';
    expect(rows('oc-proxy-settings-table').map(row => row[5])).toEqual([
      'Not on the node',
      'There, but could not be asked Why blocked by group policy',
      `There, but could not be asked Why ${silent}`,
    ]);
    expect(text('.oc-notice')).toContain('could not be asked: node2, node3.');
    expect(page.querySelector('oc-proxy-settings-table details')?.hasAttribute('open')).toBe(false);
    await type('oc-proxy-server', 'new:8080');
    await click('Apply to all nodes');
    const [, second, third] = rows('oc-proxy-preview').map(row => row[2]);
    expect(second).toContain('could not be asked whether it goes out through Arc gateway');
    expect(second).toContain('Whyblocked by group policy');
    expect(third).toContain(`Why${silent}`);
    expect(button('Apply', dialog()).disabled).toBe(true);
    expect((await axe.run(page, NO_LAYOUT)).violations).toEqual([]);
  });
});
