import { ChangeDetectionStrategy, Component, computed, inject, input, model } from '@angular/core';
import { SourceLinkComponent } from '../allowlist/page/source-link.component';
import { SortHeadingComponent } from '../ui/tables/sort-heading.component';
import { ariaSort, hostKey, sortedBy, type Sorting } from '../ui/tables/sorting';
import { StackedTableComponent } from '../ui/tables/stacked-table.component';
import { TEXT } from '../ui/words/text';
import type { ChangeLine } from './change-lines';

function keyOf(line: ChangeLine, column: string): string | number {
  switch (column) {
    case 'port':
      return line.port;
    case 'protocol':
      return line.protocol;
    case 'what':
      return line.what.join(' ');
    case 'why':
      return line.reasons.map(({ text }) => text).join(' ');
    default:
      return hostKey(line.host);
  }
}

/** The doors that differ in one way; cards on narrow screens, like the rules themselves. */
@Component({
  selector: 'oc-change-table',
  imports: [SortHeadingComponent, SourceLinkComponent, StackedTableComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table class="oc-table" oc-stacked [narrow]="1024" [attr.aria-label]="caption()">
      <thead>
        <tr>
          @for (column of columns; track column.id) {
            <th scope="col" [attr.aria-sort]="ariaSort(sorting(), column.id)">
              <oc-sort-heading [column]="column.id" [sorting]="sorting()" (sort)="sorting.set($event)">{{
                column.title
              }}</oc-sort-heading>
            </th>
          }
        </tr>
      </thead>
      <tbody>
        @for (line of sorted(); track $index) {
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
  /** Tables of one comparison are sorted alike. */
  readonly sorting = model<Sorting>('');

  protected readonly ariaSort = ariaSort;
  protected readonly columns = [
    { id: 'host', title: this.t('allowlist.column.host') },
    { id: 'port', title: this.t('allowlist.column.port') },
    { id: 'protocol', title: this.t('allowlist.column.protocol') },
    { id: 'what', title: this.t('changes.column.what') },
    { id: 'why', title: this.t('changes.column.why') },
  ];
  protected readonly sorted = computed(() => sortedBy(this.lines(), this.sorting(), keyOf));
}
