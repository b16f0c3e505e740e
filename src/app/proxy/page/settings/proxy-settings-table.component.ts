import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { Node } from '../../../cluster/cluster';
import { tabText } from '../../../export/text/csv';
import { CopyButtonComponent } from '../../../ui/copy-button.component';
import { StackedTableComponent } from '../../../ui/tables/stacked-table.component';
import { TEXT } from '../../../ui/words/text';
import { TIMES } from '../../../ui/words/times';
import { LAYERS } from '../../setting/layers/layers';
import type { ProxyRow } from '../../state/proxy.store';
import { cellText, layerCells, ownersOf } from './layer-cells';

/** What each node has now, layer by layer; what is not as on other nodes, or as in other layers, is marked. */
@Component({
  selector: 'oc-proxy-settings-table',
  imports: [CopyButtonComponent, StackedTableComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './proxy-settings-table.component.html',
  styles: `
    .scroll {
      overflow: auto;
      /* The form stays near, however many nodes there are. */
      max-block-size: max(24rem, 70vh);
    }
    thead th {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
      background: var(--colorNeutralBackground1);
    }
    td {
      min-inline-size: 6.5rem;
      overflow-wrap: anywhere;
    }
    td:last-child {
      min-inline-size: 11rem;
    }
    .oc-badge {
      margin-inline-start: var(--spacingHorizontalXS);
      white-space: normal;
    }
    p {
      margin: 0;
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

  protected readonly layers = LAYERS;
  protected readonly lines = computed(() =>
    this.rows().map(row => ({ row, cells: layerCells(this.t, row), owners: ownersOf(this.t, row) })),
  );
  /** The same table for a spreadsheet or a message. */
  protected readonly copied = computed(() => {
    const heads = [
      this.t('proxy.column.node'),
      ...LAYERS.map(name => this.t(`proxy.layer.${name}`)),
      this.t('proxy.layer.owner'),
      this.t('proxy.column.module'),
      this.t('proxy.column.state'),
    ];
    const records = this.lines().map(({ row, cells, owners }) => [
      row.node.name,
      ...cells.map(cell => cellText(this.t, cell)),
      owners.join('. '),
      this.moduleText(row),
      this.stateText(row),
    ]);
    return tabText([heads, ...records]);
  });

  protected moduleText({ reading }: ProxyRow): string {
    if (reading.at !== 'read') return this.t('proxy.unknown');
    return reading.setting.moduleVersion ?? this.t('proxy.module.missing');
  }

  private stateText({ node, reading }: ProxyRow): string {
    if (reading.at === 'failed') return this.t(`proxy.failure.${reading.failure.code}`, node.name);
    if (reading.at === 'read' && !reading.setting.readable) return this.t('proxy.reading.unreadable');
    return this.t(`proxy.reading.${reading.at}`);
  }

  protected time(when: Date): string {
    return this.times.clock(when);
  }

  protected askInstall(node: Node): void {
    if (!this.disabled()) this.install.emit(node);
  }
}
