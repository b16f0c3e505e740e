import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { HostNameComponent } from '../../ui/host-name.component';
import { TEXT } from '../../ui/text';
import type { OwnRule } from '../rules/own-rule';

/** A rule and its place among all own rules. */
export interface PlacedRule {
  readonly rule: OwnRule;
  readonly index: number;
}

/** What the administrator asked for, and the button that said so. */
export interface RuleRequest {
  readonly index: number;
  readonly button: HTMLElement;
}

/** The own rules with their buttons; cards on narrow screens, like the published ones. */
@Component({
  selector: 'oc-own-rule-table',
  imports: [HostNameComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table class="oc-table" role="table" [attr.aria-label]="t('ownRules.title')">
      <thead role="rowgroup">
        <tr role="row">
          @for (column of columns; track column) {
            <th role="columnheader" scope="col">{{ t('allowlist.column.' + column) }}</th>
          }
          <th role="columnheader" scope="col">{{ t('ownRules.column.actions') }}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <!-- By place: a row that was edited stays the same element, so the focus can return to its button. -->
        @for (each of rules(); track $index) {
          <tr role="row">
            <th class="host" role="rowheader" scope="row" [attr.data-label]="t('allowlist.column.host')">
              <code><oc-host-name [host]="each.rule.host" /></code>
            </th>
            <td role="cell" [attr.data-label]="t('allowlist.column.port')">{{ each.rule.port }}</td>
            <td role="cell" [attr.data-label]="t('allowlist.column.protocol')">
              {{ t('allowlist.protocol.' + each.rule.protocol) }}
            </td>
            <td role="cell" [attr.data-label]="t('allowlist.column.requirement')">
              <span class="oc-badge" [attr.data-requirement]="each.rule.requirement">{{
                t('common.requirement.' + each.rule.requirement)
              }}</span>
            </td>
            <td class="purpose" role="cell" [attr.data-label]="t('allowlist.column.purpose')">
              <bdi>{{ each.rule.purpose }}</bdi>
            </td>
            <td role="cell" [attr.data-label]="t('ownRules.column.actions')">
              <div class="buttons">
                <button
                  #editButton
                  type="button"
                  class="oc-button"
                  aria-haspopup="dialog"
                  (click)="edit.emit({ index: each.index, button: editButton })"
                >
                  {{ t('ownRules.edit')
                  }}<span class="oc-visually-hidden"> {{ each.rule.host }}:{{ each.rule.port }}</span>
                </button>
                <button
                  #removeButton
                  type="button"
                  class="oc-button"
                  (click)="remove.emit({ index: each.index, button: removeButton })"
                >
                  {{ t('ownRules.remove')
                  }}<span class="oc-visually-hidden"> {{ each.rule.host }}:{{ each.rule.port }}</span>
                </button>
              </div>
            </td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styleUrl: '../../allowlist/page/rule-table.component.css',
  styles: `
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: var(--spacingHorizontalXS);
    }
  `,
})
export class OwnRuleTableComponent {
  protected readonly t = inject(TEXT);
  protected readonly columns = ['host', 'port', 'protocol', 'requirement', 'purpose'] as const;
  readonly rules = input.required<readonly PlacedRule[]>();
  readonly edit = output<RuleRequest>();
  readonly remove = output<RuleRequest>();
}
