import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { StackedTableComponent } from '../../ui/tables/stacked-table.component';
import { TEXT } from '../../ui/words/text';
import { TIMES } from '../../ui/words/times';
import { DOWNLOADS } from '../../wac/platform';
import { type HistoryEntry, historyJson, outcomeOf } from '../change/history';

/** Every change that the nodes keep, whoever made it and wherever; each can be gone back to. */
@Component({
  selector: 'oc-proxy-history',
  imports: [StackedTableComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <details>
      <summary>{{ t('proxy.history.heading', entries().length) }}</summary>
      <p class="oc-hint">{{ t('proxy.history.hint') }}</p>
      <div class="scroll" role="region" tabindex="0" [attr.aria-label]="t('proxy.history.table')">
        <table class="oc-table" oc-stacked>
          <thead>
            <tr>
              <th scope="col">{{ t('proxy.history.when') }}</th>
              <th scope="col">{{ t('proxy.history.who') }}</th>
              <th scope="col">{{ t('proxy.history.what') }}</th>
              <th scope="col">{{ t('proxy.history.outcome') }}</th>
              <th scope="col">{{ t('proxy.history.actions') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (entry of entries(); track entry.change) {
              <tr>
                <th scope="row">{{ time(entry) }}</th>
                <td>{{ entry.who || t('proxy.unknown') }}</td>
                <td>
                  <p>{{ t('proxy.history.kind.' + (entry.kind ?? 'unknown')) }}</p>
                  <p class="oc-hint">
                    {{ t('proxy.history.from-to', from(entry), entry.to || t('proxy.setting.none')) }}
                  </p>
                </td>
                <td>
                  @for (item of entry.nodes; track item.node.fqdn) {
                    <p>
                      {{ t('proxy.history.outcome.' + outcomeOf(item.record), item.node.name) }}
                    </p>
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
                    [attr.aria-disabled]="disabled()"
                    (click)="ask(entry)"
                  >
                    {{ t('proxy.history.go-back', time(entry)) }}
                  </button>
                  <button type="button" class="oc-button" (click)="save(entry)">
                    {{ t('proxy.history.export', time(entry)) }}
                  </button>
                </td>
              </tr>
            }
          </tbody>
        </table>
      </div>
    </details>
  `,
  styles: `
    .scroll {
      overflow-x: auto;
    }
    td {
      overflow-wrap: anywhere;
    }
    p {
      margin: 0;
    }
  `,
})
export class ProxyHistoryComponent {
  readonly entries = input.required<readonly HistoryEntry[]>();
  readonly disabled = input(false);
  readonly goBack = output<HistoryEntry>();

  protected readonly t = inject(TEXT);
  private readonly times = inject(TIMES);
  private readonly downloads = inject(DOWNLOADS, { optional: true });

  protected readonly outcomeOf = outcomeOf;

  protected time(entry: HistoryEntry): string {
    return this.times.moment(entry.when) || entry.change;
  }

  protected from({ from }: HistoryEntry): string {
    return from.map(text => text || this.t('proxy.setting.none')).join(' | ');
  }

  protected ask(entry: HistoryEntry): void {
    if (!this.disabled()) this.goBack.emit(entry);
  }

  protected save(entry: HistoryEntry): void {
    const fileName = `proxy-change-${entry.change.replace(/[^0-9A-Za-z-]/g, '')}.json`;
    this.downloads?.save({ fileName, mime: 'application/json', text: historyJson(entry) });
  }
}
