import { Component, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { englishStrings } from '../../../../../test/jest/strings';
import { HOST } from '../../../wac/host';
import { CLIPBOARD, KEEP_SAFE } from '../../../wac/platform';
import { GroupRowComponent } from './group-row.component';
import { HeadingRowComponent } from './heading-row.component';
import { TableToolsComponent } from './table-tools.component';
import { TableView } from './table-view';

interface Line {
  readonly node: string;
  readonly port: number;
  readonly result: string;
}

const LINES: readonly Line[] = [
  { node: 'node2', port: 8080, result: 'Blocked' },
  { node: 'node1', port: 443, result: 'Reachable' },
  { node: 'node3', port: 80, result: 'Blocked' },
];

@Component({
  selector: 'oc-test-table',
  imports: [GroupRowComponent, HeadingRowComponent, TableToolsComponent],
  template: `
    <oc-table-tools [view]="view" name="Lines" />
    <table>
      <thead>
        <tr
          oc-heading-row
          [columns]="view.columns()"
          [sorting]="view.sorting()"
          (sortingChange)="view.sort($event)"
        ></tr>
      </thead>
      <tbody>
        @for (line of view.lines(); track $index) {
          @if (line.item; as item) {
            <tr>
              <td>{{ item.node }}</td>
            </tr>
          } @else if (line.group; as group) {
            <tr oc-group-row [group]="group" [span]="2"></tr>
          }
        }
      </tbody>
    </table>
  `,
})
class TestTableComponent {
  readonly lines = signal(LINES);
  readonly view = new TableView<Line>({
    name: 'lines',
    items: this.lines,
    columns: () => [
      { id: 'node', title: 'Node', text: ({ node }) => node },
      {
        ...{ id: 'port', title: 'Port', text: ({ port }) => String(port), key: ({ port }) => port },
        isNumber: true,
      },
      { id: 'result', title: 'Result', text: ({ result }) => result, facet: ({ result }) => [result] },
      { id: 'buttons', title: 'Buttons', sorts: false },
    ],
  });
}

const kept = new Map<string, string>();
const copied: string[] = [];

beforeEach(() => {
  kept.clear();
  copied.length = 0;
  TestBed.configureTestingModule({
    providers: [
      { provide: HOST, useValue: { strings: englishStrings(), connection: { name: 'cluster1' } } },
      {
        provide: KEEP_SAFE,
        useValue: {
          read: (key: string) => kept.get(key),
          write(key: string, value: string | undefined) {
            if (value === undefined) kept.delete(key);
            else kept.set(key, value);
            return true;
          },
        },
      },
      {
        provide: CLIPBOARD,
        useValue: { copy: (text: string) => Promise.resolve(copied.push(text) > 0) },
      },
    ],
  });
});

async function opened(): Promise<ComponentFixture<TestTableComponent>> {
  const fixture = TestBed.createComponent(TestTableComponent);
  await fixture.whenStable();
  return fixture;
}

function rows({ nativeElement }: ComponentFixture<unknown>): string[] {
  return [...(nativeElement as HTMLElement).querySelectorAll('tbody tr')].map(row => row.textContent.trim());
}

function button({ nativeElement }: ComponentFixture<unknown>, name: string): HTMLButtonElement {
  const found = [...(nativeElement as HTMLElement).querySelectorAll('button')].find(
    each => each.textContent.replace(/[↑↓]/g, '').trim() === name,
  );
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
}

function status({ nativeElement }: ComponentFixture<unknown>): string {
  const said = [...(nativeElement as HTMLElement).querySelectorAll('[role=status]')];
  return said
    .map(each => each.textContent.replace(/\s+/g, ' ').trim())
    .join(' ')
    .trim();
}

function search({ nativeElement }: ComponentFixture<unknown>): HTMLInputElement {
  const field = (nativeElement as HTMLElement).querySelector('input');
  if (field === null) throw new Error('no field');
  return field;
}

async function type(fixture: ComponentFixture<unknown>, text: string): Promise<void> {
  search(fixture).value = text;
  search(fixture).dispatchEvent(new Event('input'));
  await fixture.whenStable();
}

async function choose(fixture: ComponentFixture<unknown>, label: string, value: string): Promise<void> {
  const field = [...(fixture.nativeElement as HTMLElement).querySelectorAll('label')]
    .find(each => each.textContent.trim().startsWith(label))
    ?.querySelector('select');
  if (!field) throw new Error(`no choice ${label}`);
  field.value = value;
  field.dispatchEvent(new Event('change'));
  await fixture.whenStable();
}

it('searches in all that stands in a line, says how many of how many, and leads back', async () => {
  const fixture = await opened();
  expect(status(fixture)).toBe('');
  await type(fixture, 'BLOCKED 80');
  expect(rows(fixture)).toEqual(['node2', 'node3']);
  expect(status(fixture)).toContain('2 of 3');
  await type(fixture, 'nowhere');
  expect(status(fixture)).toContain('0 of 3 Nothing here has all of these words.');
  button(fixture, 'Show all').click();
  await fixture.whenStable();
  expect(rows(fixture)).toHaveLength(3);
  expect(status(fixture)).toBe('');
  // The button is gone, so the reader stands at the field.
  expect(document.activeElement).toBe(search(fixture));
});

it('sorts by a heading, numbers as numbers, and not where a column has only buttons', async () => {
  const fixture = await opened();
  button(fixture, 'Port').click();
  await fixture.whenStable();
  expect(rows(fixture)).toEqual(['node3', 'node1', 'node2']);
  const heads = [...(fixture.nativeElement as HTMLElement).querySelectorAll('thead th')];
  expect(heads.map(head => head.getAttribute('aria-sort'))).toEqual([null, 'ascending', null, null]);
  expect(heads.map(head => head.querySelector('button') !== null)).toEqual([true, true, true, false]);
});

it('filters and groups by what lines have in common, with counts', async () => {
  const fixture = await opened();
  const filters = button(fixture, 'Filter and group');
  expect(filters.getAttribute('aria-expanded')).toBe('false');
  filters.click();
  await fixture.whenStable();
  expect(filters.getAttribute('aria-expanded')).toBe('true');
  await choose(fixture, 'Group by', 'result');
  expect(rows(fixture)).toEqual(['Blocked (2)', 'node2', 'node3', 'Reachable (1)', 'node1']);
  await choose(fixture, 'Result', 'Reachable');
  expect(rows(fixture)).toEqual(['Reachable (1)', 'node1']);
  expect(filters.textContent.trim()).toBe('Filter and group (2 set)');
  expect(status(fixture)).toContain('1 of 3');
});

it('copies what is shown, as it is sorted, with the headings of what has words', async () => {
  const fixture = await opened();
  await type(fixture, 'blocked');
  button(fixture, 'Port').click();
  await fixture.whenStable();
  button(fixture, 'Copy the table').click();
  await fixture.whenStable();
  expect(copied).toEqual(['Node\tPort\tResult\r\nnode3\t80\tBlocked\r\nnode2\t8080\tBlocked\r\n']);
});

it('keeps all wishes with the connection', async () => {
  const first = await opened();
  await type(first, 'node');
  button(first, 'Filter and group').click();
  await first.whenStable();
  await choose(first, 'Result', 'Blocked');
  button(first, 'Port').click();
  await first.whenStable();
  expect([...kept.keys()]).toEqual(['table:lines:cluster1']);
  first.destroy();
  const again = await opened();
  expect(search(again).value).toBe('node');
  expect(rows(again)).toEqual(['node3', 'node2']);
});

it('takes nothing for a wish that does not fit the table, or that other code wrote', async () => {
  for (const text of [
    '{',
    '[]',
    '"x"',
    '{"text":7,"sorting":[],"only":"x","group":{}}',
    JSON.stringify({ sorting: '-elsewhere', only: { result: 'Gone', other: 'x' }, group: 'elsewhere' }),
    JSON.stringify({ text: 'x'.repeat(10_000) }),
  ]) {
    kept.set('table:lines:cluster1', text);
    const fixture = await opened();
    expect(rows(fixture)).toEqual(['node2', 'node1', 'node3']);
    fixture.destroy();
  }
});
