import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { StackedTableComponent } from '../../ui/tables/stacked-table.component';
import { TEXT } from '../../ui/words/text';
import { LAYERS, type LayerName } from '../setting/layers/layers';
import type { NodeLayers } from '../setting/proxy-setting';
import type { ProxyRow } from '../state/proxy.store';
import { layerText } from './setting-text';

interface LayerCell {
  readonly name: LayerName;
  readonly text: string;
  /** Not as on most nodes. */
  readonly differs: boolean;
  /** WinINet of the machine or of the account, whichever the policy leaves aside. */
  readonly asleep: boolean;
}

/** Every layer in which a node keeps a proxy, side by side. */
@Component({
  selector: 'oc-proxy-layers-table',
  imports: [StackedTableComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="scroll" role="region" tabindex="0" [attr.aria-label]="t('proxy.layers.table')">
      <table class="oc-table" oc-stacked>
        <caption class="oc-visually-hidden">
          {{
            t('proxy.layers.table')
          }}
        </caption>
        <thead>
          <tr>
            <th scope="col">{{ t('proxy.column.node') }}</th>
            @for (name of names; track name) {
              <th scope="col">{{ t('proxy.layer.' + name) }}</th>
            }
            <th scope="col">{{ t('proxy.layer.owner') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.name) {
            <tr>
              <th scope="row">{{ row.name }}</th>
              @for (cell of row.cells; track cell.name) {
                <td>
                  {{ cell.text }}
                  @if (cell.asleep) {
                    <span class="oc-hint">{{ t('proxy.layer.asleep') }}</span>
                  }
                  @if (cell.differs) {
                    <span class="oc-badge">{{ t('proxy.differs') }}</span>
                  }
                </td>
              }
              <td>
                @for (note of row.notes; track note) {
                  <p>{{ note }}</p>
                } @empty {
                  {{ t('proxy.layer.nobody') }}
                }
              </td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styles: `
    .scroll {
      overflow-x: auto;
    }
    td {
      min-inline-size: 7rem;
      overflow-wrap: anywhere;
    }
    p {
      margin: 0;
    }
  `,
})
export class ProxyLayersTableComponent {
  readonly nodes = input.required<readonly ProxyRow[]>();
  protected readonly t = inject(TEXT);
  protected readonly names = LAYERS;

  protected readonly rows = computed(() => {
    const known = this.nodes().flatMap(({ node, reading }) =>
      reading.at === 'read' && reading.setting.node ? [{ name: node.name, told: reading.setting.node }] : [],
    );
    const texts = known.map(({ told }) => LAYERS.map(name => layerText(this.t, told.layers[name])));
    return known.map(({ name, told }, index) => ({
      name,
      notes: this.notesOf(told),
      cells: LAYERS.map((layer, column): LayerCell => {
        const text = texts[index]?.[column] ?? '';
        const same = texts.filter(row => row[column] === text).length;
        const isWinInet = layer === 'machine' || layer === 'account';
        return {
          name: layer,
          text,
          differs: same * 2 <= texts.length,
          asleep: isWinInet && !told.layers[layer].inForce && text !== this.t('proxy.none'),
        };
      }),
    }));
  });

  private notesOf(told: NodeLayers): readonly string[] {
    return [
      ...(told.arcGateway.length > 0 ? [this.t('proxy.owner.arc-gateway')] : []),
      ...told.owners.map(owner => this.t(`proxy.owner.${owner}`)),
    ];
  }
}
