import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { TEXT } from '../ui/words/text';
import type { ChangeLine } from './change-lines';

/** The doors that differ in one way; cards on narrow screens, like the rules themselves. */
@Component({
  selector: 'oc-change-table',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table class="oc-table" role="table" [attr.aria-label]="caption()">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">{{ t('allowlist.column.host') }}</th>
          <th role="columnheader" scope="col">{{ t('allowlist.column.port') }}</th>
          <th role="columnheader" scope="col">{{ t('allowlist.column.protocol') }}</th>
          <th role="columnheader" scope="col">{{ t('changes.column.what') }}</th>
          <th role="columnheader" scope="col">{{ t('changes.column.why') }}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        @for (line of lines(); track $index) {
          <tr role="row">
            <th class="host" role="rowheader" scope="row" [attr.data-label]="t('allowlist.column.host')">
              <code>{{ line.host }}</code>
            </th>
            <td role="cell" [attr.data-label]="t('allowlist.column.port')">{{ line.port }}</td>
            <td role="cell" [attr.data-label]="t('allowlist.column.protocol')">
              {{ t('allowlist.protocol.' + line.protocol) }}
            </td>
            <td class="purpose" role="cell" [attr.data-label]="t('changes.column.what')">
              <div>
                @for (what of line.what; track $index) {
                  <p>{{ what }}</p>
                }
              </div>
            </td>
            <td class="purpose" role="cell" [attr.data-label]="t('changes.column.why')">
              <div>
                @for (reason of line.reasons; track $index) {
                  <p>
                    {{ reason.text }}
                    @if (reason.source; as source) {
                      @if (source.address) {
                        <a [href]="source.address" target="_blank" rel="noopener noreferrer"
                          >{{ source.title
                          }}<span class="oc-visually-hidden">{{ t('allowlist.newTab') }}</span></a
                        >
                      } @else {
                        {{ source.title }}
                      }
                    }
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
  styleUrl: '../ui/tables/card-table.css',
})
export class ChangeTableComponent {
  protected readonly t = inject(TEXT);
  /** The table's accessible name. */
  readonly caption = input.required<string>();
  readonly lines = input.required<readonly ChangeLine[]>();
}
