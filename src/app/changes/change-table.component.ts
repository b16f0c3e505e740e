import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal } from '@angular/core';
import { SourceLinkComponent } from '../allowlist/page/source-link.component';
import { LineTemplate } from '../ui/tables/in-view/line-template';
import { LineTableComponent } from '../ui/tables/view/line-table.component';
import type { TableView } from '../ui/tables/view/table-view';
import type { TableToolsComponent } from '../ui/tables/view/table-tools.component';
import { TEXT } from '../ui/words/text';
import type { ChangeLine } from './change-lines';

/** So many come with each press. */
const MORE = 100;

/** The doors that differ in one way; cards on narrow screens, like the rules themselves. */
@Component({
  selector: 'oc-change-table',
  imports: [LineTableComponent, LineTemplate, SourceLinkComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <oc-line-table
      [view]="view()"
      [tools]="tools()"
      [name]="caption()"
      [items]="drawn()"
      [count]="lines().length"
      [narrow]="1024"
    >
      <ng-template [ocLineOf]="lines()" let-line>
        <th class="host" scope="row">
          <code>{{ line.host }}</code>
        </th>
        <td>{{ line.port }}</td>
        <td>
          {{ t('allowlist.protocol.' + line.protocol) }}
        </td>
        <td class="purpose">
          <div>
            @for (what of line.what; track $index) {
              <p>{{ what }}</p>
            }
          </div>
        </td>
        <td class="purpose">
          <div>
            @for (reason of line.reasons; track $index) {
              <p>
                <span [attr.lang]="reason.isEnglish ? 'en' : null">{{ reason.text }}</span>&ngsp;
                <oc-source-link [source]="reason.source" />
              </p>
            } @empty {
              <p>{{ t('changes.noReason') }}</p>
            }
          </div>
        </td>
      </ng-template>
    </oc-line-table>
    @if (left() > 0) {
      <button
        type="button"
        class="oc-button"
        [attr.aria-label]="t('changes.more.name', next(), left(), caption())"
        (click)="count.set(count() + next())"
      >
        {{ t('changes.more', next(), left()) }}
      </button>
    }
  `,
  styles: `
    :host {
      display: block;
      position: relative;
    }
    p {
      margin-block: 0 var(--spacingVerticalXXS);
    }
    .host,
    .purpose {
      min-inline-size: 12rem;
      font-weight: var(--fontWeightRegular);
    }
  `,
})
export class ChangeTableComponent {
  protected readonly t = inject(TEXT);
  /** The table's accessible name. */
  readonly caption = input.required<string>();
  readonly lines = input.required<readonly ChangeLine[]>();
  /** So many are drawn at first: each is as high as its reasons, so what is out of view cannot be left out. */
  readonly most = input(Infinity);
  /** Of all tables of one comparison: they are sorted alike, and have the same tools. */
  readonly view = input.required<TableView<ChangeLine>>();
  readonly tools = input.required<TableToolsComponent<ChangeLine>>();
  /** Begins anew with other lines. */
  protected readonly count = linkedSignal({
    source: () => ({ lines: this.lines(), most: this.most() }),
    computation: ({ most }) => most,
  });
  protected readonly drawn = computed(() => this.lines().slice(0, this.count()));
  protected readonly left = computed(() => this.lines().length - this.drawn().length);
  protected readonly next = computed(() => Math.min(MORE, this.left()));
}
