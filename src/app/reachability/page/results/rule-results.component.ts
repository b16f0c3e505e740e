import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Navigation } from '../../../ui/navigation';
import { TEXT } from '../../../ui/words/text';
import { matrixRows } from '../../run/matrix';
import { ReachabilityStore } from '../../state/reachability.store';
import { agreementsOf, silentNodes } from '../../view/agreement';
import { scopeText } from './scope-text';
import { VerdictMarkComponent } from './verdict-mark.component';

/** What the run that is shown found of one rule, and the way to its results. */
@Component({
  selector: 'oc-rule-results',
  imports: [VerdictMarkComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h3>{{ t('reachability.rule.title') }}</h3>
    @if (lines().length > 0) {
      <ul>
        @for (line of lines(); track line.door) {
          <li>
            <bdi dir="ltr">{{ line.door }}</bdi>
            @for (cell of line.cells; track $index) {
              <span class="cell"
                ><oc-verdict-mark [verdict]="cell.verdict" />
                <span class="scope">{{ cell.scope }}</span></span
              >
            }
          </li>
        }
      </ul>
      <p>
        <button type="button" class="oc-link" (click)="show()">{{ t('reachability.rule.show') }}</button>
      </p>
    } @else {
      <p>{{ t(nothing()) }}</p>
    }
  `,
  styles: `
    ul {
      margin-block: 0 var(--spacingVerticalXS);
      padding: 0;
      list-style: none;
    }
    .cell {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--spacingHorizontalS);
    }
    .scope {
      color: var(--colorNeutralForeground2);
    }
    li {
      overflow-wrap: anywhere;
    }
  `,
})
export class RuleResultsComponent {
  protected readonly t = inject(TEXT);
  private readonly store = inject(ReachabilityStore);
  private readonly navigation = inject(Navigation);

  /** Id of a rule of the list. */
  readonly rule = input.required<string>();

  private readonly rows = computed(() => {
    const run = this.store.run();
    return run ? matrixRows(run) : [];
  });
  /** Why nothing is said of the rule. */
  protected readonly nothing = computed(() => {
    if (this.store.run() !== undefined) return 'reachability.rule.untried';
    return this.store.isReading() ? 'reachability.state.reading' : 'reachability.rule.none';
  });
  protected readonly lines = computed(() => {
    const names = this.store.run()?.nodes.map(({ node }) => node.name) ?? [];
    const silent = silentNodes(this.rows());
    return this.rows()
      .filter(({ entry }) => entry.rules.includes(this.rule()))
      .map(row => ({
        door: row.door,
        cells: agreementsOf(row, silent).map(agreement => ({
          verdict: agreement.verdict,
          scope: scopeText(this.t, agreement, names),
        })),
      }));
  });

  protected show(): void {
    this.navigation.go({ tab: 'reachability', rule: this.rule() });
  }
}
