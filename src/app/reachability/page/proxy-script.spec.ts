import { of, throwError } from 'rxjs';
import { endedAt } from '../../../../test/jest/observations';
import { DIRECT, node, ReachabilityHarness } from '../../../../test/jest/reachability-harness';
import { RemoteError } from '../../wac/remote-shell';

const AT = 'http://wpad.contoso.com/proxy.pac';
const PAC = 'function FindProxyForURL(url, host) { return "PROXY p.contoso.com:8080"; }';
const READ = of(`P\t0\t200\t70\t1\t\n${JSON.stringify(PAC)}`);

async function checked(page: ReachabilityHarness, setting: object): Promise<ReachabilityHarness> {
  for (const name of ['node1', 'node2'])
    page.proxies.set(`${name}.contoso.local`, of({ ...DIRECT, pacUrl: AT, ...setting }));
  await page.open();
  await page.press('Check reachability');
  page.work('node1').finish();
  page.work('node2').finish();
  await page.settle();
  return page;
}

describe('A check of nodes with a proxy configuration script', () => {
  it('shows what stands in it, of all nodes that have the same, also after a reload', async () => {
    const page = new ReachabilityHarness();
    page.scripts.set('Get-ProxyScript', READ);
    await checked(page, {});
    const said = `node1, node2: the proxy configuration script ${AT} was read, not run. These proxies stand in it: p.contoso.com:8080.`;
    expect(page.text).toContain(said);
    expect(page.text).toContain(`What was read from ${AT}${PAC}`);
    expect(page.text).not.toContain('a proxy configuration script is set. It is not evaluated');
    expect(page.calls.filter(call => call.endsWith('Resolve-EndpointProxy'))).toEqual([]);
    await page.open();
    expect(page.text).toContain(said);
  });

  it.each([
    [{}, 0],
    [{ machineWide: true, languageMode: 'ConstrainedLanguage' }, 0],
    [{ machineWide: true, languageMode: 'FullLanguage', server: 'p:1' }, 0],
    [{ machineWide: true, languageMode: 'FullLanguage', autoDetect: true }, 0],
    [{ machineWide: true, languageMode: 'FullLanguage' }, 2],
  ])("asks Windows for its proxies only where the answer is the script's: %j", async (setting, asked) => {
    const page = new ReachabilityHarness();
    page.scripts.set('Get-ProxyScript', READ);
    page.scripts.set(
      'Resolve-EndpointProxy',
      of('G\tlogin.microsoftonline.com:443/https\tp.contoso.com:8080\nG\tx\t'),
    );
    await checked(page, setting);
    expect(page.calls.filter(call => call.endsWith('Resolve-EndpointProxy'))).toHaveLength(asked);
    expect(
      page.text.includes('Windows sends 1 endpoint through p.contoso.com:8080; 1 endpoint directly'),
    ).toBe(asked > 0);
  });

  it('proves nothing of what follows the machine-wide script, and blames nobody, also after a reload', async () => {
    const page = new ReachabilityHarness([node('node1')]);
    page.scripts.set('Get-ProxyScript', READ);
    page.proxies.set('node1.contoso.local', of({ ...DIRECT, pacUrl: AT, machineWide: true }));
    await page.open();
    await page.press('Check reachability');
    const { phases, outcome, certificates, http } = endedAt({ phase: 'connect', outcome: 'timeout' });
    page.work('node1').report('management.azure.com', { phases, outcome, certificates, http });
    page.work('node1').finish(['management.azure.com']);
    await page.settle();
    const said = (host: string) => page.cell(`${host}:443, node1`).getAttribute('aria-label');
    for (const again of [false, true]) {
      if (again) await page.open();
      expect(said('login.microsoftonline.com')).toContain('Answered, not proven');
      expect(said('management.azure.com')).toContain('Not tested');
    }
    page.cell('management.azure.com:443, node1').click();
    await page.settle();
    expect(page.text).toContain('neither that the client fails nor that it gets through is shown');
  });

  it('says why there is none, and takes nothing from the results', async () => {
    const page = new ReachabilityHarness();
    page.scripts.set('Get-ProxyScript', of('P\t0\t404\t0\t0\t\n""'));
    await checked(page, {});
    expect(page.text).toContain(`${AT} answered with HTTP 404 in place of the proxy configuration script`);
    page.scripts.set(
      'Get-ProxyScript',
      throwError(() => new RemoteError('script', 'n', 'curl-missing: no.')),
    );
    await checked(page, {});
    expect(page.text).toContain('the node could not be asked for it: curl-missing: no.');
    await checked(page, { pacUrl: 'file://C:/proxy.pac' });
    expect(page.text).toContain('file://C:/proxy.pac is at no address of http or https');
    expect(page.cell('login.microsoftonline.com:443, node1').getAttribute('aria-label')).toContain(
      'Reachable',
    );
  });
});
