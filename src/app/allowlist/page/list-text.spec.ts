import { AllowlistHarness, giveDialogs } from '../../../../test/jest/allowlist-harness';
import { shippedCatalog } from '../../../../test/jest/assets';
import type { AssetSource } from '../../wac/platform';

// Whole pages in jsdom: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

beforeAll(giveDialogs);

const TEXTS = 'assets/catalog/languages/de.json';

function german(
  texts: (shipped: Promise<unknown>) => Promise<unknown> = shipped => shipped,
): AllowlistHarness {
  const page = new AllowlistHarness();
  page.language = 'de-DE';
  const assets: AssetSource = {
    json: path => (path === TEXTS ? texts(shippedCatalog.json(path)) : shippedCatalog.json(path)),
  };
  page.assets = assets;
  return page;
}

/** What is marked as English and is no name of a source or of its section. */
function englishIn(page: AllowlistHarness): readonly string[] {
  return [...page.element.querySelectorAll('[lang=en]')]
    .filter(each => each.closest('oc-source-link') === null)
    .map(each => each.textContent.trim());
}

describe('the texts of the lists', () => {
  it('are German on a German page, beside it and in the search', async () => {
    const page = await german().open();
    expect(page.headings.slice(0, 3)).toEqual([
      'Clustererstellung',
      'Clusterregistrierung und Abrechnung',
      'Microsoft Update',
    ]);
    expect(page.text).toContain('Um einen Cluster zu erstellen, sind keine ausgehenden Regeln nötig');
    expect(page.text).toContain('Wählen Sie das Feature unter „Ändern“');
    expect((await page.details('dp.azurestackhci.azure.us')).textContent).toContain(
      'Grund: Das Dokument schreibt „hci“ falsch als „chi“; Microsofts Liste für US Gov Virginia und',
    );
    expect((await page.details('graph.windows.net')).textContent).toContain(
      'Abgelöst. Das Registrierungsmodul verwendet jetzt Microsoft Graph',
    );
    expect(englishIn(page).filter(text => /\b(the|is|are|needs)\b/.test(text))).toEqual([]);
    await page.enter('Filter', 'Verzeichnisobjekte');
    expect(page.hosts).toContain('graph.windows.net');
  });

  it('are English and marked so until the German ones are there', async () => {
    let arrive: (texts: unknown) => void = () => undefined;
    const page = await german(() => new Promise(resolve => (arrive = resolve))).openUnsettled();
    expect(page.headings[0]).toBe('Cluster creation');
    expect(englishIn(page)).toContain('Cluster creation');
    expect(page.text).toContain('Zulassungsliste');
    arrive(await shippedCatalog.json(TEXTS));
    await page.settle();
    expect(page.headings[0]).toBe('Clustererstellung');
    expect(englishIn(page)).not.toContain('Cluster creation');
  });

  it.each<[string, (shipped: Promise<unknown>) => Promise<unknown>]>([
    ['do not come', () => Promise.reject(new Error('HTTP 404'))],
    ['are damaged', () => Promise.resolve({ 'Cluster creation': 7 })],
    ['are a page', () => Promise.resolve('<html>')],
  ])('stay English, and are marked so, where the German ones %s', async (_, texts) => {
    const page = await german(texts).open();
    expect(page.headings[0]).toBe('Cluster creation');
    const details = await page.details('graph.windows.net');
    expect(details.querySelector('p[lang=en]')?.textContent).toContain('Looks up the directory objects');
    expect(details.textContent).toContain('Erforderlich');
  });

  it('stay English one by one where one has no German', async () => {
    const page = await german(async shipped => {
      const texts = Object.entries((await shipped) as Record<string, string>);
      return Object.fromEntries(texts.filter(([english]) => english !== 'Cluster creation'));
    }).open();
    expect(page.headings.slice(0, 2)).toEqual(['Cluster creation', 'Clusterregistrierung und Abrechnung']);
    expect(englishIn(page)).toContain('Cluster creation');
  });

  it('are not asked for by an English page', async () => {
    const asked: string[] = [];
    const page = new AllowlistHarness();
    page.assets = {
      json: path => {
        asked.push(path);
        return shippedCatalog.json(path);
      },
    };
    await page.open();
    expect(page.headings[0]).toBe('Cluster creation');
    expect(asked.filter(path => path.includes('languages'))).toEqual([]);
    expect(page.element.querySelector('h2 [lang]')).toBeNull();
  });
});
