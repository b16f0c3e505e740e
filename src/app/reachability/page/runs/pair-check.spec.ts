import { endedAt } from '../../../../../test/jest/observations';
import { node, ReachabilityHarness } from '../../../../../test/jest/reachability-harness';
import type { Node } from '../../../cluster/cluster';
import { RemoteError } from '../../../wac/remote-shell';

jest.setTimeout(60_000);

const CHECK = 'Check between the nodes';
const seen = (code: string) => {
  const { phases, outcome } = endedAt({ phase: 'connect', outcome: 'failed', code });
  return { phases, outcome, certificates: [], http: null };
};

function opened(...names: readonly string[]): Promise<ReachabilityHarness> {
  return openedWith(names.map(name => node(name)));
}
async function openedWith(nodes: readonly Node[]): Promise<ReachabilityHarness> {
  const page = new ReachabilityHarness(nodes);
  page.kept.set('selection:hci.contoso.local', '{"edition":"2024-06"}');
  return page.open();
}
const cellsOf = (page: ReachabilityHarness): readonly string[] =>
  [...page.element.querySelectorAll('oc-pair-check td')].map(cell => cell.textContent.trim());

describe('The check between the nodes', () => {
  it('tries every port on every other node, and says of each pair what came out', async () => {
    const page = await opened('node1', 'node2');
    await page.press(CHECK);
    const ports = page.work('node1').endpoints.map(({ host, port }) => `${host}:${port}`);
    expect(ports).toEqual(['445', '5445', '5985', '30301'].map(port => `node2.contoso.local:${port}`));
    expect(page.work('node2').hosts).toContain('node1.contoso.local');
    expect(page.text).toContain('0 of 8 connections tried');
    page.work('node1').finish();
    const [smb, direct] = page.work('node2').endpoints;
    const refused = seen('ConnectionRefused');
    const silent = endedAt({ phase: 'connect', outcome: 'timeout' });
    page.work('node2').output.next({ ...silent, protocol: 'tcp', certificates: [], http: null, ...smb });
    page.work('node2').output.next({ ...silent, ...refused, protocol: 'tcp', ...direct });
    page.work('node2').output.next('noise');
    page.work('node2').output.complete();
    await page.settle();
    // What was not reported is asked for once more, and then not tested.
    page.work('node2').output.complete();
    await page.settle();
    expect(cellsOf(page)).toEqual([
      '–',
      'open: 445, 5445, 5985, 30301',
      'no answer: 445; refused: 5445; not tested: 5985, 30301',
      '–',
    ]);
    expect(page.text).toContain('4 open, 1 refused, 1 without an answer, 2 not tested');
    expect(page.text).toContain('UDP 3343, from Management system to Cluster servers');
  });

  it('names the nodes that were down when it began, as none of it is about them', async () => {
    const page = await openedWith([
      node('node1'),
      node('node2'),
      node('node3', 'down'),
      node('node4', 'down'),
    ]);
    await page.press(CHECK);
    page.work('node1').finish();
    page.work('node2').finish();
    await page.settle();
    expect(page.text).toMatch(
      /8 open, .* 0 not tested\..* Not part of it, as they were down or not ready: node3, node4\./,
    );
    const all = await opened('node1', 'node2');
    await all.press(CHECK);
    expect(all.text).not.toContain('Not part of it');
  });

  it('names a node from which nothing comes, keeps the others, and can be stopped', async () => {
    const page = await opened('node1', 'node2');
    await page.press(CHECK);
    page.work('node1').output.error(new RemoteError('access-denied', 'node1', 'no'));
    await page.settle();
    expect(page.text).toContain('of 8 connections tried');
    await page.press('Cancel this check');
    expect(page.work('node2').stopped).toBe(true);
    expect(page.text).toMatch(/0 open, 0 refused, 0 without an answer, 8 not tested.* node1: /);
    expect(cellsOf(page)[1]).toBe('not tested: 445, 5445, 5985, 30301');
  });

  it('lists the others by what became of them where a matrix would have thousands of cells', async () => {
    const names = Array.from({ length: 64 }, (_, place) => `n${place + 1}`);
    const page = await opened(...names);
    await page.press(CHECK);
    const silent = endedAt({ phase: 'connect', outcome: 'timeout' });
    const refused = { ...silent, ...seen('ConnectionRefused') };
    for (const endpoint of page.work('n1').endpoints) {
      const end = endpoint.host === 'n7.contoso.local' ? silent : refused;
      page.work('n1').output.next({ ...end, certificates: [], http: null, ...endpoint });
    }
    await page.settle();
    await page.press('Cancel this check');
    const table = page.element.querySelector('oc-pair-check table');
    expect(table?.querySelectorAll('tbody tr')).toHaveLength(64);
    expect(table?.querySelectorAll('*').length).toBeLessThan(400);
    const [first, second] = table?.querySelectorAll('tbody tr') ?? [];
    const groups = (row?: Element) => [...(row?.querySelectorAll('div') ?? [])].map(each => each.textContent);
    expect(groups(first)).toEqual([
      'n7: no answer: 445, 5445, 5985, 30301',
      'the other 62: refused: 445, 5445, 5985, 30301',
    ]);
    expect(groups(second)).toEqual(['all 63 others: not tested: 445, 5445, 5985, 30301']);
  });

  it('says why there is nothing to try', async () => {
    const alone = await opened('node1');
    expect(alone.text).toContain('Only one node is up');
    const page = await new ReachabilityHarness([node('node1'), node('node2')]).open();
    // The first list has no internal rules.
    page.kept.set('selection:hci.contoso.local', '{"edition":"2022-01"}');
    await page.open();
    expect(page.text).toContain('no internal rule that a connection from node to node could try');
  });
});
