import { node, ReachabilityHarness } from '../../../../../../test/jest/reachability-harness';
import type { Observation } from '../../../probe/observation';

const LOGIN = 'login.microsoftonline.com';

async function details(seen: Partial<Observation>): Promise<string> {
  const page = new ReachabilityHarness([node('node1')]);
  await page.open();
  await page.press('Check reachability');
  page.work('node1').report(LOGIN, seen);
  page.work('node1').finish([LOGIN]);
  await page.until(() => page.text.includes('It took'));
  page.cell(`${LOGIN}:443, node1`).click();
  await page.settle();
  return page.element.querySelector('oc-result-details')?.textContent.replace(/\s+/g, ' ') ?? '';
}

describe('The name of an endpoint', () => {
  it('is said not to be looked up where a proxy does it', async () => {
    const text = await details({ route: 'proxy', proxy: 'proxy.example:8080', addresses: ['10.0.0.8'] });
    expect(text).toContain('Addresses of the proxy 10.0.0.8');
    expect(text).toContain('Not looked up: the proxy looks the name up');
  });

  it('is not said so on the direct way', async () => {
    expect(await details({})).not.toContain('Not looked up');
  });
});
