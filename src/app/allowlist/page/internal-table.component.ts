import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { StackedTableComponent } from '../../ui/tables/stacked-table.component';
import { TEXT } from '../../ui/words/text';
import type { Edition, InternalRule } from '../catalog/catalog';
import { SourceLinkComponent } from './source-link.component';
import { ListTextDirective } from './list-text.directive';

/** Rules for traffic inside the network, with who opens the connection and to whom. */
@Component({
  selector: 'oc-internal-table',
  imports: [SourceLinkComponent, StackedTableComponent, ListTextDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './internal-table.component.html',
  styles: `
    :host {
      display: block;
      position: relative;
    }
    p {
      margin-block: 0 var(--spacingVerticalXXS);
    }
    .purpose {
      min-inline-size: 14rem;
    }
    .correction {
      color: var(--colorNeutralForeground2);
      font-size: var(--fontSizeBase200);
      overflow-wrap: anywhere;
    }
    [data-requirement='required'] {
      border-color: var(--colorBrandStroke1);
      font-weight: var(--fontWeightSemibold);
    }
  `,
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
