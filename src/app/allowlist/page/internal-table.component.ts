import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { TEXT } from '../../ui/words/text';
import type { Edition, InternalRule } from '../catalog/catalog';
import { SourceLinkComponent } from './source-link.component';

/** Rules for traffic inside the network, with who opens the connection and to whom. */
@Component({
  selector: 'oc-internal-table',
  imports: [SourceLinkComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './internal-table.component.html',
  styleUrl: '../../ui/tables/card-table.css',
})
export class InternalTableComponent {
  protected readonly t = inject(TEXT);
  readonly rules = input.required<readonly InternalRule[]>();
  readonly edition = input.required<Edition>();

  protected readonly columns = [
    'group',
    'from',
    'to',
    'protocol',
    'ports',
    'requirement',
    'purpose',
    'source',
  ] as const;

  protected label(column: (typeof this.columns)[number]): string {
    return this.t(`allowlist.internal.${column}`);
  }
}
