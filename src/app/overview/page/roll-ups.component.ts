import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { rowsOf } from '../../allowlist/list/allowlist';
import { AllowlistStore } from '../../allowlist/state/allowlist.store';
import { rollUpsOf } from '../../reachability/finding/roll-up';
import { say } from '../../reachability/finding/say';
import { ReachabilityStore } from '../../reachability/state/reachability.store';
import { StackedTableComponent } from '../../ui/tables/stacked-table.component';
import { TEXT } from '../../ui/words/text';
import { HOST } from '../../wac/host';
import { ListTextDirective } from '../../allowlist/page/list-text.directive';

const GROUPS = ['features', 'nodes', 'rules'] as const;
type Group = (typeof GROUPS)[number];

/** What the results of each feature, node or rule come to, and which findings explain its failures. */
@Component({
  selector: 'oc-roll-ups',
  imports: [StackedTableComponent, ListTextDirective],
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
        <div class="frame" tabindex="0" role="region" [attr.aria-label]="t('overview.rollUps')">
          <table class="oc-table" oc-stacked>
            <thead>
              <tr>
                <th scope="col">{{ t('overview.rollUps.' + group()) }}</th>
                <th scope="col">{{ t('overview.rollUps.reachable') }}</th>
                <th scope="col">{{ t('overview.rollUps.notProven') }}</th>
                <th scope="col">{{ t('overview.rollUps.failed') }}</th>
                <th scope="col">{{ t('overview.rollUps.notTested') }}</th>
                <th scope="col">{{ t('finding.heading') }}</th>
              </tr>
            </thead>
            <tbody>
              @for (row of rows(); track row.id) {
                <tr>
                  <th scope="row" [ocListText]="row.name"></th>
                  @for (count of row.counts; track $index) {
                    <td>{{ count }}</td>
                  }
                  <td>
                    <ul>
                      @for (finding of row.findings; track finding) {
                        <li>{{ finding }}</li>
                      }
                    </ul>
                  </td>
                </tr>
              }
            </tbody>
          </table>
        </div>
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
    .frame {
      max-block-size: 60vh;
      margin-block-start: var(--spacingVerticalS);
      overflow: auto;
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    th[scope='row'] {
      overflow-wrap: anywhere;
    }
  `,
})
export class RollUpsComponent {
  protected readonly t = inject(TEXT);
  private readonly store = inject(ReachabilityStore);
  private readonly allowlist = inject(AllowlistStore);
  private readonly locale = inject(HOST).locale;

  protected readonly groups = GROUPS;
  protected readonly group = signal<Group>('features');
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

  protected readonly rows = computed(() => {
    const group = this.group();
    const run = this.store.run();
    if (run === undefined || this.store.isRunning()) return [];
    const rollUps = rollUpsOf(run, this.store.facts(), this.store.findings());
    const titles = new Map(this.store.findings().map(({ id, title }) => [id, say(title, this.t)]));
    return rollUps[group].map(({ id, counts, findings }) => ({
      id,
      name: this.names().get(`${group} ${id}`) ?? id,
      counts: [counts.reachable, counts.notProven, counts.failed, counts.notTested].map(count =>
        count.toLocaleString(this.locale),
      ),
      findings: findings.flatMap(each => titles.get(each) ?? []),
    }));
  });
}
