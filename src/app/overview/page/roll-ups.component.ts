import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { rowsOf } from '../../allowlist/list/allowlist';
import { AllowlistStore } from '../../allowlist/state/allowlist.store';
import { rollUpsOf } from '../../reachability/finding/roll-up';
import { say } from '../../reachability/finding/say';
import { NextCheck } from '../../reachability/state/next-check.store';
import { ReachabilityStore } from '../../reachability/state/reachability.store';
import { keptChoice } from '../../ui/tables/view/kept-choice';
import { LineTemplate } from '../../ui/tables/in-view/line-template';
import { LineTableComponent } from '../../ui/tables/view/line-table.component';
import { TableView } from '../../ui/tables/view/table-view';
import { TEXT } from '../../ui/words/text';
import { HOST } from '../../wac/host';
import { ListTextDirective } from '../../allowlist/page/list-text.directive';

const GROUPS = ['features', 'nodes', 'rules'] as const;
const COUNTS = ['reachable', 'notProven', 'failed', 'notTested'] as const;

interface Row {
  readonly name: string;
  readonly counts: readonly number[];
  /** Titles of those that explain its failures. */
  readonly findings: readonly string[];
}

/** What the results of each feature, node or rule come to, and which findings explain its failures. */
@Component({
  selector: 'oc-roll-ups',
  imports: [LineTableComponent, LineTemplate, ListTextDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <details (toggle)="isOpen.set($any($event.target).open)">
      <summary>{{ t('overview.rollUps') }}</summary>
      @if (isOpen()) {
        <label for="oc-roll-ups">{{ t('overview.rollUps.by') }}</label>
        <select id="oc-roll-ups" class="oc-select" (change)="group.set($any($event.target).value)">
          @for (each of groups; track each) {
            <option [value]="each" [selected]="each === group()">{{ t('overview.rollUps.' + each) }}</option>
          }
        </select>
        <oc-line-table [view]="view" [name]="t('overview.rollUps')" [scrolls]="true" [isEven]="true">
          <ng-template [ocLineOf]="view.all()" let-row>
            <th scope="row" [title]="row.name" [ocListText]="row.name"></th>
            @for (count of row.counts; track $index) {
              <td class="oc-number">{{ number(count) }}</td>
            }
            <td [title]="row.findings.join(' ')">
              <ul>
                @for (finding of row.findings; track finding) {
                  <li>{{ finding }}</li>
                }
              </ul>
            </td>
          </ng-template>
        </oc-line-table>
      }
    </details>
  `,
  styles: `
    summary {
      min-block-size: 24px;
      inline-size: fit-content;
      cursor: pointer;
    }
    label {
      margin-inline-end: var(--spacingHorizontalS);
    }
    oc-line-table {
      --room: 60vh;
      margin-block-start: var(--spacingVerticalS);
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    th[scope='row'] {
      min-inline-size: 14rem;
      overflow-wrap: anywhere;
    }
  `,
})
export class RollUpsComponent {
  protected readonly t = inject(TEXT);
  private readonly store = inject(ReachabilityStore);
  private readonly next = inject(NextCheck);
  private readonly allowlist = inject(AllowlistStore);
  private readonly locale = inject(HOST).locale;

  protected readonly groups = GROUPS;
  protected readonly group = keptChoice('roll-ups', GROUPS);
  protected readonly isOpen = signal(false);

  /** Features by title, rules by host and port. What the list does not have any more keeps its id. */
  private readonly names = computed(() => {
    const everything = this.allowlist.everything();
    return new Map<string, string>(
      (everything ? rowsOf(everything) : []).flatMap(({ feature, rule, host, port }) => [
        [`features ${feature.id}`, feature.title],
        [`rules ${rule.id}`, `${host}:${port}`],
      ]),
    );
  });

  private readonly all = computed((): readonly Row[] => {
    const group = this.group();
    const run = this.store.ownRun();
    if (run === undefined || this.store.isRunning()) return [];
    const rollUps = rollUpsOf(run, this.next.facts(), this.store.ownFindings());
    const titles = new Map(this.store.ownFindings().map(({ id, title }) => [id, say(title, this.t)]));
    return rollUps[group].map(({ id, counts, findings }) => ({
      name: this.names().get(`${group} ${id}`) ?? id,
      counts: COUNTS.map(kind => counts[kind]),
      findings: findings.flatMap(each => titles.get(each) ?? []),
    }));
  });
  protected readonly view = new TableView<Row>({
    name: 'roll-ups',
    items: this.all,
    columns: () => [
      {
        ...{ id: 'name', title: this.t(`overview.rollUps.${this.group()}`), width: '32%' },
        text: ({ name }) => name,
      },
      ...COUNTS.map((kind, place) => ({
        ...{ id: kind, title: this.t(`overview.rollUps.${kind}`), isNumber: true as const },
        text: ({ counts }: Row) => this.number(counts[place] ?? 0),
        key: ({ counts }: Row) => counts[place] ?? 0,
      })),
      {
        ...{ id: 'findings', title: this.t('finding.heading'), width: '32%' },
        text: ({ findings }) => findings.join(' '),
        facet: ({ findings }) => findings,
      },
    ],
  });

  protected number(count: number): string {
    return count.toLocaleString(this.locale);
  }
}
