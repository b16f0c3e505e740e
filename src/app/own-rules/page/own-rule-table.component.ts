import {
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { tabText } from '../../export/text/csv';
import { HostNameComponent } from '../../ui/host-name.component';
import { isNarrowerThan } from '../../ui/tables/narrower-than';
import { type Column, sortedByColumn } from '../../ui/tables/view/column';
import { HeadingRowComponent } from '../../ui/tables/view/heading-row.component';
import { LineTemplate } from '../../ui/tables/in-view/line-template';
import { LongBodyComponent } from '../../ui/tables/in-view/long-body.component';
import { longRows } from '../../ui/tables/in-view/long-rows';
import { MANY_ROWS } from '../../ui/tables/in-view/rows-in-view';
import { hostKey, type Sorting } from '../../ui/tables/sorting';
import { TEXT } from '../../ui/words/text';
import { REQUIREMENTS } from '../../allowlist/catalog/catalog';
import { RulesLookComponent } from '../../allowlist/page/rules/rules-look.component';
import { RULE_WIDTHS } from '../../allowlist/page/rules/rule-widths';
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

/** Of one line, px. */
const HEIGHT = { line: 45, stacked: 116 } as const;

/** The own rules with their buttons; a list on narrow screens, like the published ones. */
@Component({
  selector: 'oc-own-rule-table',
  imports: [HeadingRowComponent, HostNameComponent, LineTemplate, LongBodyComponent, RulesLookComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table
      oc-rules
      [name]="t('ownRules.title')"
      [count]="rules().length"
      [isMany]="many()"
      [isList]="stacked()"
    >
      <thead role="rowgroup">
        <tr
          oc-heading-row
          [columns]="columns"
          [sorting]="sorting()"
          [inTabOrder]="false"
          [isPlain]="stacked()"
          (sortingChange)="sort.emit($event)"
        ></tr>
      </thead>
      <tbody #body oc-long-body [rows]="long" [height]="height()" [span]="columns.length">
        <!-- By place: a row that was edited stays the same element, so the focus can return to its button. -->
        <ng-template [ocLineOf]="rules()" let-each let-index="index">
          <tr
            role="row"
            [style.block-size.px]="many() ? height() : null"
            [attr.aria-rowindex]="many() ? index + 2 : null"
            [class.chosen]="each === here()"
            (click)="here.set(each)"
            (focusin)="come(each, index)"
          >
            <th class="host" role="rowheader" scope="row" [title]="each.rule.host">
              <code><oc-host-name [host]="each.rule.host" /></code>
            </th>
            <td role="cell" class="port">{{ each.rule.port }}</td>
            <td role="cell" class="protocol">
              {{ t('allowlist.protocol.' + each.rule.protocol) }}
            </td>
            <td role="cell" class="requirement">
              <span class="oc-badge" [attr.data-requirement]="each.rule.requirement">{{
                t('common.requirement.' + each.rule.requirement)
              }}</span>
            </td>
            <td class="purpose" role="cell" [title]="each.rule.purpose">
              <bdi>{{ each.rule.purpose }}</bdi>
            </td>
            <td role="cell" class="actions">
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
        </ng-template>
      </tbody>
    </table>
  `,
  styles: `
    :host {
      display: block;
      position: relative;
    }
    .buttons {
      display: flex;
      gap: var(--spacingHorizontalXS);
    }
  `,
})
export class OwnRuleTableComponent {
  protected readonly t = inject(TEXT);
  /** Those that the published rules have, too, sort; what only those have keeps the own ones in their order. */
  protected readonly columns: readonly Column<PlacedRule>[] = [
    this.column(
      'host',
      ({ rule }) => rule.host,
      ({ rule }) => hostKey(rule.host),
    ),
    this.column(
      'port',
      ({ rule }) => `${rule.port}`,
      ({ rule }) => rule.port,
    ),
    this.column(
      'protocol',
      ({ rule }) => this.t(`allowlist.protocol.${rule.protocol}`),
      ({ rule }) => rule.protocol,
    ),
    this.column(
      'requirement',
      ({ rule }) => this.t(`common.requirement.${rule.requirement}`),
      ({ rule }) => REQUIREMENTS.indexOf(rule.requirement),
    ),
    this.column('purpose', ({ rule }) => rule.purpose),
    {
      ...{ id: 'actions', title: this.t('ownRules.column.actions'), sorts: false },
      width: '16rem',
    },
  ];
  readonly rules = input.required<readonly PlacedRule[]>();
  readonly sorting = input<Sorting>('');
  readonly sort = output<Sorting>();
  private readonly sorted = computed(() => sortedByColumn(this.rules(), this.sorting(), this.columns));
  /** So many that only those in view are drawn. */
  protected readonly many = computed(() => this.rules().length > MANY_ROWS / 2);
  protected readonly stacked = isNarrowerThan(760);
  protected readonly height = computed(() => (this.stacked() ? HEIGHT.stacked : HEIGHT.line));
  /** Where the reader is: that row stays. */
  protected readonly at = signal(0);
  /** The rule that was clicked or reached last: it is the one to copy. */
  protected readonly here = signal<PlacedRule | undefined>(undefined);
  private readonly body = viewChild<unknown, ElementRef<HTMLElement>>('body', { read: ElementRef });
  protected readonly long = longRows({
    items: this.sorted,
    isMany: this.many,
    height: this.height,
    body: () => this.body()?.nativeElement,
    pinned: () => (this.many() ? this.at() : undefined),
  });
  readonly edit = output<RuleRequest>();
  readonly remove = output<RuleRequest>();

  /** The rule where the reader is, to paste into a spreadsheet; '' where there is none. */
  readonly copiedLine = (): string => {
    const here = this.here();
    return here === undefined || !this.rules().includes(here)
      ? ''
      : tabText([this.columns.flatMap(({ text }) => text?.(here) ?? [])]).trimEnd();
  };

  protected come(rule: PlacedRule, index: number): void {
    this.at.set(index);
    this.here.set(rule);
  }

  private column(
    id: string,
    text: (placed: PlacedRule) => string,
    key?: (placed: PlacedRule) => string | number,
  ): Column<PlacedRule> {
    const width = RULE_WIDTHS[id];
    return {
      ...{ id, title: this.t(`allowlist.column.${id}`), text },
      ...(key === undefined ? { sorts: false } : { key }),
      ...(width !== undefined && { width }),
    };
  }
}
