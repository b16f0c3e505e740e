import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { CLOUDS } from '../../cluster/cluster';
import { HostNameComponent } from '../../ui/host-name.component';
import { TEXT } from '../../ui/text';
import type { AllowlistRow } from '../list/allowlist';
import { type Edition, notNode } from '../catalog/catalog';
import { correctionText } from '../list/correction-text';
import { mistakeText } from '../list/rule-facts';
import { RuleReasonComponent } from './rule-reason.component';
import { sourceAddress } from '../catalog/source-address';

interface Line {
  readonly row: AllowlistRow;
  readonly clouds: string;
  /** What sets it apart, in a word or two each. */
  readonly badges: readonly string[];
  readonly correction: string | undefined;
  /** What works instead of a published mistake. */
  readonly mistake: string | undefined;
  readonly section: string;
  readonly address: string | undefined;
}

/** The rules of one feature. On narrow screens each rule becomes a card with the column names as labels. */
@Component({
  selector: 'oc-rule-table',
  imports: [HostNameComponent, RuleReasonComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './rule-table.component.html',
  styleUrl: './rule-table.component.css',
})
export class RuleTableComponent {
  protected readonly t = inject(TEXT);
  /** The table's accessible name. */
  readonly caption = input.required<string>();
  readonly rows = input.required<readonly AllowlistRow[]>();
  readonly edition = input.required<Edition>();

  protected readonly lines = computed(() => this.rows().map(row => this.line(row)));

  private line(row: AllowlistRow): Line {
    const [origin] = row.use.origins;
    const source = origin && this.edition().sources[origin.source];
    return {
      row,
      clouds: CLOUDS.every(cloud => row.clouds.includes(cloud))
        ? this.t('allowlist.cloud.all')
        : row.clouds.map(cloud => this.t(`common.cloud.${cloud}`)).join(', '),
      badges: [
        ...(row.state === undefined ? [] : [this.t(`allowlist.state.${row.state.kind}`)]),
        ...[notNode(row.connects)]
          .flatMap(other => other ?? [])
          .map(other => this.t(`allowlist.badge.${other}`)),
        ...(row.bypassInspection ? [this.t('allowlist.badge.inspection')] : []),
      ],
      correction: correctionText(row, this.t),
      mistake: mistakeText(row, this.t),
      section: origin?.section ?? '',
      address: source && sourceAddress(source),
    };
  }
}
