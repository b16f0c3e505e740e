import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import axe from 'axe-core';
import { edition, feature, rule, use } from '../../../test/jest/small-edition';
import { englishStrings } from '../../../test/jest/strings';
import type { Edition } from '../allowlist/catalog/catalog';
import { SelectionStore } from '../allowlist/state/selection.store';
import { ClusterStore } from '../cluster/cluster.store';
import { Navigation } from '../ui/navigation';
import { HOST } from '../wac/host';
import { ASSETS, CLOCK, DOWNLOADS, type FileOut, KEEP_SAFE } from '../wac/platform';
import { ChangesComponent } from './changes.component';

jest.setTimeout(30_000);

const login = rule('login.example');
const HOSTILE = '<img src=x onerror="document.title=1">{{constructor}}';
const FIRST = edition(
  [login, rule('old.example')],
  [feature('base', [use(login), use(rule('old.example'))])],
  {
    ...{ id: '2022-01', title: 'First list', published: '2022-01-27' },
  },
);
const SECOND = edition(
  [login, rule('new.example')],
  [
    feature('base', [use(login, { requirement: 'optional', when: 'after' }), use(rule('new.example'))], {
      title: HOSTILE,
    }),
  ],
  {
    ...{ id: '2031-01', title: 'Second list', published: '2031-01-15' },
    sources: { document: { title: HOSTILE, url: 'https://docs.example/second' } },
    changes: [{ hosts: ['new.example'], text: `Moved. ${HOSTILE}`, source: 'document' }],
  },
);
const SAME = { ...SECOND, id: '2032-01', title: 'Third list', published: '2032-01-15' };
const CHINA = { ...FIRST, id: '2033-01', title: 'Other cloud', published: '2033-01-15', clouds: ['china'] };

class Part {
  readonly saved: FileOut[] = [];
  readonly asked: string[] = [];
  readonly broken = new Set<string>();
  private fixture: ComponentFixture<ChangesComponent> | undefined;

  constructor(private readonly editions: readonly object[] = [FIRST, SECOND, CHINA]) {}

  async open(): Promise<this> {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        {
          provide: HOST,
          useValue: { connection: { name: 'hci.contoso.local', nodes: [] }, strings: englishStrings() },
        },
        { provide: ClusterStore, useValue: { cluster: signal(undefined), status: signal('ready') } },
        { provide: CLOCK, useValue: { now: () => new Date(2026, 10, 24), every: () => () => undefined } },
        { provide: DOWNLOADS, useValue: { save: (file: FileOut) => this.saved.push(file) } },
        { provide: KEEP_SAFE, useValue: { read: () => undefined, write: () => true } },
        { provide: ASSETS, useValue: { json: (path: string) => this.answer(path) } },
      ],
    });
    this.fixture = TestBed.createComponent(ChangesComponent);
    document.body.replaceChildren(this.element);
    await this.fixture.whenStable();
    await this.press('What changed');
    return this;
  }

  get element(): HTMLElement {
    return this.fixture?.nativeElement as HTMLElement;
  }
  get text(): string {
    return this.element.textContent.replace(/\s+/g, ' ');
  }
  get status(): string {
    return this.element.querySelector('[role="status"]')?.textContent.trim() ?? '';
  }
  select(id: 'from' | 'to'): HTMLSelectElement {
    const found = this.element.querySelector<HTMLSelectElement>(`#oc-changes-${id}`);
    return found ?? fail(`No field ${id}`);
  }
  async choose(id: 'from' | 'to', edition: string): Promise<void> {
    this.select(id).value = edition;
    this.select(id).dispatchEvent(new Event('change'));
    await this.settle();
  }
  async press(name: string): Promise<void> {
    const found = [...this.element.querySelectorAll('button')].find(
      each => each.textContent.replace(/\s+/g, ' ').trim() === name,
    );
    if (!found) throw new Error(`No button ${name}`);
    found.click();
    await this.settle();
  }
  /** The cells of each row of a table. */
  rows(caption: string): string[][] {
    const table = this.element.querySelector(`table[aria-label="${caption}"]`);
    return [...(table?.querySelectorAll('tbody tr') ?? [])].map(row =>
      [...row.children].map(cell => cell.textContent.replace(/\s+/g, ' ').trim()),
    );
  }
  async settle(): Promise<void> {
    await this.fixture?.whenStable();
  }

  private answer(path: string): Promise<unknown> {
    this.asked.push(path);
    const id = /([\w-]+)\.json$/.exec(path)?.[1] ?? '';
    if (this.broken.has(id)) return Promise.reject(new Error(`${path}: HTTP 503`));
    if (id === 'editions') return Promise.resolve(this.editions);
    return Promise.resolve(this.editions.find(each => (each as Edition).id === id));
  }
}

