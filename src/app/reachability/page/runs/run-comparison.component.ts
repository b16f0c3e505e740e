import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { hostKey } from '../../../ui/tables/sorting';
import { LineTemplate } from '../../../ui/tables/in-view/line-template';
import { LineTableComponent } from '../../../ui/tables/view/line-table.component';
import { TableView } from '../../../ui/tables/view/table-view';
import { TEXT } from '../../../ui/words/text';
import type { PlanEntry } from '../../plan/probe-plan';
import { type Comparison, OUTCOMES } from '../../record/compare';
import { comparisonText } from '../../record/compare-words';
import { VERDICTS } from '../../verdict/verdicts';
import { ResultView } from '../results/result-view';
import { verdictWord } from '../results/verdict-mark.component';

/** What changed between two runs: counts, and each result that failed in one of them. */
@Component({
  selector: 'oc-run-comparison',
  imports: [LineTableComponent, LineTemplate],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="oc-card" aria-labelledby="oc-comparison-title">
      <h2 id="oc-comparison-title">{{ t('reachability.compare.title', date()) }}</h2>
      <p>{{ counts() }}</p>
      @if (ways() !== '') {
        <p>{{ ways() }}</p>
      }
      @if (view.all().length > 0) {
        <oc-line-table
          [view]="view"
          [name]="name()"
          [search]="t('reachability.compare.search')"
          [isEven]="true"
        >
          <ng-template [ocLineOf]="view.all()" let-row>
            <td>{{ row.outcome }}</td>
            <th scope="row" [title]="row.door">{{ row.door }}</th>
            <td [title]="row.node">{{ row.node }}</td>
            <td>{{ row.before }}</td>
            <td>{{ row.after }}</td>
          </ng-template>
        </oc-line-table>
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
  private readonly facts = inject(ResultView).facts;

  readonly comparison = input.required<Comparison>();
  /** Of the other run. */
  readonly date = input.required<string>();
  /** That the runs went different ways; '' where they did not. */
  readonly ways = input('');
  readonly dismiss = output();

  protected readonly counts = computed(() => comparisonText(this.comparison(), this.ways() !== '', this.t));
  protected readonly name = computed(() => this.t('reachability.compare.title', this.date()));
  private readonly all = computed(() => {
    const kind = this.ways() === '' ? 'outcome' : 'ways.outcome';
    // Of thousands of lines, a few words.
    const outcomes = OUTCOMES.filter(outcome => outcome !== 'unknown').map(outcome =>
      this.t(`reachability.compare.${kind}.${outcome}`),
    );
    const words = new Map(VERDICTS.map(verdict => [verdict, verdictWord(this.t, verdict)]));
    return this.comparison().differences.map(({ outcome, entry, door, node, before, after }) => {
      const place = OUTCOMES.indexOf(outcome);
      const [was, is] = [before, after].map(({ verdict }) => words.get(verdict) ?? verdict);
      return {
        ...{ entry, door, node, place },
        outcome: outcomes[place] ?? '',
        before: was ?? '',
        after: is ?? '',
      };
    });
  });
  protected readonly view = new TableView<Row>({
    name: 'comparison',
    items: this.all,
    columns: () => [
      {
        ...{ id: 'outcome', title: this.t('reachability.compare.outcome') },
        ...{ text: ({ outcome }) => outcome, key: ({ place }) => place, facet: ({ outcome }) => [outcome] },
      },
      {
        ...{ id: 'door', title: this.t('reachability.matrix.endpoint') },
        ...{ text: ({ door }) => door, key: ({ door }) => hostKey(door) },
      },
      {
        ...{ id: 'node', title: this.t('reachability.compare.node') },
        ...{ text: ({ node }) => node, facet: ({ node }) => [node] },
      },
      {
        ...{ id: 'before', title: this.t('reachability.compare.before') },
        ...{ text: ({ before }) => before, facet: ({ before }) => [before] },
      },
      {
        ...{ id: 'after', title: this.t('reachability.compare.after') },
        ...{ text: ({ after }) => after, facet: ({ after }) => [after] },
      },
      {
        ...{ id: 'feature', title: this.t('reachability.filter.feature'), isHidden: true },
        facet: ({ entry }) =>
          this.facts()
            .of(entry)
            .features.map(({ title }) => title),
      },
      {
        ...{ id: 'requirement', title: this.t('reachability.filter.requirement'), isHidden: true },
        facet: ({ entry }) =>
          [...this.facts().of(entry).requirements].map(each => this.t(`common.requirement.${each}`)),
      },
      {
        ...{ id: 'blocks', title: this.t('reachability.filter.blocks'), isHidden: true },
        facet: ({ entry }) =>
          [...this.facts().of(entry).blocks].map(each => this.t(`allowlist.blocks.${each}`)),
      },
    ],
  });
}

interface Row extends Record<'outcome' | 'door' | 'node' | 'before' | 'after', string> {
  readonly entry: PlanEntry;
  /** Of its outcome among all. */
  readonly place: number;
}
