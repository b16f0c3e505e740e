import { ChangeDetectionStrategy, Component, inject, input, model } from '@angular/core';
import { SourceLinkComponent } from '../allowlist/page/source-link.component';
import type { Column } from '../ui/tables/view/column';
import { HeadingRowComponent } from '../ui/tables/view/heading-row.component';
import type { Sorting } from '../ui/tables/sorting';
import { StackedTableComponent } from '../ui/tables/stacked-table.component';
import { TEXT } from '../ui/words/text';
import type { ChangeLine } from './change-lines';

/** The doors that differ in one way; cards on narrow screens, like the rules themselves. */
@Component({
  selector: 'oc-change-table',
  imports: [HeadingRowComponent, SourceLinkComponent, StackedTableComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table class="oc-table" oc-stacked [narrow]="1024" [attr.aria-label]="caption()">
      <thead>
        <tr oc-heading-row [columns]="columns()" [(sorting)]="sorting"></tr>
      </thead>
      <tbody>
        @for (line of lines(); track $index) {
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
  readonly columns = input.required<readonly Column<ChangeLine>[]>();
  /** Tables of one comparison are sorted alike. */
  readonly sorting = model.required<Sorting>();
}
