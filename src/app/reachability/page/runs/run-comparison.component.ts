import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { StackedTableComponent } from '../../../ui/tables/stacked-table.component';
import { TEXT } from '../../../ui/words/text';
import { type Comparison, OUTCOMES } from '../../record/compare';
import { verdictWord } from '../results/verdict-mark.component';

/** What changed between two runs: counts, and each result that failed in one of them. */
@Component({
  selector: 'oc-run-comparison',
  imports: [StackedTableComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="oc-card" aria-labelledby="oc-comparison-title">
      <h2 id="oc-comparison-title">{{ t('reachability.compare.title', date()) }}</h2>
      <p>{{ counts() }}</p>
      @if (ways() !== '') {
        <p>{{ ways() }}</p>
      }
      @if (rows().length > 0) {
        <table class="oc-table" oc-stacked>
          <thead>
            <tr>
              <th scope="col">{{ t('reachability.compare.outcome') }}</th>
              <th scope="col">{{ t('reachability.matrix.endpoint') }}</th>
              <th scope="col">{{ t('reachability.compare.node') }}</th>
              <th scope="col">{{ t('reachability.compare.before') }}</th>
              <th scope="col">{{ t('reachability.compare.after') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (row of rows(); track row.key) {
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
      ...{ door, node },
      outcome: this.t(`reachability.compare.${this.ways() === '' ? 'outcome' : 'ways.outcome'}.${outcome}`),
      before: verdictWord(this.t, before.verdict),
      after: verdictWord(this.t, after.verdict),
    })),
  );
}