describe('what changed', () => {
  it("compares this cluster's edition with the newest for its cloud", async () => {
    const part = await new Part().open();
    expect([part.select('from').value, part.select('to').value]).toEqual(['2022-01', '2031-01']);
    expect([...part.select('to').options].map(each => each.textContent.trim())).toEqual([
      'First list (2022-01-27)',
      'Second list (2031-01-15)',
    ]);
    expect(part.status).toBe('1 added, 1 removed, 1 changed');
    expect(part.rows('Removed (1)')).toEqual([
      ['old.example', '443', 'HTTPS', 'RequiredFeature base', 'No source says why.'],
    ]);
    expect(part.rows('Changed (1)').map(([host, , , what]) => [host, what])).toEqual([
      [
        'login.example',
        'Requirement: now Optional, before RequiredNeeded: now after deployment, before not said',
      ],
    ]);
    expect(
      (await axe.run(part.element, { rules: { 'color-contrast': { enabled: false } } })).violations,
    ).toEqual([]);
  });

  it('draws the first lines where they are many, and the others when they are asked for', async () => {
    const many = Array.from({ length: 260 }, (_, index) => rule(`new${index}.example`));
    const uses = many.map(each => use(each));
    const part = await new Part([
      FIRST,
      { ...SECOND, rules: many, features: [feature('base', uses)] },
    ]).open();
    const added = (): number => part.rows('Added (260)').length;
    const table = part.element.querySelector('table[aria-label="Added (260)"]');
    expect([added(), table?.getAttribute('aria-rowcount')]).toEqual([50, '261']);
    expect(part.element.querySelectorAll('*').length).toBeLessThan(5000);
    await part.press('Show 100 more (210 left)');
    await part.press('Show 100 more (110 left)');
    expect(part.element.querySelector('oc-change-table button[aria-label]')?.getAttribute('aria-label')).toBe(
      'Show 10 more (10 left): Added (260)',
    );
    await part.press('Show 10 more (10 left)');
    expect([added(), table?.getAttribute('aria-rowcount')]).toEqual([260, null]);
    expect(part.text).not.toContain('more (');
    const search = part.element.querySelector<HTMLInputElement>('input[type=search]');
    if (search === null) throw new Error('no search');
    search.value = 'new259';
    search.dispatchEvent(new Event('input'));
    await part.settle();
    expect(part.rows('Added (1)')).toHaveLength(1);
  });

  it('hands what is new to the export of the newer list, with why it came', async () => {
    const part = await new Part().open();
    await part.press('Choose list 2031-01 and export what is new');
    expect(TestBed.inject(SelectionStore).edition()?.id).toBe('2031-01');
    const errand = TestBed.inject(Navigation).take('allowlist');
    expect(errand).toMatchObject({ act: 'export', request: { about: 'new' } });
    expect([...(errand?.request?.reasons.keys() ?? [])]).toEqual(['base/new.example-443']);
    expect([...(errand?.request?.reasons ?? [])]).toEqual([['base/new.example-443', `Moved. ${HOSTILE}`]]);
    expect(errand?.request?.facts).toEqual([
      'Only what is new is asked for: in Second list (2031-01-15), and not in First list (2022-01-27).',
    ]);
  });

  it('shows hostile values as text, and reasons with their source', async () => {
    const part = await new Part().open();
    const [row] = part.rows('Added (1)');
    expect(row?.slice(3)).toEqual([
      `Required${HOSTILE}`,
      `Moved. ${HOSTILE} ${HOSTILE} (opens in a new tab)`,
    ]);
    expect(part.element.querySelector('td a')?.getAttribute('href')).toBe('https://docs.example/second');
    expect(part.element.querySelector('img')).toBeNull();
  });

  it('starts one list earlier when the cluster has the newest', async () => {
    const part = await new Part([{ ...SAME, id: '2021-01', published: '2021-01-01' }, FIRST]).open();
    expect([part.select('from').value, part.select('to').value]).toEqual(['2021-01', '2022-01']);
  });

  it('searches all of its tables at once, says how many of how many, and sorts them alike', async () => {
    const part = await new Part().open();
    const field = part.element.querySelector<HTMLInputElement>('input[type="search"]') ?? fail('no field');
    expect(field.closest('label')?.textContent.trim()).toBe('Search what changed');
    const search = async (text: string): Promise<void> => {
      field.value = text;
      field.dispatchEvent(new Event('input'));
      await part.settle();
    };
    await search('OLD example');
    expect(part.text).toContain('1 of 3');
    expect([...part.element.querySelectorAll('table')].map(each => each.ariaLabel)).toEqual(['Removed (1)']);
    await search('no such words');
    expect(part.text).toContain('0 of 3 Nothing here has all of these words.');
    expect(part.element.querySelector('table')).toBeNull();
    await search('');
    const heads = (): string[] =>
      [...part.element.querySelectorAll('[aria-sort]')].map(
        each => `${each.textContent.trim()} ${each.getAttribute('aria-sort') ?? ''}`,
      );
    part.element.querySelector<HTMLButtonElement>('th button')?.click();
    await part.settle();
    expect(heads()).toEqual(Array(3).fill('Host↑ ascending'));
    expect(
      (await axe.run(part.element, { rules: { 'color-contrast': { enabled: false } } })).violations,
    ).toEqual([]);
  });

  it('says plainly that nothing changed', async () => {
    const part = await new Part([FIRST, SECOND, SAME]).open();
    await part.choose('from', '2031-01');
    expect(part.status).toBe('Nothing changed: both lists are the same for Azure public.');
    expect(part.element.querySelector('table')).toBeNull();
  });

  it('refuses the same edition twice at the field', async () => {
    const part = await new Part().open();
    await part.choose('to', '2022-01');
    expect(part.select('to').getAttribute('aria-invalid')).toBe('true');
    expect(part.text).toContain('Choose two different lists.');
    expect(part.status).toBe('');
    expect(part.element.querySelector('table')).toBeNull();
    await part.choose('to', '2031-01');
    expect(part.select('to').getAttribute('aria-invalid')).toBeNull();
    expect(part.status).not.toBe('');
  });

  it('says that there is nothing to compare in a cloud with one list', async () => {
    const part = await new Part().open();
    TestBed.inject(SelectionStore).chooseCloud('china');
    await part.settle();
    expect(part.status).toBe('There are no two lists for China to compare.');
  });

  it.each(['editions', '2031-01'])('says that %s.json did not come, and tries again', async id => {
    const part = new Part();
    part.broken.add(id);
    await part.open();
    expect(part.element.querySelector('[role="alert"]')?.textContent).toContain(`${id}.json: HTTP 503`);
    part.broken.clear();
    await part.press('Try again');
    expect(part.element.querySelector('[role="alert"]')).toBeNull();
    expect(part.status).toBe('1 added, 1 removed, 1 changed');
  });

  it('takes no foreign file for a list', async () => {
    const part = await new Part([FIRST, { ...SECOND, rules: 'none' }]).open();
    expect(part.element.querySelector('[role="alert"]')?.textContent).toContain(
      'A list could not be loaded.',
    );
  });

  it('exports what it shows, and forgets the name when that changes', async () => {
    const part = await new Part([FIRST, SECOND, SAME]).open();
    await part.choose('to', '2031-01');
    await part.press('Export as JSON');
    await part.press('Export as CSV');
    expect(part.saved.map(({ fileName }) => fileName)).toEqual([
      'outbound-changes-2022-01-to-2031-01_hci_public_2026-11-24.json',
      'outbound-changes-2022-01-to-2031-01_hci_public_2026-11-24.csv',
    ]);
    expect(JSON.parse(part.saved[0]?.text ?? '')).toMatchObject({ added: [{ host: 'new.example' }] });
    expect(part.text).toContain('Saved as outbound-changes-2022-01-to-2031-01_hci_public_2026-11-24.csv.');
    await part.choose('to', '2032-01');
    expect(part.text).not.toContain('Saved as');
  });

  it('loads a list once, and none while it is closed', async () => {
    const part = await new Part().open();
    await part.press('What changed');
    await part.press('What changed');
    await part.choose('to', '2022-01');
    await part.choose('to', '2031-01');
    expect(part.asked.filter(path => path.includes('2031-01'))).toHaveLength(1);
  });
});
