import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { LineTemplate } from '../../ui/tables/in-view/line-template';
import { LineTableComponent } from '../../ui/tables/view/line-table.component';
import { TableView } from '../../ui/tables/view/table-view';
import { ValueTextComponent } from '../../ui/value-text.component';
import { TEXT } from '../../ui/words/text';
import { TIMES } from '../../ui/words/times';
import { DOWNLOADS } from '../../wac/platform';
import { type HistoryEntry, historyJson, outcomeOf } from '../change/history';

/** Every change that the nodes keep, whoever made it and wherever; each can be gone back to. */
@Component({
  selector: 'oc-proxy-history',
  imports: [LineTableComponent, LineTemplate, ValueTextComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <details>
      <summary>{{ t('proxy.history.heading', entries().length) }}</summary>
      <p class="oc-hint">
        {{ t('proxy.history.hint') }}
        @if (readAt(); as at) {
          {{ t('proxy.summary.read-at', times.clock(at)) }}
        }
      </p>
      @if (waits(); as text) {
        <p class="oc-hint">{{ text }}</p>
      }
      <oc-line-table [view]="view" [name]="t('proxy.history.table')" [scrolls]="true">
        <ng-template [ocLineOf]="view.all()" let-entry>
          <th scope="row">{{ time(entry) }}</th>
          <td>
            <!-- prettier-ignore -->
            <bdi>@for (part of whoParts(entry); track $index) {{{ part }}<wbr />}</bdi>
          </td>
          <td>
            <p>{{ kind(entry) }}</p>
            <p class="oc-hint" ocValueText [text]="way(entry)"></p>
          </td>
          <td>
            @for (item of entry.nodes; track item.node.fqdn) {
              <p>{{ t('proxy.history.outcome.' + outcomeOf(item.record), item.node.name) }}</p>
              @if (item.record.trouble; as trouble) {
                <p>
                  <span aria-hidden="true">!</span>
                  {{ t('proxy.history.trouble.' + trouble, item.node.name) }}
                </p>
              }
            }
          </td>
          <td>
            <button
              type="button"
              class="oc-button"
              [attr.aria-disabled]="waits() !== ''"
              (click)="ask(entry)"
            >
              {{ t('proxy.history.go-back', time(entry)) }}
            </button>
            <button type="button" class="oc-button" (click)="save(entry)">
              {{ t('proxy.history.export', time(entry)) }}
            </button>
          </td>
        </ng-template>
      </oc-line-table>
    </details>
  `,
  styles: `
    td {
      min-inline-size: 8.5rem;
      overflow-wrap: anywhere;
    }
    p {
      margin: 0;
    }
    td > button {
      margin-block: var(--spacingVerticalXXS);
    }
  `,
})
export class ProxyHistoryComponent {
  readonly entries = input.required<readonly HistoryEntry[]>();
  /** When the nodes were asked. */
  readonly readAt = input<Date>();
  /** Why nothing may be started; the buttons stay in the tab order so that focus is not lost. '' when it may. */
  readonly waits = input('');
  readonly goBack = output<HistoryEntry>();

  protected readonly t = inject(TEXT);
  protected readonly times = inject(TIMES);
  private readonly downloads = inject(DOWNLOADS, { optional: true });

  protected readonly outcomeOf = outcomeOf;
  protected readonly view = new TableView<HistoryEntry>({
    name: 'proxy-history',
    items: this.entries,
    columns: () => [
      {
        ...{ id: 'when', title: this.t('proxy.history.when') },
        ...{ text: entry => this.time(entry), key: entry => -this.entries().indexOf(entry) },
      },
      {
        ...{ id: 'who', title: this.t('proxy.history.who') },
        ...{ text: entry => this.who(entry), facet: entry => [this.who(entry)] },
      },
      {
        ...{ id: 'what', title: this.t('proxy.history.what') },
        text: entry => `${this.kind(entry)}. ${this.way(entry)}`,
        facet: entry => [this.kind(entry)],
      },
      {
        ...{ id: 'outcome', title: this.t('proxy.history.outcome') },
        text: entry => this.outcomes(entry).join('. '),
        facet: entry => this.outcomes(entry),
      },
      { id: 'actions', title: this.t('proxy.history.actions'), sorts: false },
    ],
  });

  protected who({ who }: HistoryEntry): string {
    return who || this.t('proxy.unknown');
  }

  /** A line may end after the domain, never in a word of the name. */
  protected whoParts(entry: HistoryEntry): readonly string[] {
    return this.who(entry).split(/(?<=\\)/);
  }

  protected kind({ kind }: HistoryEntry): string {
    return this.t(`proxy.history.kind.${kind ?? 'unknown'}`);
  }

  protected way(entry: HistoryEntry): string {
    if (entry.kind === undefined) return this.t('proxy.unknown');
    return this.t('proxy.history.from-to', this.from(entry), this.stateText(entry.to));
  }

  protected outcomes({ nodes }: HistoryEntry): readonly string[] {
    return nodes.flatMap(({ node, record }) => [
      this.t(`proxy.history.outcome.${outcomeOf(record)}`, node.name),
      ...(record.trouble ? [this.t(`proxy.history.trouble.${record.trouble}`, node.name)] : []),
    ]);
  }

  protected time(entry: HistoryEntry): string {
    return this.times.moment(entry.when) || entry.change;
  }

  /** As the change noted it: '?' where the setting could not be understood. */
  private stateText(text: string): string {
    return text === '?' ? this.t('proxy.setting.unreadable') : text || this.t('proxy.setting.none');
  }

  protected from({ from }: HistoryEntry): string {
    return from.map(text => this.stateText(text)).join(' | ');
  }

  protected ask(entry: HistoryEntry): void {
    if (this.waits() === '') this.goBack.emit(entry);
  }

  protected save(entry: HistoryEntry): void {
    const fileName = `proxy-change-${entry.change.replace(/[^0-9A-Za-z-]/g, '')}.json`;
    this.downloads?.save({ fileName, mime: 'application/json', text: historyJson(entry) });
  }
}
