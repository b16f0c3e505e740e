import axe from 'axe-core';
import { AllowlistHarness, CLUSTER, giveDialogs } from '../../../../../test/jest/allowlist-harness';
import { catalogOf } from '../../../../../test/jest/assets';
import { edition, feature, internalRule, place, rule, use } from '../../../../../test/jest/small-edition';
import type { Node } from '../../../cluster/cluster';

// Whole pages in jsdom, and axe over all of it: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

const KEY = 'selection:hci-cluster.contoso.local';
const up = (build?: number): Node => ({
  ...{ name: 'node1', fqdn: 'node1', state: 'up' as const },
  ...(build === undefined ? {} : { build }),
});

const login = rule('login.example', { clouds: ['public', 'usgov'] });
const east = rule('east.example', { clouds: ['public'] });
const dell = rule('dell.example', { clouds: ['public'] });
const vault = rule('*.vault.example', {
  clouds: ['public'],
  placeholder: { name: 'key-vault', host: '[yourvault].vault.example' },
});
const old = rule('old.example', {
  clouds: ['public'],
  state: { kind: 'superseded', by: login.id, text: 'Newer clusters sign in elsewhere.', source: 'document' },
});
const spelt = rule('right.example', { clouds: ['public'] });
const portal = rule('portal.example', { clouds: ['public'] });

const FIRST = edition([login], [feature('base', [use(login)])], {
  ...{ id: '2022-01', published: '2022-01-27', appliesTo: ['Product, version 1', 'Product, version 2'] },
  ...{ clouds: ['public', 'usgov'], regions: undefined, vendors: undefined, builds: [20348] },
});
const LATER = edition(
  [login, east, dell, vault, old, spelt, portal],
  [
    feature('base', [
      use(login, {
        arcGateway: true,
        when: 'both',
        origins: [place('login.example', '443', written('Yes'))],
      }),
      use(east, { regions: ['eastus'] }),
      use(vault),
      use(old, { bypassInspection: { source: 'document' } }),
      use(spelt, {
        correction: { field: 'host', reason: 'it is misspelt', source: 'document' },
        origins: [place('wrong.example')],
      }),
    ]),
    feature('vendor-dell', [use(dell)], { vendor: 'dell' }),
    feature('portal', [use(portal)], { optIn: true, connects: 'browser' }),
  ],
  {
    ...{ id: '2030-01', published: '2030-01-15', printedDate: '2029-11-27', clouds: ['public'] },
    ...{ appliesTo: ['Product, version 2', 'Product, version 3'], builds: [26100] },
    internalRules: [internalRule(), internalRule({ id: 'icmp', group: 'Ping', protocol: 'icmp', ports: [] })],
  },
);

function written(arcGateway: string) {
  return { asWritten: { url: 'login.example', port: '443', arcGateway } };
}

async function open(change: Partial<typeof CLUSTER> = {}, kept?: object): Promise<AllowlistHarness> {
  const page = new AllowlistHarness();
  page.assets = catalogOf(FIRST, LATER);
  page.cluster.set({ ...CLUSTER, cloud: 'public', witnessAccount: undefined, ...change });
  if (kept !== undefined) page.kept.set(KEY, JSON.stringify(kept));
  return page.open();
}

const later = (): Promise<AllowlistHarness> => open({ nodes: [up(26100)], region: 'eastus' });

beforeAll(giveDialogs);

