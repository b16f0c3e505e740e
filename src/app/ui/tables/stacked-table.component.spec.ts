import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { englishStrings } from '../../../../test/jest/strings';
import { HOST } from '../../wac/host';
import { SortHeadingComponent } from './sort-heading.component';
import { ariaSort, type Sorting } from './sorting';
import { StackedTableComponent } from './stacked-table.component';

@Component({
  selector: 'oc-test-table',
  imports: [SortHeadingComponent, StackedTableComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table oc-stacked>
      <thead>
        <tr>
          <th [attr.aria-sort]="ariaSort(sorting(), 'node')">
            <oc-sort-heading column="node" [sorting]="sorting()" (sort)="sorting.set($event)"
              >Node</oc-sort-heading
            >
          </th>
          <th>Result</th>
        </tr>
      </thead>
      <tbody>
        @for (node of nodes(); track node) {
          <tr>
            <th>{{ node }}</th>
            <td>good</td>
          </tr>
        }
      </tbody>
    </table>
  `,
})
class TestTableComponent {
  readonly nodes = signal(['node1']);
  readonly sorting = signal<Sorting>('');
  readonly ariaSort = ariaSort;
}

beforeEach(() =>
  TestBed.configureTestingModule({
    providers: [{ provide: HOST, useValue: { strings: englishStrings() } }],
  }),
);

it('names each cell after its column and keeps the meaning of a table, also in rows that come later', async () => {
  const fixture = TestBed.createComponent(TestTableComponent);
  await fixture.whenStable();
  fixture.componentInstance.nodes.set(['node1', 'node2']);
  await fixture.whenStable();
  // The observer of the document answers in a turn of its own.
  await Promise.resolve();
  const table = fixture.nativeElement as HTMLElement;
  const cells = [...table.querySelectorAll('tbody [role]')].map(cell =>
    `${cell.getAttribute('role') ?? ''} ${cell.getAttribute('data-label') ?? ''}`.trim(),
  );
  const row = ['row', 'rowheader Node', 'cell Result'];
  expect(cells).toEqual([...row, ...row]);
  expect(table.querySelectorAll('thead [role=columnheader]')).toHaveLength(2);
});

it('names cells by the words of a heading that sorts, without its arrow, and says what headings are for', async () => {
  const fixture = TestBed.createComponent(TestTableComponent);
  await fixture.whenStable();
  const table = fixture.nativeElement as HTMLElement;
  table.querySelector('button')?.click();
  await fixture.whenStable();
  await Promise.resolve();
  expect(table.querySelector('thead th')?.textContent).toContain('↑');
  expect(table.querySelector('thead th')?.getAttribute('aria-sort')).toBe('ascending');
  expect(table.querySelector('tbody th')?.getAttribute('data-label')).toBe('Node');
  expect(table.querySelector('thead tr')?.getAttribute('data-label')).toBe('Sort by');
});
