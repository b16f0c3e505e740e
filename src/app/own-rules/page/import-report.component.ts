import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  input,
  output,
  untracked,
  viewChild,
} from '@angular/core';
import { cardRows } from '../../ui/tables/in-view/card-rows';
import { GapRowComponent } from '../../ui/tables/in-view/gap-row.component';
import { StackedTableComponent } from '../../ui/tables/stacked-table.component';
import { GroupRowComponent } from '../../ui/tables/view/group-row.component';
import { HeadingRowComponent } from '../../ui/tables/view/heading-row.component';
import { TableToolsComponent } from '../../ui/tables/view/table-tools.component';
import { TableView } from '../../ui/tables/view/table-view';
import { TEXT } from '../../ui/words/text';
import { badRowText, changedRowText } from '../rules/imported';
import type { ImportOutcome } from '../rules/import-outcome';

interface Row {
  /** In the file, from 1. */
  readonly line: number;
  readonly became: string;
  readonly text: string;
}

/** What was not taken of a file, or not as it stood: each row with line and reason, to be copied for whoever wrote the file. */
@Component({
  selector: 'oc-import-report',
  imports: [
    GapRowComponent,
    GroupRowComponent,
    HeadingRowComponent,
    StackedTableComponent,
    TableToolsComponent,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="oc-notice" [attr.data-state]="outcome().state">
      <p>{{ outcome().text }}</p>
      @if (view.all().length > 0) {
        <oc-table-tools [view]="view" [name]="t('ownRules.import.report')" />
        <div class="frame" tabindex="0" role="region" [attr.aria-label]="t('ownRules.import.report')">
          <table
            class="oc-table"
            oc-stacked
            [class.oc-many]="rows.isMany()"
            [narrow]="400"
            [attr.aria-label]="t('ownRules.import.report')"
            [attr.aria-rowcount]="rows.isMany() ? view.lines().length + 1 : null"
          >
            <thead>
              <tr
                oc-heading-row
                [columns]="view.columns()"
                [sorting]="view.sorting()"
                (sortingChange)="view.sort($event)"
              ></tr>
            </thead>
            <tbody #body>
              @for (each of rows.drawn(); track each.index) {
                @if (each.gap > 0) {
                  <tr oc-gap-row [span]="rows.span()" [height]="each.gap * rows.height()"></tr>
                }
                @if (each.item.item; as row) {
                  <tr
                    [style.block-size.px]="rows.own()"
                    [attr.aria-rowindex]="rows.isMany() ? each.index + 2 : null"
                  >
                    <th scope="row" class="oc-number">{{ row.line }}</th>
                    <td>{{ row.became }}</td>
                    <td [title]="row.text">{{ row.text }}</td>
                  </tr>
                } @else if (each.item.group; as group) {
                  <tr
                    oc-group-row
                    [group]="group"
                    [span]="rows.span()"
                    [style.block-size.px]="rows.own()"
                    [attr.aria-rowindex]="rows.isMany() ? each.index + 2 : null"
                  ></tr>
                }
              }
              @if (rows.tail() > 0) {
                <tr oc-gap-row [span]="rows.span()" [height]="rows.tail() * rows.height()"></tr>
              }
            </tbody>
          </table>
        </div>
      }
      <div class="buttons">
        @if (canUndo()) {
          <button type="button" class="oc-button" (click)="undo.emit()">{{ t('ownRules.undo') }}</button>
        }
        <button type="button" class="oc-button" (click)="dismiss.emit()">{{ t('common.close') }}</button>
      </div>
    </div>
  `,
  styles: `
    .frame {
      max-block-size: 16rem;
      margin-block-end: var(--spacingVerticalS);
      overflow-y: auto;
    }
    th,
    td {
      overflow-wrap: anywhere;
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--spacingHorizontalS);
    }
  `,
})
export class ImportReportComponent {
  protected readonly t = inject(TEXT);
  readonly outcome = input.required<ImportOutcome>();
  /** Whether rules were taken, and nothing was changed since. */
  readonly canUndo = input.required<boolean>();
  readonly undo = output();
  readonly dismiss = output();

  private readonly all = computed((): readonly Row[] => {
    const { bad, changed } = this.outcome();
    const [refused, taken] = [this.t('ownRules.import.refused'), this.t('ownRules.import.taken')];
    return [
      ...bad.map(row => ({ line: row.line, became: refused, text: badRowText(row, this.t) })),
      ...changed.map(row => ({ line: row.line, became: taken, text: changedRowText(row, this.t) })),
    ];
  });
  protected readonly view = new TableView<Row>({
    name: 'import',
    items: this.all,
    columns: () => [
      {
        ...{ id: 'line', title: this.t('ownRules.import.column.line'), width: '5rem', isNumber: true },
        text: ({ line }) => String(line),
        key: ({ line }) => line,
      },
      {
        ...{ id: 'became', title: this.t('ownRules.import.column.became'), width: '12rem' },
        text: ({ became }) => became,
        facet: ({ became }) => [became],
      },
      {
        ...{ id: 'why', title: this.t('ownRules.import.column.why') },
        text: ({ text }) => text,
        facet: ({ text }) => [text],
      },
    ],
  });
  private readonly table = viewChild(StackedTableComponent);
  private readonly body = viewChild<ElementRef<HTMLElement>>('body');
  protected readonly rows = cardRows(
    this.view,
    () => this.table(),
    () => this.body()?.nativeElement,
  );

  constructor() {
    // A search of before would hide what the next file was refused for.
    let before: ImportOutcome | undefined;
    effect(() => {
      const outcome = this.outcome();
      if (before !== undefined && before !== outcome) untracked(() => this.view.showAll());
      before = outcome;
    });
  }
}
