import { of } from 'rxjs';
import { observed } from '../../../../../../test/jest/observations';
import { node, ReachabilityHarness } from '../../../../../../test/jest/reachability-harness';
import type { Observation } from '../../../probe/observation';

const LOGIN = 'login.microsoftonline.com';
const [FOUR, SIX] = ['192.0.2.1', '2001:db8::1'];
const connected = {
  addresses: [FOUR],
  phases: observed().phases.map(step => (step.phase === 'connect' ? { ...step, detail: FOUR } : step)),
} as const;
const broken = (code: string) =>
  ({
    addresses: [SIX],
    certificates: [],
    http: null,
    phases: [
      { phase: 'name', ms: 0, outcome: 'ok', code: '', detail: '' },
      { phase: 'connect', ms: 3, outcome: 'failed', code, detail: `${SIX}: no` },
    ],
  }) as const;

/**
 * What the details say of an endpoint whose name has both families.
 *
 * @param second what became of the other one; absent: the node does not say
 */
async function details(second?: Partial<Observation>): Promise<string> {
  const page = new ReachabilityHarness([node('node1')]);
  page.names.set('node1.contoso.local', of(`R\t${LOGIN}\t\t${FOUR},${SIX}`));
  await page.open();
  await page.press('Check reachability');
  const first = page.work('node1');
  first.report(LOGIN, connected);
  first.finish([LOGIN]);
  await page.until(() => page.work('node1') !== first);
  if (second !== undefined) page.work('node1').report(LOGIN, second);
  page.work('node1').output.complete();
  await page.until(() => page.text.includes('It took'));
  page.cell(`${LOGIN}:443, node1`).click();
  await page.settle();
  return page.element.querySelector('oc-result-details')?.textContent.replace(/\s+/g, ' ') ?? '';
}

describe('An endpoint that answers at its IPv4 address', () => {
  it('says so of its IPv6 address, too', async () => {
    const text = await details({ addresses: [SIX] });
    expect(text).toContain(`At its IPv6 addressReachable${SIX}`);
    expect(text).not.toContain('The name has IPv4 and IPv6 addresses');
  });

  it('says why its IPv6 address does not, and what that means', async () => {
    const text = await details(broken('ConnectionRefused'));
    expect(text).toContain(`At its IPv6 addressRefused${SIX}Something answered that this port is closed`);
    expect(text).toContain('A client that tries IPv6 first waits for it, or fails');
    expect(text).toMatch(/^Reachable/);
  });

  it('does not ask for anything where the node has no IPv6', async () => {
    const text = await details(broken('NetworkUnreachable'));
    expect(text).toContain('There is no way from this node to IPv6 addresses');
    expect(text).not.toContain('A client that tries IPv6 first');
  });

  it('claims nothing of an address that was not tried', async () => {
    const text = await details();
    expect(text).toContain(`At its IPv6 addressNot tested${SIX}This address was not tried`);
  });
});
