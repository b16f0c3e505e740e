import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { foundIn } from '../../../ui/tables/searching';
import { SortHeadingComponent } from '../../../ui/tables/sort-heading.component';
import { ariaSort, hostKey, sortedBy, type Sorting } from '../../../ui/tables/sorting';
import { StackedTableComponent } from '../../../ui/tables/stacked-table.component';
import { TableSearchComponent } from '../../../ui/tables/table-search.component';
import { TEXT } from '../../../ui/words/text';
import { type Comparison, OUTCOMES } from '../../record/compare';
import { verdictWord } from '../results/verdict-mark.component';

/** What changed between two runs: counts, and each result that failed in one of them. */
@Component({
  selector: 'oc-run-comparison',
  imports: [SortHeadingComponent, StackedTableComponent, TableSearchComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="oc-card" aria-labelledby="oc-comparison-title">
      <h2 id="oc-comparison-title">{{ t('reachability.compare.title', date()) }}</h2>
      <p>{{ counts() }}</p>
      @if (ways() !== '') {
        <p>{{ ways() }}</p>
      }
      @if (rows().length > 0) {
        <oc-table-search
          [label]="t('reachability.compare.search')"
          [(text)]="search"
          [found]="found().length"
          [all]="rows().length"
        />
      }
      @if (found().length > 0) {
        <table class="oc-table" oc-stacked>
          <thead>
            <tr>
              @for (column of columns; track column.id) {
                <th scope="col" [attr.aria-sort]="ariaSort(sorting(), column.id)">
                  <oc-sort-heading [column]="column.id" [sorting]="sorting()" (sort)="sorting.set($event)">{{
                    column.title
                  }}</oc-sort-heading>
                </th>
              }
            </tr>
          </thead>
          <tbody>
            @for (row of found(); track row.key) {
              <tr>
                <td>{{ row.outcome }}</td>
                <th scope="row">{{ row.door }}</th>
                <td>{{ row.node }}</td>
                <td>{{ row.before }}</td>
                <td>{{ row.after }}</td>
              </tr>
            }
          </tbody>
        </table>
      }
      <button type="button" class="oc-button" (click)="dismiss.emit()">{{ t('common.close') }}</button>
    </section>
  `,
  styles: `
    th,
    td {
      overflow-wrap: anywhere;
    }
  `,
})
export class RunComparisonComponent {
  protected readonly t = inject(TEXT);

  readonly comparison = input.required<Comparison>();
  /** Of the other run. */
  readonly date = input.required<string>();
  /** That the runs went different ways; '' where they did not. */
  readonly ways = input('');
  readonly dismiss = output();

  protected readonly counts = computed(() => {
    const { counts } = this.comparison();
    const key = this.ways() === '' ? 'reachability.compare.counts' : 'reachability.compare.ways.counts';
    return this.t(key, ...OUTCOMES.map(outcome => counts[outcome]));
  });
  protected readonly rows = computed(() =>
    this.comparison().differences.map(({ outcome, entry, door, node, before, after }) => ({
      key: `${entry.id} ${node}`,
      ...{ door, node, place: OUTCOMES.indexOf(outcome) },
      outcome: this.t(`reachability.compare.${this.ways() === '' ? 'outcome' : 'ways.outcome'}.${outcome}`),
      before: verdictWord(this.t, before.verdict),
      after: verdictWord(this.t, after.verdict),
    })),
  );

  protected readonly search = signal('');
  protected readonly sorting = signal<Sorting>('');
  protected readonly ariaSort = ariaSort;
  protected readonly columns = [
    { id: 'outcome', title: this.t('reachability.compare.outcome') },
    { id: 'door', title: this.t('reachability.matrix.endpoint') },
    { id: 'node', title: this.t('reachability.compare.node') },
    { id: 'before', title: this.t('reachability.compare.before') },
    { id: 'after', title: this.t('reachability.compare.after') },
  ];
  protected readonly found = computed(() =>
    sortedBy(foundIn(this.rows(), this.search(), textsOf), this.sorting(), keyOf),
  );
}

interface Row extends Record<'outcome' | 'door' | 'node' | 'before' | 'after', string> {
  /** Of its outcome among all. */
  readonly place: number;
}

function textsOf({ outcome, door, node, before, after }: Row): readonly string[] {
  return [outcome, door, node, before, after];
}

function keyOf(row: Row, column: string): string | number {
  switch (column) {
    case 'outcome':
      return row.place;
    case 'node':
    case 'before':
    case 'after':
      return row[column];
    default:
      return hostKey(row.door);
  }
}
