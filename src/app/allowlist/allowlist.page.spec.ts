import { signal, type WritableSignal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import axe from 'axe-core';
import { shippedCatalog } from '../../../test/jest/assets';
import { englishStrings } from '../../../test/jest/strings';
import type { Cluster } from '../cluster/cluster';
import { type ClusterStatus, ClusterStore } from '../cluster/cluster.store';
import { HOST, type Host } from '../wac/host';
import { type AssetSource, ASSETS, CLOCK, DOWNLOADS, type FileOut, KEEP_SAFE } from '../wac/platform';
import { AllowlistPage } from './allowlist.page';

// Whole pages in jsdom, and axe over all of it: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

const CLUSTER: Cluster = {
  name: 'hci-cluster.contoso.local',
  nodes: [],
  origin: 'cluster',
  cloud: 'usgov',
  witnessAccount: 'contosowitness',
};

class Page {
  readonly kept = new Map<string, string>();
  readonly saved: FileOut[] = [];
  readonly cluster: WritableSignal<Cluster | undefined> = signal(CLUSTER);
  readonly status: WritableSignal<ClusterStatus> = signal('ready');
  assets: AssetSource = shippedCatalog;
  private fixture: ComponentFixture<AllowlistPage> | undefined;

  async open(): Promise<this> {
    this.create();
    await this.settle();
    return this;
  }

  /** As {@link open}, while something is still being loaded. */
  async openUnsettled(): Promise<this> {
    this.create();
    for (let turn = 0; turn < 10; turn += 1) {
      TestBed.tick();
      await Promise.resolve();
    }
    return this;
  }

  private create(): void {
    const host: Partial<Host> = {
      connection: { name: 'hci-cluster.contoso.local', nodes: [] },
      strings: englishStrings(),
      locale: 'en-US',
    };
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        { provide: HOST, useValue: host },
        { provide: ClusterStore, useValue: { cluster: this.cluster, status: this.status } },
        { provide: CLOCK, useValue: { now: () => new Date(2026, 10, 24), every: () => () => undefined } },
        { provide: DOWNLOADS, useValue: { save: (file: FileOut) => this.saved.push(file) } },
        {
          provide: KEEP_SAFE,
          useValue: {
            read: (key: string) => this.kept.get(key),
            write: (key: string, value: string | undefined) =>
              value === undefined ? this.kept.delete(key) : this.kept.set(key, value),
          },
        },
        { provide: ASSETS, useValue: this.assets },
      ],
    });
    this.fixture = TestBed.createComponent(AllowlistPage);
    document.body.replaceChildren(this.element);
  }

  get element(): HTMLElement {
    return this.fixture?.nativeElement as HTMLElement;
  }

  get text(): string {
    return this.element.textContent.replace(/\s+/g, ' ');
  }

  async settle(): Promise<void> {
    await this.fixture?.whenStable();
  }

  /** The control with this label. */
  field(label: string): HTMLInputElement | HTMLSelectElement {
    const found = [...this.element.querySelectorAll('label')].find(each =>
      each.textContent.trim().startsWith(label),
    );
    const control = found?.control ?? found?.querySelector('input');
    if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement))
      throw new Error(`No field ${label}`);
    return control;
  }

  async enter(label: string, value: string): Promise<void> {
    const field = this.field(label);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await this.settle();
  }

  button(name: string): HTMLButtonElement {
    const found = [...this.element.querySelectorAll('button')].find(each => each.textContent.trim() === name);
    if (found === undefined) throw new Error(`No button ${name}`);
    return found;
  }

  async press(name: string): Promise<void> {
    this.button(name).click();
    await this.settle();
  }

  async check(label: string): Promise<void> {
    this.field(label).click();
    await this.settle();
  }

  get hosts(): string[] {
    return [...this.element.querySelectorAll('tbody [role="rowheader"]')].map(cell =>
      cell.textContent.trim(),
    );
  }

  get headings(): string[] {
    return [...this.element.querySelectorAll('section[aria-labelledby^="oc-feature-"] h2')].map(each =>
      each.textContent.trim(),
    );
  }

  row(host: string): HTMLElement {
    const found = [...this.element.querySelectorAll<HTMLElement>('tbody tr')].find(
      each => each.querySelector('[role="rowheader"]')?.textContent.trim() === host,
    );
    if (found === undefined) throw new Error(`No row ${host}`);
    return found;
  }

  cells(host: string): string[] {
    return [...this.row(host).querySelectorAll('[role="cell"]')].map(cell =>
      cell.textContent.replace(/\s+/g, ' ').trim(),
    );
  }
}

beforeAll(() => {
  // jsdom has no dialogs that open; these do what the tests need of the standard's.
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
});

