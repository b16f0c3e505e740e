import { Component, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { findButton } from '../../../../../test/jest/find-button';
import { englishStrings } from '../../../../../test/jest/strings';
import { HOST } from '../../../wac/host';
import { CLIPBOARD, KEEP_SAFE } from '../../../wac/platform';
import { LineTemplate } from '../in-view/line-template';
import { LineTableComponent } from './line-table.component';
import { TableView } from './table-view';

interface Line {
  readonly node: string;
  readonly result: string;
}

const line = (node: string, result: string): Line => ({ node, result });
const FEW = [line('node2', 'Blocked'), line('node1', 'Reachable'), line('node3', 'Blocked')];
const MANY = Array.from({ length: 600 }, (_, index) =>
  line(`node${index}`, index < 300 ? 'Blocked' : 'Open'),
);

@Component({
  selector: 'oc-test-table',
  imports: [LineTableComponent, LineTemplate],
  template: `<oc-line-table name="Lines" [view]="view" [isEven]="true">
    <ng-template [ocLineOf]="view.all()" let-item>
      <th scope="row">{{ item.node }}</th>
      <td>
        {{ item.result }} <button type="button">Act on {{ item.node }}</button>
      </td>
    </ng-template>
  </oc-line-table>`,
})
class TestTableComponent {
  readonly lines = signal<readonly Line[]>(FEW);
  readonly view = new TableView<Line>({
    name: 'lines',
    items: this.lines,
    columns: () => [
      { id: 'node', title: 'Node', text: ({ node }) => node },
      { id: 'result', title: 'Result', text: ({ result }) => result, facet: ({ result }) => [result] },
    ],
  });
}

let copied: string[];

beforeEach(() => {
  copied = [];
  TestBed.configureTestingModule({
    providers: [
      { provide: HOST, useValue: { connection: { name: 'c' }, strings: englishStrings() } },
      { provide: KEEP_SAFE, useValue: { read: () => undefined, write: () => true } },
      { provide: CLIPBOARD, useValue: { copy: (text: string) => Promise.resolve(copied.push(text) > 0) } },
    ],
  });
});

async function open(lines: readonly Line[] = FEW): Promise<ComponentFixture<TestTableComponent>> {
  const fixture = TestBed.createComponent(TestTableComponent);
  fixture.componentInstance.lines.set(lines);
  document.body.replaceChildren(fixture.nativeElement as HTMLElement);
  await fixture.whenStable();
  return fixture;
}

const stops = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>('tr[tabindex="0"]')];
const here = (): string | undefined => document.activeElement?.querySelector('th')?.textContent;

async function press(
  fixture: ComponentFixture<TestTableComponent>,
  key: string,
  ctrlKey = false,
): Promise<void> {
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }),
  );
  await fixture.whenStable();
}

async function click(fixture: ComponentFixture<TestTableComponent>, name: string): Promise<string> {
  const button = findButton(document.body, name);
  button.click();
  await fixture.whenStable();
  return button.parentElement?.textContent.trim() ?? '';
}

describe('A table of lines', () => {
  it('has one tab stop for its lines, arrow keys between them, and copies the one where the reader is', async () => {
    const fixture = await open();
    expect(await click(fixture, 'Copy the row')).toContain('Choose a row first');
    expect(copied).toEqual([]);
    const [stop, ...others] = stops();
    expect(others).toEqual([]);
    stop?.focus();
    expect(here()).toBe('node2');
    await press(fixture, 'ArrowUp');
    expect(here()).toBe('node2');
    await press(fixture, 'ArrowDown');
    expect(here()).toBe('node1');
    expect(stops()).toEqual([document.activeElement]);
    await press(fixture, 'c', true);
    expect(copied).toEqual(['node1\tReachable']);
    expect(document.querySelector('[aria-current]')).toBe(document.activeElement);
    await press(fixture, 'End');
    expect(await click(fixture, 'Copy the row')).toContain('Copied');
    expect(copied[1]).toBe('node3\tBlocked');
  });

  it('says in full what the line where the reader is cuts off, where many have one height', async () => {
    const width = jest.spyOn(HTMLElement.prototype, 'scrollWidth', 'get').mockReturnValue(10);
    const fixture = await open(MANY);
    expect(document.querySelector('dl')).toBeNull();
    stops()[0]?.focus();
    await fixture.whenStable();
    expect(document.querySelector('dl')?.textContent.trim()).toBe('Nodenode0ResultBlocked');
    width.mockRestore();
    stops()[0]?.blur();
    stops()[0]?.focus();
    await fixture.whenStable();
    expect(document.querySelector('dl')).toBeNull();
  });

  it('leaves keys to the controls of a line, whose line they make the current one', async () => {
    const fixture = await open();
    findButton(document.body, 'Act on node3').focus();
    await press(fixture, 'ArrowUp');
    await press(fixture, 'c', true);
    expect([document.activeElement?.textContent, copied]).toEqual(['Act on node3', []]);
    await click(fixture, 'Copy the row');
    expect(copied).toEqual(['node3\tBlocked']);
  });

  it('goes past the headings of groups, and forgets the line when what is shown changes', async () => {
    const fixture = await open();
    fixture.componentInstance.view.groupBy('result');
    await fixture.whenStable();
    expect([...document.querySelectorAll('tbody th')].map(each => each.textContent.trim())).toEqual([
      'Blocked (2)',
      'node2',
      'node3',
      'Reachable (1)',
      'node1',
    ]);
    stops()[0]?.focus();
    expect(here()).toBe('node2');
    await press(fixture, 'ArrowDown');
    await press(fixture, 'ArrowDown');
    expect(here()).toBe('node1');
    await press(fixture, 'Home');
    expect(here()).toBe('node2');
    fixture.componentInstance.view.search('reach');
    await fixture.whenStable();
    await click(fixture, 'Copy the row');
    expect(copied).toEqual([]);
  });

  it('draws of many lines those in view and the one where the reader is, each with its place among all', async () => {
    const fixture = await open(MANY);
    fixture.componentInstance.view.groupBy('result');
    await fixture.whenStable();
    expect(document.querySelector('table')?.getAttribute('aria-rowcount')).toBe('603');
    stops()[0]?.focus();
    await press(fixture, 'End');
    expect(here()).toBe('node599');
    expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('603');
    expect(document.querySelectorAll('tbody tr:not(.oc-gap)').length).toBeLessThan(100);
    await press(fixture, 'ArrowUp');
    expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('602');
  });
});
