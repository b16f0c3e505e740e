import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  untracked,
} from '@angular/core';
import { LineTemplate } from '../../ui/tables/in-view/line-template';
import { LineTableComponent } from '../../ui/tables/view/line-table.component';
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
  imports: [LineTableComponent, LineTemplate],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="oc-notice" [attr.data-state]="outcome().state">
      <p>{{ outcome().text }}</p>
      @if (view.all().length > 0) {
        <oc-line-table
          [view]="view"
          [name]="t('ownRules.import.report')"
          [narrow]="400"
          [scrolls]="true"
          [isEven]="true"
        >
          <ng-template [ocLineOf]="view.all()" let-row>
            <th scope="row" class="oc-number">{{ row.line }}</th>
            <td>{{ row.became }}</td>
            <td [title]="row.text">{{ row.text }}</td>
          </ng-template>
        </oc-line-table>
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
    oc-line-table {
      --room: 16rem;
      --room-as-list: 16rem;
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
