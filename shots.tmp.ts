import { chromium } from 'playwright-core';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
const url = 'http://localhost:6655/';
async function shoot(name: string, opts: object, width: number, height: number) {
  const ctx = await browser.newContext({ viewport: { width, height }, ...opts });
  const page = await ctx.newPage(); page.setDefaultTimeout(20000);
  await page.goto(url);
  const f = page.frameLocator('iframe');
  await f.getByRole('tab', { name: 'Overview' }).waitFor();
  await f.getByText('node1', { exact: true }).first().waitFor();
  await page.screenshot({ path: `/tmp/oc/shots/${name}-overview-first.png` });
  if (name === 'light') {
    await f.getByRole('button', { name: 'Check', exact: true }).click();
    await f.getByText(/Checked|What to ask|findings/i).first().waitFor({ timeout: 60000 }).catch(() => undefined);
    await f.getByRole('button', { name: 'Cancel', exact: true }).waitFor({ state: 'hidden', timeout: 60000 }).catch(() => undefined);
    await page.screenshot({ path: `/tmp/oc/shots/${name}-overview.png` });
    await ctx.storageState({ path: '/tmp/oc/shots/state.json' });
  }
  for (const tab of ['Allowlist', 'Reachability', 'Proxy']) {
    await f.getByRole('tab', { name: tab, exact: true }).click();
    await page.waitForTimeout(2500);
    await page.screenshot({ path: `/tmp/oc/shots/${name}-${tab.toLowerCase()}.png` });
    if (tab === 'Allowlist' && name === 'light') {
      await f.getByRole('button', { name: 'Export', exact: true }).click();
      await f.getByRole('radio', { name: 'Azure Firewall policy, Bicep' }).check();
      await page.waitForTimeout(1500);
      await page.screenshot({ path: `/tmp/oc/shots/${name}-export.png` });
      await f.getByRole('button', { name: 'Cancel' }).last().click();
    }
  }
  await ctx.close();
}
await shoot('light', {}, 1366, 768);
await shoot('dark', { colorScheme: 'dark', storageState: '/tmp/oc/shots/state.json' }, 1366, 768);
await shoot('narrow', {storageState: '/tmp/oc/shots/state.json'}, 400, 800);
await browser.close();
