import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { StackedTableComponent } from './stacked-table.component';

@Component({
  selector: 'oc-test-table',
  imports: [StackedTableComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table oc-stacked>
      <thead>
        <tr>
          <th>Node</th>
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
}

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