describe('the choice of the list', () => {
  describe('edition', () => {
    it('is the one for the build of the nodes, and says so', async () => {
      const page = await later();
      expect(page.field('Edition').value).toBe('2030-01');
      expect(page.text).toContain('Detected: for build 26100 of the nodes.');
      expect(page.text).toContain('2030-01: Product, version 2, 3');
      expect(page.text).toContain('List of January 15, 2030; the page itself says November 27, 2029.');
      expect(page.hosts).toContain('east.example');
    });

    it('is assumed where the nodes do not tell', async () => {
      const page = await open({ nodes: [up(26100), up(20348)] });
      expect(page.field('Edition').value).toBe('2022-01');
      expect(page.text).toContain('Assumed: the nodes that are up do not tell one version for all.');
    });

    it('is chosen, kept, and follows the cluster again when what was detected is chosen', async () => {
      const page = await later();
      await page.enter('Edition', '2022-01');
      expect(page.hosts).toEqual(['login.example']);
      expect(page.text).toContain('Chosen by you. Detected: 2030-01, for build 26100 of the nodes.');
      await page.open();
      expect(page.field('Edition').value).toBe('2022-01');
      await page.enter('Edition', '2030-01');
      expect(page.kept.size).toBe(0);
    });

    it('is the detected one when what was kept is gone', async () => {
      const page = await open(
        { nodes: [up(26100)] },
        { edition: '1999-01', region: 'atlantis', vendor: 'acme' },
      );
      expect(page.field('Edition').value).toBe('2030-01');
      expect(page.field('Region').value).toBe('');
      expect(page.field('Hardware vendor').value).toBe('');
    });

    it('says that there is a newer list for the same versions, and chooses it', async () => {
      const page = await open();
      expect(page.text).toContain('There is a newer list for the same versions: 2030-01');
      await page.press('Choose the newer list');
      expect(page.field('Edition').value).toBe('2030-01');
      expect(page.text).not.toContain('There is a newer list');
    });

    it('that leaves out the cloud never looks as if nothing were needed there', async () => {
      const page = await open({ nodes: [up(26100)], cloud: 'usgov' });
      const words =
        'This list was not published for US Government. That does not mean that nothing is needed there';
      expect(page.text).toContain(words);
      expect(page.text).not.toMatch(/No rules for|\b0 rules/);
      expect(page.text).not.toContain('No rule matches');
      await page.press('Export');
      expect(page.element.querySelector('dialog')?.textContent).toContain(words);
    });

    it('keeps the answer to a later choice when an earlier one answers last', async () => {
      const page = new AllowlistHarness();
      const catalog = catalogOf(FIRST, LATER);
      let answerLate: () => void = () => undefined;
      page.assets = {
        json: path =>
          path.endsWith('2030-01.json')
            ? new Promise(resolve => (answerLate = () => resolve(LATER)))
            : catalog.json(path),
      };
      page.cluster.set({ ...CLUSTER, cloud: 'public' });
      await page.open();
      await page.enterUnsettled('Edition', '2030-01');
      expect(page.text).toContain('Loading the list…');
      await page.enter('Edition', '2022-01');
      answerLate();
      await page.settle();
      expect(page.hosts).toEqual(['login.example']);
    });

    it('loses no choice when it cannot be had', async () => {
      const page = new AllowlistHarness();
      page.assets = catalogOf(FIRST, LATER);
      page.cluster.set({ ...CLUSTER, nodes: [up(26100)], cloud: 'public' });
      await page.open();
      await page.enter('Key vault', 'my-vault');
      page.assets.json = path =>
        path.endsWith('2022-01.json')
          ? Promise.reject(new Error('HTTP 404'))
          : catalogOf(FIRST, LATER).json(path);
      await page.enter('Edition', '2022-01');
      expect(page.element.querySelector('[role="alert"]')?.textContent).toContain('HTTP 404');
      await page.enter('Edition', '2030-01');
      expect(page.hosts).toContain('my-vault.vault.example');
    });
  });

  it('narrows to the detected region, another, or all together', async () => {
    const page = await later();
    expect(page.field('Region').value).toBe('eastus');
    expect(page.text).toContain('Detected: the cluster is registered in this region.');
    await page.enter('Region', 'westeurope');
    expect(page.hosts).not.toContain('east.example');
    expect(page.text).toContain('Chosen by you. Detected: the cluster is registered in East US.');
    await page.enter('Region', '');
    expect(page.hosts).toContain('east.example');
    await page.open();
    expect(page.field('Region').value).toBe('');
    await page.enter('Region', 'eastus');
    expect(page.kept.size).toBe(0);
  });

  it('has no region where the edition has no lists by region', async () => {
    const page = await open({ region: 'eastus' });
    expect(() => page.field('Region')).toThrow();
    expect(() => page.field('Hardware vendor')).toThrow();
    expect(() => page.field('This cluster goes out')).toThrow();
  });

  it('adds what the hardware vendor needs, also when features were chosen before', async () => {
    const page = await later();
    await page.check('Feature portal');
    expect(page.hosts).not.toContain('dell.example');
    await page.enter('Hardware vendor', 'dell');
    expect(page.hosts).toEqual(expect.arrayContaining(['dell.example', 'portal.example']));
  });

  it('leaves out what Arc gateway carries', async () => {
    const page = await later();
    await page.check('This cluster goes out through Arc gateway');
    expect(page.hosts).not.toContain('login.example');
    expect(page.hosts).toContain('old.example');
  });

  it('shows a list as published, with a warning and what works instead', async () => {
    const page = await later();
    await page.enter('Mistakes in the list', 'published');
    expect(page.hosts).toContain('wrong.example');
    expect(page.text).toContain('Rules that do not work as they stand: 1.');
    expect((await page.details('wrong.example')).textContent).toContain(
      'What works is right.example:443, because it is misspelt.',
    );
  });

  it('asks for each name that only the owner knows, and says what is wrong with one', async () => {
    const page = await later();
    expect(() => page.field('Witness storage account')).toThrow();
    expect((await page.details('*.vault.example')).textContent).toContain(
      'Choose Change beside the list and enter the key vault',
    );
    await page.enter('Key vault', '1vault');
    expect(page.text).toContain('Key vault names begin with a letter');
    await page.press('Export');
    expect(page.text).toContain('Key vault is not given: the file lists *.vault.example');
    await page.enter('Key vault', 'https://my-vault.vault.example/');
    expect(page.hosts).toContain('my-vault.vault.example');
    expect(page.text).not.toContain('Key vault is not given');
  });

  it('keeps the features of each edition apart', async () => {
    const page = await later();
    await page.check('Feature base');
    expect(page.hosts).not.toContain('login.example');
    await page.enter('Edition', '2022-01');
    expect(page.hosts).toEqual(['login.example']);
  });
});

