import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { GroupRowComponent } from '../../../ui/tables/view/group-row.component';
import { HeadingRowComponent } from '../../../ui/tables/view/heading-row.component';
import { cardRows } from '../../../ui/tables/in-view/card-rows';
import { GapRowComponent } from '../../../ui/tables/in-view/gap-row.component';
import { hostKey } from '../../../ui/tables/sorting';
import { StackedTableComponent } from '../../../ui/tables/stacked-table.component';
import { TableToolsComponent } from '../../../ui/tables/view/table-tools.component';
import { TableView } from '../../../ui/tables/view/table-view';
import { TEXT } from '../../../ui/words/text';
import type { PlanEntry } from '../../plan/probe-plan';
import { type Comparison, OUTCOMES } from '../../record/compare';
import { VERDICTS } from '../../verdict/verdicts';
import { ResultView } from '../results/result-view';
import { verdictWord } from '../results/verdict-mark.component';

/** What changed between two runs: counts, and each result that failed in one of them. */
@Component({
  selector: 'oc-run-comparison',
  imports: [
    GapRowComponent,
    GroupRowComponent,
    HeadingRowComponent,
    StackedTableComponent,
    TableToolsComponent,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section class="oc-card" aria-labelledby="oc-comparison-title">
      <h2 id="oc-comparison-title">{{ t('reachability.compare.title', date()) }}</h2>
      <p>{{ counts() }}</p>
      @if (ways() !== '') {
        <p>{{ ways() }}</p>
      }
      @if (view.all().length > 0) {
        <oc-table-tools [view]="view" [name]="name()" [label]="t('reachability.compare.search')" />
      }
      @if (view.lines().length > 0) {
        <table
          class="oc-table"
          oc-stacked
          [class.oc-many]="rows.isMany()"
          [attr.aria-label]="name()"
          [attr.aria-rowcount]="rows.isMany() ? view.lines().length + 1 : null"
        >
          <thead>
            <tr
              oc-heading-row
              [columns]="view.columns()"
              [sorting]="view.sorting()"
              (sortingChange)="view.sort($event)"
            ></tr>
          </thead>
          <tbody #body>
            @for (each of rows.drawn(); track each.index) {
              @if (each.gap > 0) {
                <tr oc-gap-row [span]="rows.span()" [height]="each.gap * rows.height()"></tr>
              }
              @if (each.item.item; as row) {
                <tr
                  [style.block-size.px]="rows.own()"
                  [attr.aria-rowindex]="rows.isMany() ? each.index + 2 : null"
                >
                  <td>{{ row.outcome }}</td>
                  <th scope="row" [title]="row.door">{{ row.door }}</th>
                  <td [title]="row.node">{{ row.node }}</td>
                  <td>{{ row.before }}</td>
                  <td>{{ row.after }}</td>
                </tr>
              } @else if (each.item.group; as group) {
                <tr
                  oc-group-row
                  [group]="group"
                  [span]="rows.span()"
                  [style.block-size.px]="rows.own()"
                  [attr.aria-rowindex]="rows.isMany() ? each.index + 2 : null"
                ></tr>
              }
            }
            @if (rows.tail() > 0) {
              <tr oc-gap-row [span]="rows.span()" [height]="rows.tail() * rows.height()"></tr>
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
  private readonly facts = inject(ResultView).facts;

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

  private readonly table = viewChild(StackedTableComponent);
  private readonly body = viewChild<ElementRef<HTMLElement>>('body');
  protected readonly rows = cardRows(
    this.view,
    () => this.table(),
    () => this.body()?.nativeElement,
  );
}

interface Row extends Record<'outcome' | 'door' | 'node' | 'before' | 'after', string> {
  readonly entry: PlanEntry;
  /** Of its outcome among all. */
  readonly place: number;
}
