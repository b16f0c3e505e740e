import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { HostNameComponent } from '../../../ui/host-name.component';
import { isNarrowerThan } from '../../../ui/tables/narrower-than';
import { type Column, sortedByColumn } from '../../../ui/tables/view/column';
import { HeadingRowComponent } from '../../../ui/tables/view/heading-row.component';
import { LineTemplate } from '../../../ui/tables/in-view/line-template';
import { LongBodyComponent } from '../../../ui/tables/in-view/long-body.component';
import { longRows } from '../../../ui/tables/in-view/long-rows';
import { hostKey, type Sorting } from '../../../ui/tables/sorting';
import { TEXT } from '../../../ui/words/text';
import { REQUIREMENTS } from '../../catalog/catalog';
import type { AllowlistRow } from '../../list/allowlist';
import { blocksOf } from '../../list/rule/blocks-of';
import { RULE_COLUMNS } from '../../list/rule/rule-columns';
import { badgesOf } from '../../list/rule/rule-badges';
import { RulesLookComponent } from './rules-look.component';
import { RULE_WIDTHS } from './rule-widths';

interface Line {
  readonly row: AllowlistRow;
  /** Of what opens the details: their heading. One host may have several rules. */
  readonly name: string;
  readonly blocks: string;
  /** What sets it apart, in a word or two each. */
  readonly badges: readonly string[];
}

const LAST = '\uffff';

const KEYS: Readonly<Record<(typeof RULE_COLUMNS)[number], (line: Line) => string | number>> = {
  host: ({ row }) => hostKey(row.host),
  port: ({ row }) => row.port,
  protocol: ({ row }) => row.protocol,
  requirement: ({ row }) => REQUIREMENTS.indexOf(row.requirement),
  // Those that have nothing to say come last.
  blocks: ({ blocks }) => blocks || LAST,
  state: ({ badges }) => badges.join() || LAST,
};

/** Of one line, px: where many rules are shown, the place of each is known without laying it out. */
const HEIGHT = { line: 37, stacked: 92 } as const;

/**
 * The rules of one feature, a line each; what is known of a rule beyond that stands in the details pane. One tab stop,
 * arrow keys inside. On narrow screens a list.
 */
@Component({
  selector: 'oc-rule-table',
  imports: [HeadingRowComponent, HostNameComponent, LineTemplate, LongBodyComponent, RulesLookComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './rule-table.component.html',
  styles: `
    :host {
      display: block;
      position: relative;
    }
    tbody tr {
      cursor: pointer;
    }
  `,
  host: { '[class.stacked]': 'stacked()' },
})
export class RuleTableComponent {
  protected readonly t = inject(TEXT);
  private readonly injector = inject(Injector);
  /** Too narrow for columns. */
  protected readonly stacked = isNarrowerThan(760);
  private readonly body = viewChild<unknown, ElementRef<HTMLElement>>('body', { read: ElementRef });
  protected readonly columns: readonly Column<Line>[] = RULE_COLUMNS.map(id => ({
    ...{ id, title: this.t(`allowlist.column.${id}`), key: KEYS[id] },
    ...(RULE_WIDTHS[id] !== undefined && { width: RULE_WIDTHS[id] }),
  }));

  /** The table's accessible name. */
  readonly caption = input.required<string>();
  readonly rows = input.required<readonly AllowlistRow[]>();
  /** The page shows so many rules that only those in view are drawn. */
  readonly many = input(false);
  /** Id of the row whose details are shown. */
  readonly chosen = input<string>();
  readonly sorting = input<Sorting>('');
  readonly choose = output<AllowlistRow>();
  readonly sort = output<Sorting>();

  protected readonly lines = computed(() =>
    sortedByColumn(
      this.rows().map(row => this.line(row)),
      this.sorting(),
      this.columns,
    ),
  );
  /** Where the reader is: index of the row that Tab reaches. */
  protected readonly at = signal(0);
  protected readonly current = computed(() => Math.min(this.at(), Math.max(0, this.lines().length - 1)));
  protected readonly height = computed(() => (this.stacked() ? HEIGHT.stacked : HEIGHT.line));
  protected readonly long = longRows({
    items: this.lines,
    isMany: this.many,
    height: this.height,
    body: () => this.body()?.nativeElement,
    pinned: this.current,
  });

  protected move(event: KeyboardEvent): void {
    const last = this.lines().length - 1;
    const at = this.current();
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.focusRow(Math.min(last, Math.max(0, next)));
  }

  /** Brings the first row of a rule into view and gives it the focus. False when the table has none. */
  reveal(rule: string): boolean {
    const index = this.lines().findIndex(({ row }) => row.rule.id === rule);
    if (index >= 0) this.focusRow(index);
    return index >= 0;
  }

  private focusRow(index: number): void {
    this.at.set(index);
    afterNextRender(
      () => {
        this.body()?.nativeElement.querySelector<HTMLElement>('button[tabindex="0"]')?.focus();
      },
      { injector: this.injector },
    );
  }

  private line(row: AllowlistRow): Line {
    const { what } = blocksOf(row);
    return {
      row,
      name: this.t('allowlist.details.title', row.host, row.port, row.feature.title),
      blocks: what.map(each => this.t(`allowlist.blocks.${each}`)).join(', '),
      badges: badgesOf(row, this.t),
    };
  }
}