describe('AllowlistPage', () => {
  it('shows every feature of the document in its order', async () => {
    const page = await new Page().open();
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

  it('shows a rule with port, protocol, cloud, requirement, purpose, service tag and source', async () => {
    const page = await new Page().open();
    const [port, protocol, cloud, requirement, purpose, tag, source] = page.cells('graph.windows.net');
    expect([port, protocol, cloud, requirement, tag]).toEqual([
      '443',
      'HTTPS',
      'Azure public, US Government',
      'Required',
      'AzureActiveDirectory',
    ]);
    expect(purpose).toContain('Looks up the directory objects');
    expect(source).toContain('Cluster registration and billing');
    expect(page.cells('wustat.windows.com')).toEqual(expect.arrayContaining(['80', 'HTTP', 'All clouds']));
  });

  it('says what the document says where it was corrected', async () => {
    const page = await new Page().open();
    expect(page.row('dp.azurestackhci.azure.us').textContent).toContain(
      'The document says https://dp.azurestackchi.azure.us; listed as dp.azurestackhci.azure.us because',
    );
    expect(page.row('go.microsoft.com').textContent).toContain('Corrected');
    expect(page.row('download.microsoft.com').textContent).not.toContain('Corrected');
  });

  it('says why a rule is there, with every place as it is written', async () => {
    const page = await new Page().open();
    const reason = page.row('*.core.windows.net').querySelector('details');
    expect(reason?.textContent).toContain(
      'covers every name below core.windows.net, but not core.windows.net itself',
    );
    expect(reason?.textContent).toContain('azurewatsonanalysis-prod.core.windows.net');
    expect(reason?.textContent).toContain('Covers all of Azure Storage');
    const places = [...page.row('dp.azurestackhci.azure.us').querySelectorAll('details li code')];
    expect(places.map(place => place.textContent)).toEqual([
      'https://dp.azurestackchi.azure.us',
      'https://dp.azurestackchi.azure.us',
      'https://dp.azurestackchi.azure.us',
      'dp.azurestackhci.azure.us',
      'https://dp.azurestackhci.azure.us',
    ]);
  });

  it('opens links in a new tab without giving itself away', async () => {
    const page = await new Page().open();
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
      const page = await new Page().open();
      expect(page.field('Cloud').value).toBe('usgov');
      expect(page.text).toContain('Detected: the cluster is registered in this cloud.');
      expect(page.hosts).toContain('login.microsoftonline.us');
    });

    it('can be chosen, then says what was detected, and outlives the page', async () => {
      const page = await new Page().open();
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
      const page = new Page();
      page.cluster.set({ ...CLUSTER, cloud: undefined, witnessAccount: undefined });
      await page.open();
      expect(page.field('Cloud').value).toBe('public');
      expect(page.text).toContain('The cluster does not say which cloud it is registered in. Choose yours.');
    });

    it('follows the cluster when that answers late', async () => {
      const page = new Page();
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
      const page = await new Page().open();
      expect(page.field('Witness storage account').value).toBe('contosowitness');
      expect(page.hosts).toContain('contosowitness.blob.core.usgovcloudapi.net');
      expect(page.text).toContain("Detected: the cluster's cloud witness uses this account.");
      await page.enter('Cloud', 'public');
      expect(page.hosts).toContain('contosowitness.blob.core.windows.net');
    });

    it('is the wildcard until it is known, then the host, and outlives the page', async () => {
      const page = new Page();
      page.cluster.set({ ...CLUSTER, cloud: 'public', witnessAccount: undefined });
      await page.open();
      expect(page.row('*.blob.core.windows.net').textContent).toContain(
        'Enter the witness storage account above',
      );
      await page.enter('Witness storage account', 'https://mine123.blob.core.windows.net/');
      expect(page.hosts).toContain('mine123.blob.core.windows.net');
      await page.open();
      expect(page.hosts).toContain('mine123.blob.core.windows.net');
    });

    it('says at the field what is wrong, and lists the wildcard meanwhile', async () => {
      const page = await new Page().open();
      await page.enter('Witness storage account', 'Not_valid');
      const field = page.field('Witness storage account');
      expect(field.getAttribute('aria-invalid')).toBe('true');
      const described = (field.getAttribute('aria-describedby') ?? '').split(' ');
      const words = described.map(id => document.getElementById(id)?.textContent).join(' ');
      expect(words).toContain('Storage account names have only lower-case letters and digits.');
      expect(page.hosts).toContain('*.blob.core.usgovcloudapi.net');
    });

    it('does not call a name too short while it is being typed', async () => {
      const page = await new Page().open();
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
    it('narrow the list by text and requirement, and count', async () => {
      const page = await new Page().open();
      await page.enter('Filter', 'microsoft.com');
      await page.enter('Requirement', 'recommended');
      expect(page.headings).toEqual(['Microsoft Update']);
      expect(page.text).toContain('0 required');
      await page.enter('Filter', 'ntservicepack');
      expect(page.hosts).toEqual(['ntservicepack.microsoft.com']);
      expect(page.text).toContain('1 rule, 0 required');
    });

    it('say when nothing matches, and can be cleared', async () => {
      const page = await new Page().open();
      await page.enter('Filter', 'no-such-host.example');
      expect(page.text).toContain('No rule matches the filter and the chosen features.');
      await page.press('Clear filters');
      expect(page.hosts).toHaveLength(38);
      expect(page.field('Filter').value).toBe('');
    });

    it('leave out features that the cluster does not use', async () => {
      const page = await new Page().open();
      await page.check('Remote Support');
      expect(page.headings).not.toContain('Remote Support');
      expect(page.text).toContain('24 rules');
      await page.check('Remote Support');
      expect(page.kept.size).toBe(0);
    });
  });

  describe('export', () => {
    it('saves what the filters show, under the name that it showed', async () => {
      const page = await new Page().open();
      await page.enter('Filter', 'wustat');
      await page.press('Export');
      expect(page.element.querySelector('dialog')?.open).toBe(true);
      expect(page.text).toContain('outbound-allowlist_hci-cluster_usgov_2026-11-24.json');
      await page.press('Save file');
      expect(page.saved.map(file => file.fileName)).toEqual([
        'outbound-allowlist_hci-cluster_usgov_2026-11-24.json',
      ]);
      const entries = JSON.parse(page.saved[0]?.text ?? '') as { URL: string }[];
      expect(entries.map(entry => entry.URL)).toEqual(['http://wustat.windows.com']);
      expect(page.text).toContain('Saved as outbound-allowlist_hci-cluster_usgov_2026-11-24.json.');
    });

    it('saves everything for the cloud as CSV when asked, whatever the filters hide', async () => {
      const page = await new Page().open();
      await page.check('Remote Support');
      await page.check('Arc for Servers');
      await page.press('Export');
      await page.check('CSV');
      await page.check('Everything for US Government (50)');
      await page.press('Save file');
      expect(page.saved[0]?.fileName).toBe('outbound-allowlist_hci-cluster_usgov_2026-11-24.csv');
      // The 38 rules of the document itself, and the 12 of the linked feature that was chosen.
      expect(page.saved[0]?.text.trimEnd().split('\r\n')).toHaveLength(51);
    });

    it('warns when the witness account is not known', async () => {
      const page = new Page();
      page.cluster.set({ ...CLUSTER, witnessAccount: undefined });
      await page.open();
      await page.press('Export');
      expect(page.text).toContain(
        'The witness storage account is not known, so the file lists the wildcard.',
      );
    });

    it('gives the focus back, also when nothing is saved', async () => {
      const page = await new Page().open();
      await page.press('Export');
      await page.press('Cancel');
      expect(document.activeElement).toBe(page.button('Export'));
      expect(page.saved).toEqual([]);
    });

    it('cannot save an empty file: with nothing shown it offers everything', async () => {
      const page = await new Page().open();
      await page.enter('Filter', 'no-such-host.example');
      await page.press('Export');
      expect((page.field('What the filters show (0)') as HTMLInputElement).disabled).toBe(true);
      await page.press('Save file');
      expect((JSON.parse(page.saved[0]?.text ?? '') as unknown[]).length).toBeGreaterThan(20);
    });
  });

  it('says that it loads, and offers to try again when it cannot', async () => {
    const page = new Page();
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
    const page = new Page();
    page.assets = { json: () => Promise.reject(new Error('HTTP 503')) };
    await page.open();
    expect(page.element.querySelector('[role="alert"]')?.textContent).toContain('HTTP 503');
    page.assets.json = path => shippedCatalog.json(path);
    await page.press('Try again');
    expect(page.hosts).toHaveLength(38);
  });

  it.each(['2022-01.json', 'editions.json'])('refuses a %s that is something else', async name => {
    const page = new Page();
    page.assets = {
      json: path => (path.endsWith(name) ? Promise.resolve({ rules: [] }) : shippedCatalog.json(path)),
    };
    await page.open();
    expect(page.text).toContain('The list could not be loaded.');
    expect(page.hosts).toEqual([]);
  });

  it('ignores damaged memory', async () => {
    const page = new Page();
    page.kept.set(
      'selection:hci-cluster.contoso.local',
      '{"cloud":"mars","edition":"1999-01","region":{},"features":7,"answers":[]}',
    );
    await page.open();
    expect(page.field('Cloud').value).toBe('usgov');
    expect(page.hosts).toHaveLength(38);
  });

  it('leaves no key of the strings without words', async () => {
    const page = await new Page().open();
    await page.press('Export');
    expect(page.text).not.toMatch(/\[(allowlist|common|export)\.|\{\d\}/);
  });

  it('has no accessibility faults that can be seen without a layout', async () => {
    const page = await new Page().open();
    const { violations } = await axe.run(page.element, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(each => `${each.id}: ${each.nodes[0]?.html ?? ''}`)).toEqual([]);
  });
});