describe('why a rule is there', () => {
  const facts = async (page: AllowlistHarness, host: string): Promise<string> =>
    [...(await page.details(host)).querySelectorAll('dt, dd')]
      .map(({ textContent }) => textContent.trim().replace(/\s+/g, ' '))
      .join(' ');

  it('says state, successor and inspection, each with its source', async () => {
    const page = await later();
    expect(await facts(page, 'old.example')).toContain('Superseded. Newer clusters sign in elsewhere.');
    expect(await facts(page, 'old.example')).toContain('Takes its place login.example');
    expect(await facts(page, 'old.example')).toContain('TLS inspection must leave it alone.');
    const badges = [...page.row('old.example').querySelectorAll('.state .oc-badge')];
    expect(badges.map(each => each.textContent)).toEqual(['Superseded', 'No TLS inspection']);
  });

  it('says who connects, when, in which regions, and what the list has of Arc gateway', async () => {
    const page = await later();
    await page.enter('Region', '');
    expect(await facts(page, 'login.example')).toContain('While the cluster is deployed and afterwards');
    expect(await facts(page, 'login.example')).toContain('proxy setting of WinHTTP');
    expect(await facts(page, 'login.example')).toContain('Arc gateway can carry it. In the list: Yes');
    expect(await facts(page, 'east.example')).toContain('Only in these regions East US');
  });

  it('says of what the browser needs that no node does', async () => {
    const page = await later();
    await page.check('Feature portal');
    expect(page.row('portal.example').textContent).toContain('Browser');
    expect(page.text).toContain("The administrator's browser needs these, not the nodes");
  });
});

describe('rules inside the network', () => {
  it('have a part of their own, that the text filter narrows', async () => {
    const page = await later();
    expect(page.element.querySelector('#oc-internal')?.textContent).toBe('Rules inside the network');
    expect(page.cells('Failover Clustering').slice(0, 4)).toEqual([
      ...['Cluster nodes', 'Cluster nodes', 'TCP', '135, 49152-65535'],
    ]);
    await page.enter('Filter', 'icmp');
    expect(page.hosts).toEqual(['Ping']);
    expect(page.text).not.toContain('No rule matches');
  });

  it('can be saved alone', async () => {
    const page = await later();
    await page.press('Export');
    await page.check('Rules inside the network alone (2)');
    await page.press('Save file');
    expect(page.saved[0]?.fileName).toBe('internal-rules_hci-cluster_public_2030-01_eastus_2026-11-24.json');
    expect(JSON.parse(page.saved[0]?.text ?? '')).toHaveLength(2);
  });
});

it('has words for everything and no accessibility faults', async () => {
  const page = await later();
  await page.check('Feature portal');
  await page.enter('Mistakes in the list', 'published');
  await page.press('Export');
  expect(page.text).not.toMatch(/\[(allowlist|common|export)\.|\{\d\}/);
  const { violations } = await axe.run(page.element, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(each => `${each.id}: ${each.nodes[0]?.html ?? ''}`)).toEqual([]);
});
