import { TestBed } from '@angular/core/testing';
import type { ChangeRequest } from '../../export/allowlist/change-request';
import { Navigation } from '../../ui/navigation';
import axe from 'axe-core';
import { AllowlistHarness, CLUSTER, giveDialogs } from '../../../../test/jest/allowlist-harness';
import { shippedCatalog } from '../../../../test/jest/assets';

// Whole pages in jsdom, and axe over all of it: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

beforeAll(giveDialogs);

describe('AllowlistPage', () => {
  it('shows every feature of the document in its order', async () => {
    const page = await new AllowlistHarness().open();
    expect(page.headings).toEqual([
      'Cluster creation',
      'Cluster registration and billing',
      'Microsoft Update',
      'Cluster Cloud Witness',
      'Remote Support',
      'AKS-HCI',
      'Arc for Servers',
      'MMA / Log Analytics',
      'Qualys',
      'Microsoft Defender',
      'Azure portal',
      'Azure Arc Resource Bridge',
    ]);
    expect(page.text).toContain('No outbound rules are needed to create a cluster');
    expect(page.text).toContain('38 rules, 6 required');
  });

  it('shows a rule as one line, and the rest of it beside the list', async () => {
    const page = await new AllowlistHarness().open();
    expect(page.cells('graph.windows.net')).toEqual([
      '443',
      'HTTPS',
      'Registration',
      'Required',
      'Superseded',
    ]);
    expect(page.cells('wustat.windows.com')).toEqual(expect.arrayContaining(['80', 'HTTP']));
    const details = (await page.details('graph.windows.net')).textContent;
    expect(details).toContain('Looks up the directory objects');
    expect(details).toContain('Azure public, US Government');
    expect(details).toContain('AzureActiveDirectory');
    expect(details).toContain('Cluster registration and billing');
    expect(details).toContain('This browser has no check of this cluster, so nothing is known of this rule.');
    expect(page.row('graph.windows.net').querySelector('[aria-expanded=true]')).not.toBeNull();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await page.settle();
    expect(page.element.querySelector('oc-rule-details')).toBeNull();
    expect(document.activeElement).toBe(page.row('graph.windows.net').querySelector('button'));
  });

  it('is walked by arrow keys, one tab stop a table', async () => {
    const page = await new AllowlistHarness().open();
    const table = page.row('graph.windows.net').closest('table');
    const buttons = [...(table?.querySelectorAll<HTMLElement>('tbody button') ?? [])];
    expect(buttons.filter(button => button.tabIndex === 0)).toEqual([buttons[0]]);
    const press = async (key: string): Promise<void> => {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await page.settle();
    };
    buttons[0]?.focus();
    await press('ArrowDown');
    expect(document.activeElement).toBe(buttons[1]);
    await press('End');
    expect(document.activeElement).toBe(buttons.at(-1));
    await press('ArrowDown');
    expect(document.activeElement).toBe(buttons.at(-1));
    await press('Home');
    expect(document.activeElement).toBe(buttons[0]);
  });

  it('says what the document says where it was corrected', async () => {
    const page = await new AllowlistHarness().open();
    expect(page.row('dp.azurestackhci.azure.us').textContent).toContain('Corrected');
    expect((await page.details('dp.azurestackhci.azure.us')).textContent).toContain(
      'The document says https://dp.azurestackchi.azure.us; listed as dp.azurestackhci.azure.us because',
    );
    expect(page.row('go.microsoft.com').textContent).toContain('Corrected');
    expect(page.row('download.microsoft.com').textContent).not.toContain('Corrected');
  });

  it('says why a rule is there, with every place as it is written', async () => {
    const page = await new AllowlistHarness().open();
    const reason = await page.details('*.core.windows.net');
    expect(reason.textContent).toContain(
      'covers every name below core.windows.net, but not core.windows.net itself',
    );
    expect(reason.textContent).toContain('azurewatsonanalysis-prod.core.windows.net');
    expect(reason.textContent).toContain('Covers all of Azure Storage');
    const places = [...(await page.details('dp.azurestackhci.azure.us')).querySelectorAll('li code')];
    expect(places.map(place => place.textContent)).toEqual([
      'https://dp.azurestackchi.azure.us',
      'https://dp.azurestackchi.azure.us',
      'https://dp.azurestackchi.azure.us',
      'dp.azurestackhci.azure.us',
      'https://dp.azurestackhci.azure.us',
    ]);
  });

  it('keeps the filters with the connection', async () => {
    const page = await new AllowlistHarness().open();
    await page.enter('Filter', 'wustat');
    await page.open();
    expect(page.field('Filter').value).toBe('wustat');
    expect(page.hosts).toEqual(['wustat.windows.com']);
  });

  it('opens the rule that another page asks for', async () => {
    const page = await new AllowlistHarness().open();
    TestBed.inject(Navigation).go({ tab: 'allowlist', rule: 'graph-windows-net-443' });
    await page.until(() => page.element.querySelector('oc-rule-details') !== null);
    expect(document.activeElement?.textContent.trim()).toBe('graph.windows.net');
  });

  it('opens links in a new tab without giving itself away', async () => {
    const page = await new AllowlistHarness().open();
    await page.details('graph.windows.net');
    const links = [...page.element.querySelectorAll('a')];
    expect(links.length).toBeGreaterThan(7);
    for (const link of links) {
      expect(link.href).toMatch(/^https:/);
      expect(link.target).toBe('_blank');
      expect(link.rel).toContain('noopener');
    }
  });

  describe('cloud', () => {
    it('is the detected one, and says so', async () => {
      const page = await new AllowlistHarness().open();
      expect(page.field('Cloud').value).toBe('usgov');
      expect(page.text).toContain('Detected: the cluster is registered in this cloud.');
      expect(page.hosts).toContain('login.microsoftonline.us');
    });

    it('can be chosen, then says what was detected, and outlives the page', async () => {
      const page = await new AllowlistHarness().open();
      await page.enter('Cloud', 'china');
      expect(page.hosts).toContain('dp.stackhci.azure.cn');
      expect(page.hosts).not.toContain('login.microsoftonline.us');
      expect(page.text).toContain('Chosen by you. Detected: the cluster is registered in US Government.');
      await page.open();
      expect(page.field('Cloud').value).toBe('china');
      await page.enter('Cloud', 'usgov');
      expect(page.kept.size).toBe(0);
    });

    it('is asked for when the cluster does not know', async () => {
      const page = new AllowlistHarness();
      page.cluster.set({ ...CLUSTER, cloud: undefined, witnessAccount: undefined });
      await page.open();
      expect(page.field('Cloud').value).toBe('public');
      expect(page.text).toContain('The cluster does not say which cloud it is registered in. Choose yours.');
    });

    it('follows the cluster when that answers late', async () => {
      const page = new AllowlistHarness();
      page.cluster.set(undefined);
      page.status.set('loading');
      await page.open();
      expect(page.text).toContain('Asking the cluster');
      page.cluster.set(CLUSTER);
      page.status.set('ready');
      await page.settle();
      expect(page.field('Cloud').value).toBe('usgov');
      expect(page.hosts).toContain('contosowitness.blob.core.usgovcloudapi.net');
    });
  });

  describe('witness account', () => {
    it('is filled from the cluster, with the suffix of the chosen cloud', async () => {
      const page = await new AllowlistHarness().open();
      expect(page.field('Witness storage account').value).toBe('contosowitness');
      expect(page.hosts).toContain('contosowitness.blob.core.usgovcloudapi.net');
      expect(page.text).toContain("Detected: the cluster's cloud witness uses this account.");
      await page.enter('Cloud', 'public');
      expect(page.hosts).toContain('contosowitness.blob.core.windows.net');
    });

    it('is the wildcard until it is known, then the host, and outlives the page', async () => {
      const page = new AllowlistHarness();
      page.cluster.set({ ...CLUSTER, cloud: 'public', witnessAccount: undefined });
      await page.open();
      expect((await page.details('*.blob.core.windows.net')).textContent).toContain(
        'Choose Change beside the list and enter the witness storage account',
      );
      await page.enter('Witness storage account', 'https://mine123.blob.core.windows.net/');
      expect(page.hosts).toContain('mine123.blob.core.windows.net');
      await page.open();
      expect(page.hosts).toContain('mine123.blob.core.windows.net');
    });

    it('says at the field what is wrong, and lists the wildcard meanwhile', async () => {
      const page = await new AllowlistHarness().open();
      await page.enter('Witness storage account', 'Not_valid');
      const field = page.field('Witness storage account');
      expect(field.getAttribute('aria-invalid')).toBe('true');
      const described = (field.getAttribute('aria-describedby') ?? '').split(' ');
      const words = described.map(id => document.getElementById(id)?.textContent).join(' ');
      expect(words).toContain('Storage account names have only lowercase letters and digits.');
      expect(page.hosts).toContain('*.blob.core.usgovcloudapi.net');
    });

    it('does not call a name too short while it is being typed', async () => {
      const page = await new AllowlistHarness().open();
      const field = page.field('Witness storage account');
      field.value = 'ab';
      field.dispatchEvent(new Event('input'));
      await page.settle();
      expect(field.hasAttribute('aria-invalid')).toBe(false);
      field.dispatchEvent(new Event('change'));
      await page.settle();
      expect(field.getAttribute('aria-invalid')).toBe('true');
    });
  });

  describe('filters', () => {
    it('shows only what blocks one thing', async () => {
      const page = await new AllowlistHarness().open();
      await page.enter('Needed for', 'witness');
      expect(page.headings).toEqual(['Cluster Cloud Witness']);
      await page.enter('Needed for', 'all');
      expect(page.hosts).toHaveLength(38);
    });

    it('narrow the list by text and requirement, and count', async () => {
      const page = await new AllowlistHarness().open();
      await page.enter('Filter', 'microsoft.com');
      await page.enter('Requirement', 'recommended');
      expect(page.headings).toEqual(['Microsoft Update']);
      expect(page.text).toContain('0 required');
      await page.enter('Filter', 'ntservicepack');
      expect(page.hosts).toEqual(['ntservicepack.microsoft.com']);
      expect(page.text).toContain('1 rule, 0 required');
    });

    it('say when nothing matches, and can be cleared', async () => {
      const page = await new AllowlistHarness().open();
      await page.enter('Filter', 'no-such-host.example');
      expect(page.text).toContain('No rule matches the filter and the chosen features.');
      await page.press('Clear filters');
      expect(page.hosts).toHaveLength(38);
      expect(page.field('Filter').value).toBe('');
    });

    it('leave out features that the cluster does not use', async () => {
      const page = await new AllowlistHarness().open();
      await page.check('Remote Support');
      expect(page.headings).not.toContain('Remote Support');
      expect(page.text).toContain('24 rules');
      await page.check('Remote Support');
      expect(page.kept.size).toBe(0);
    });
  });

  describe('export', () => {
    it('saves what the filters show, under the name that it showed', async () => {
      const page = await new AllowlistHarness().open();
      await page.enter('Filter', 'wustat');
      await page.press('Export');
      expect(page.element.querySelector('dialog')?.open).toBe(true);
      expect(page.text).toContain('outbound-allowlist_hci-cluster_usgov_2022-01_2026-11-24.json');
      await page.press('Save file');
      expect(page.saved.map(file => file.fileName)).toEqual([
        'outbound-allowlist_hci-cluster_usgov_2022-01_2026-11-24.json',
      ]);
      const entries = JSON.parse(page.saved[0]?.text ?? '') as { URL: string }[];
      expect(entries.map(entry => entry.URL)).toEqual(['http://wustat.windows.com']);
      expect(page.text).toContain('Saved as outbound-allowlist_hci-cluster_usgov_2022-01_2026-11-24.json.');
    });

    it('saves everything for the cloud as CSV when asked, whatever the filters hide', async () => {
      const page = await new AllowlistHarness().open();
      await page.check('Remote Support');
      await page.check('Arc for Servers');
      await page.press('Export');
      await page.check('CSV');
      await page.check('Everything for US Government (121)');
      await page.press('Save file');
      expect(page.saved[0]?.fileName).toBe('outbound-allowlist_hci-cluster_usgov_2022-01_2026-11-24.csv');
      // The 38 rules of the document itself, and all of the lists that it links, chosen or not.
      expect(page.saved[0]?.text.trimEnd().split('\r\n')).toHaveLength(122);
    });

    it('warns when the witness account is not known', async () => {
      const page = new AllowlistHarness();
      page.cluster.set({ ...CLUSTER, witnessAccount: undefined });
      await page.open();
      await page.press('Export');
      expect(page.text).toContain(
        'Witness storage account is not given: the file lists *.blob.core.usgovcloudapi.net in place of your own host.',
      );
    });

    it('shows, copies and saves a file for a firewall, with how it was proven and what it leaves out', async () => {
      const page = await new AllowlistHarness().open();
      await page.check('Remote Support');
      await page.press('Export');
      await page.check('Squid configuration');
      await page.until(() => page.text.includes('acl azl_connect method CONNECT'));
      expect(page.text).toContain('Squid 5.7 decided requests by this configuration.');
      expect(page.text).toContain('Include the file before http_access deny all');
      await page.press('Copy');
      expect(page.copied[0]).toContain('http_access allow azl_connect');
      await page.press('Save file');
      expect(page.saved[0]).toMatchObject({ mime: 'text/plain;charset=utf-8', text: page.copied[0] });
      expect(page.saved[0]?.fileName).toMatch(/\.conf$/);
    });

    it('saves a workbook as bytes, and says that it has no preview', async () => {
      const page = await new AllowlistHarness().open();
      await page.press('Export');
      await page.check('Excel workbook');
      await page.until(() => page.text.includes('A workbook has no preview here.'));
      await page.press('Save file');
      expect([...(page.saved[0]?.bytes ?? []).slice(0, 2)]).toEqual([0x50, 0x4b]);
    });

    const failed = (
      host: string,
      rules: readonly string[],
      features: readonly string[] = [],
    ): ChangeRequest => ({
      ...{ about: 'failed', facts: [], reasons: new Map(), features },
      tried: [{ host, port: 443, protocol: 'https', rules, standsFor: [] }],
    });
    const askFor = async (request: ChangeRequest): Promise<AllowlistHarness> => {
      const page = await new AllowlistHarness().open();
      TestBed.inject(Navigation).go({ tab: 'allowlist', act: 'export', request });
      await page.until(() => page.element.querySelector('dialog')?.open === true);
      return page;
    };
    const urls = async (page: AllowlistHarness): Promise<readonly string[]> => {
      await page.press('Save file');
      return (JSON.parse(page.saved[0]?.text ?? '') as { URL: string }[]).map(({ URL: url }) => url);
    };

    it('opens for what failed, and saves that alone', async () => {
      const page = await askFor(failed('graph.windows.net', ['graph-windows-net-443', 'no-such-rule']));
      expect((page.field('What failed in the last check (1)') as HTMLInputElement).checked).toBe(true);
      expect(await urls(page)).toEqual(['https://graph.windows.net']);
      await page.press('Export');
      expect(page.text).not.toContain('What failed in the last check');
    });

    it('asks for the host that failed, not for the wildcard that other features mean by its rule', async () => {
      const page = await askFor(failed('mine.powershellgallery.com', ['any-powershellgallery-com-443']));
      expect(page.text).toContain('What failed in the last check (1)');
      expect(new Set(await urls(page))).toEqual(new Set(['mine.powershellgallery.com']));
    });

    it('says what of it the chosen list does not have, and saves nothing in its place', async () => {
      const page = await askFor(failed('graph.windows.net', ['graph-windows-net-443'], ['no-such-feature']));
      expect((page.field('What failed in the last check (0)') as HTMLInputElement).checked).toBe(true);
      expect(page.text).toContain(
        '1 of what failed is not in the list that is chosen now, so it is not in this file: graph.windows.net:443/https.',
      );
      expect(page.button('Save file').disabled).toBe(true);
    });

    it('asks for the port of a list that cannot say ports, and names what is then left out', async () => {
      const page = await new AllowlistHarness().open();
      await page.press('Export');
      await page.check('Palo Alto Networks URL list');
      await page.until(() => page.text.includes('use it in a rule whose service is TCP 443 alone'));
      expect(page.text).toMatch(/Not in this file \(\d+\)/);
      await page.enter('Port of the list:', '80');
      expect(page.text).toContain('use it in a rule whose service is TCP 80 alone');
    });

    it('gives the focus back, also when nothing is saved', async () => {
      const page = await new AllowlistHarness().open();
      await page.press('Export');
      await page.press('Cancel');
      expect(document.activeElement).toBe(page.button('Export'));
      expect(page.saved).toEqual([]);
    });

    it('saves an offline check of the shown rules', async () => {
      const page = await new AllowlistHarness().open();
      await page.press('Export');
      await page.check('Offline check, PowerShell script');
      await page.until(() => page.text.includes('For a node that Windows Admin Center cannot reach yet.'));
      await page.until(() => !page.button('Save file').disabled);
      await page.press('Save file');
      const [file] = page.saved;
      expect(file?.fileName).toMatch(/^outbound-check_hci-cluster_usgov_2022-01.*\.ps1$/);
      expect(file?.text).toContain('login.microsoftonline.us');
      expect(file?.text).toContain('function Test-EndpointByCurl {');
      expect(file?.text).toMatch(/^[\r\n\x20-\x7e]*$/);
    });

    it('cannot save an empty file: with nothing shown it offers everything', async () => {
      const page = await new AllowlistHarness().open();
      await page.enter('Filter', 'no-such-host.example');
      await page.press('Export');
      expect((page.field('What the filters show (0)') as HTMLInputElement).disabled).toBe(true);
      await page.press('Save file');
      expect((JSON.parse(page.saved[0]?.text ?? '') as unknown[]).length).toBeGreaterThan(20);
    });
  });

  it('says that it loads, and offers to try again when it cannot', async () => {
    const page = new AllowlistHarness();
    let fail: (error: Error) => void = () => undefined;
    page.assets = {
      json: path =>
        path.endsWith('2022-01.json')
          ? new Promise((_, reject) => (fail = reject))
          : shippedCatalog.json(path),
    };
    await page.openUnsettled();
    expect(page.text).toContain('Loading the list…');
    expect(page.button('Export').disabled).toBe(true);
    fail(new Error('HTTP 404'));
    await page.settle();
    expect(page.element.querySelector('[role="alert"]')?.textContent).toContain(
      'The list could not be loaded.',
    );
    expect(page.text).toContain('HTTP 404');
    expect(page.field('Edition').value).toBe('2022-01');
    page.assets.json = path => shippedCatalog.json(path);
    await page.press('Try again');
    expect(page.hosts).toHaveLength(38);
    expect(page.element.querySelector('[role="alert"]')).toBeNull();
  });

  it('says so when the list of editions cannot be had, and tries that again', async () => {
    const page = new AllowlistHarness();
    page.assets = { json: () => Promise.reject(new Error('HTTP 503')) };
    await page.open();
    expect(page.element.querySelector('[role="alert"]')?.textContent).toContain('HTTP 503');
    page.assets.json = path => shippedCatalog.json(path);
    await page.press('Try again');
    expect(page.hosts).toHaveLength(38);
  });

  it.each(['2022-01.json', 'editions.json'])('refuses a %s that is something else', async name => {
    const page = new AllowlistHarness();
    page.assets = {
      json: path => (path.endsWith(name) ? Promise.resolve({ rules: [] }) : shippedCatalog.json(path)),
    };
    await page.open();
    expect(page.text).toContain('The list could not be loaded.');
    expect(page.hosts).toEqual([]);
  });

  it('ignores damaged memory', async () => {
    const page = new AllowlistHarness();
    page.kept.set(
      'selection:hci-cluster.contoso.local',
      '{"cloud":"mars","edition":"1999-01","region":{},"features":7,"answers":[]}',
    );
    await page.open();
    expect(page.field('Cloud').value).toBe('usgov');
    expect(page.hosts).toHaveLength(38);
  });

  it('leaves no key of the strings without words', async () => {
    const page = await new AllowlistHarness().open();
    await page.press('Export');
    expect(page.text).not.toMatch(/\[(allowlist|common|export)\.|\{\d\}/);
  });

  it('has no accessibility faults that can be seen without a layout', async () => {
    const page = await new AllowlistHarness().open();
    const { violations } = await axe.run(page.element, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(each => `${each.id}: ${each.nodes[0]?.html ?? ''}`)).toEqual([]);
  });
});
