import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { Node } from '../../../cluster/cluster';
import { RawWordsComponent } from '../../../ui/raw-words.component';
import { LineTemplate } from '../../../ui/tables/in-view/line-template';
import { LineTableComponent } from '../../../ui/tables/view/line-table.component';
import { TableView } from '../../../ui/tables/view/table-view';
import { TEXT } from '../../../ui/words/text';
import { TIMES } from '../../../ui/words/times';
import { ValueTextComponent } from '../../../ui/value-text.component';
import { LAYERS } from '../../setting/layers/layers';
import type { ProxyRow } from '../../state/proxy.store';
import { cellText, type LayerCell, layerCells, ownersOf } from './layer-cells';

interface Line {
  readonly row: ProxyRow;
  readonly cells: readonly LayerCell[];
  readonly owners: readonly string[];
}

/** What each node has now, layer by layer; what is not as on other nodes, or as in other layers, is marked. */
@Component({
  selector: 'oc-proxy-settings-table',
  imports: [LineTableComponent, LineTemplate, RawWordsComponent, ValueTextComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './proxy-settings-table.component.html',
  styles: `
    /* The form stays near, however many nodes there are; of a list the command bar leads to it. */
    oc-line-table {
      --room: max(24rem, 70vh);
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
  /** Why nothing may be started; the buttons stay in the tab order so that focus is not lost. '' when it may. */
  readonly waits = input('');
  readonly install = output<Node>();
  protected readonly t = inject(TEXT);
  private readonly times = inject(TIMES);

  protected readonly layers = LAYERS;
  private readonly lines = computed(() =>
    this.rows().map(row => ({ row, cells: layerCells(this.t, row), owners: ownersOf(this.t, row) })),
  );
  protected readonly view = new TableView<Line>({
    name: 'proxy-settings',
    items: this.lines,
    columns: () => [
      { id: 'node', title: this.t('proxy.column.node'), text: ({ row }) => row.node.name },
      ...LAYERS.map((name, place) => ({
        ...{ id: name, title: this.t(`proxy.layer.${name}`) },
        text: ({ cells }: Line) => {
          const cell = cells[place];
          return cell === undefined ? '' : cellText(this.t, cell);
        },
        facet: ({ cells }: Line) => [cells[place]?.text ?? ''],
      })),
      {
        ...{ id: 'owner', title: this.t('proxy.layer.owner') },
        ...{ text: ({ owners }) => owners.join('. '), facet: ({ owners }) => owners },
      },
      {
        ...{ id: 'module', title: this.t('proxy.column.module') },
        ...{ text: ({ row }) => this.moduleText(row), facet: ({ row }) => [this.moduleText(row)] },
      },
      {
        ...{ id: 'state', title: this.t('proxy.column.state') },
        ...{ text: ({ row }) => this.stateText(row), facet: ({ row }) => [this.stateText(row)] },
      },
    ],
  });

  protected readonly isLoading = ({ row }: Line): boolean => row.reading.at === 'loading';

  protected moduleText({ reading }: ProxyRow): string {
    if (reading.at !== 'read') return this.t('proxy.unknown');
    return reading.setting.moduleVersion ?? this.t('proxy.module.missing');
  }

  private stateText({ node, reading }: ProxyRow): string {
    if (reading.at === 'failed') return this.t(`proxy.failure.${reading.failure.code}`, node.name);
    if (reading.at === 'read' && !reading.setting.readable) return this.t('proxy.reading.unreadable');
    if (reading.at === 'read' && reading.setting.untold !== undefined) return this.t('proxy.reading.untold');
    return this.t(`proxy.reading.${reading.at}`);
  }

  protected time(when: Date): string {
    return this.times.clock(when);
  }

  protected askInstall(node: Node): void {
    if (this.waits() === '') this.install.emit(node);
  }
}
