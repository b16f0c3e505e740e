import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  model,
} from '@angular/core';
import { SourceLinkComponent } from '../allowlist/page/source-link.component';
import type { Column } from '../ui/tables/view/column';
import { HeadingRowComponent } from '../ui/tables/view/heading-row.component';
import type { Sorting } from '../ui/tables/sorting';
import { StackedTableComponent } from '../ui/tables/stacked-table.component';
import { TEXT } from '../ui/words/text';
import type { ChangeLine } from './change-lines';

/** So many come with each press. */
const MORE = 100;

/** The doors that differ in one way; cards on narrow screens, like the rules themselves. */
@Component({
  selector: 'oc-change-table',
  imports: [HeadingRowComponent, SourceLinkComponent, StackedTableComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table
      class="oc-table"
      oc-stacked
      [narrow]="1024"
      [attr.aria-label]="caption()"
      [attr.aria-rowcount]="left() > 0 ? lines().length + 1 : null"
    >
      <thead>
        <tr oc-heading-row [columns]="columns()" [(sorting)]="sorting"></tr>
      </thead>
      <tbody>
        @for (line of drawn(); track $index) {
          <tr>
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
          </tr>
        }
      </tbody>
    </table>
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
  readonly columns = input.required<readonly Column<ChangeLine>[]>();
  /** Tables of one comparison are sorted alike. */
  readonly sorting = model.required<Sorting>();
  /** Begins anew with other lines. */
  protected readonly count = linkedSignal({
    source: () => ({ lines: this.lines(), most: this.most() }),
    computation: ({ most }) => most,
  });
  protected readonly drawn = computed(() => this.lines().slice(0, this.count()));
  protected readonly left = computed(() => this.lines().length - this.drawn().length);
  protected readonly next = computed(() => Math.min(MORE, this.left()));
}
