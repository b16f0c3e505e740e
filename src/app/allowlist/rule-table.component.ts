import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { CLOUDS } from '../cluster/cluster';
import { TEXT } from '../ui/text';
import type { AllowlistRow } from './allowlist';
import type { Source } from './catalog';
import { correctionText } from './correction-text';
import { RuleReasonComponent } from './rule-reason.component';
import { sourceAddress } from './source-address';

interface Line {
  readonly row: AllowlistRow;
  readonly clouds: string;
  readonly correction: string | undefined;
  readonly section: string;
  readonly address: string | undefined;
}

/** The rules of one feature. On narrow screens each rule becomes a card with the column names as labels. */
@Component({
  selector: 'oc-rule-table',
  imports: [RuleReasonComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './rule-table.component.html',
  styleUrl: './rule-table.component.css',
})
export class RuleTableComponent {
  protected readonly t = inject(TEXT);
  /** The table's accessible name. */
  readonly caption = input.required<string>();
  readonly rows = input.required<readonly AllowlistRow[]>();
  readonly sources = input.required<Readonly<Record<string, Source>>>();

  protected readonly lines = computed(() => this.rows().map(row => this.line(row)));

  private line(row: AllowlistRow): Line {
    const [origin] = row.use.origins;
    const source = origin && this.sources()[origin.source];
    return {
      row,
      clouds: CLOUDS.every(cloud => row.clouds.includes(cloud))
        ? this.t('allowlist.cloud.all')
        : row.clouds.map(cloud => this.t(`common.cloud.${cloud}`)).join(', '),
      correction: correctionText(row, this.t),
      section: origin?.section ?? '',
      address: source && sourceAddress(source),
    };
  }
}
