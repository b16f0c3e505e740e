import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import type { Node } from '../../cluster/cluster';
import { StackedTableComponent } from '../../ui/tables/stacked-table.component';
import { TEXT } from '../../ui/words/text';
import { TIMES } from '../../ui/words/times';
import type { ProxyRow } from '../state/proxy.store';

/** What each node has now. */
@Component({
  selector: 'oc-proxy-settings-table',
  imports: [StackedTableComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './proxy-settings-table.component.html',
  styles: `
    .scroll {
      overflow-x: auto;
    }
    td {
      min-inline-size: 7rem;
      overflow-wrap: anywhere;
    }
    td:last-child {
      min-inline-size: 12rem;
    }
    p {
      margin: 0;
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    [aria-disabled='true'] {
      opacity: 0.6;
      cursor: not-allowed;
    }
  `,
})
export class ProxySettingsTableComponent {
  readonly rows = input.required<readonly ProxyRow[]>();
  readonly disabled = input(false);
  readonly install = output<Node>();
  protected readonly t = inject(TEXT);
  private readonly times = inject(TIMES);

  protected time(when: Date): string {
    return this.times.clock(when);
  }

  protected askInstall(node: Node): void {
    if (!this.disabled()) this.install.emit(node);
  }
}
