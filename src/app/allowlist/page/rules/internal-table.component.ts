import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { SortHeadingComponent } from '../../../ui/tables/sort-heading.component';
import { ariaSort, sortedBy, type Sorting } from '../../../ui/tables/sorting';
import { StackedTableComponent } from '../../../ui/tables/stacked-table.component';
import { TEXT } from '../../../ui/words/text';
import { type Edition, type InternalRule, REQUIREMENTS } from '../../catalog/catalog';
import { SourceLinkComponent } from '../source-link.component';
import { ListTextDirective } from '../list-text.directive';

function keyOf(rule: InternalRule, column: string): string | number {
  switch (column) {
    case 'from':
    case 'to':
    case 'protocol':
    case 'purpose':
      return rule[column].toLowerCase();
    // By the first one; rules without a port come last.
    case 'ports':
      return parseInt(rule.ports[0] ?? '', 10) || Infinity;
    case 'requirement':
      return REQUIREMENTS.indexOf(rule.requirement);
    default:
      return rule.group.toLowerCase();
  }
}

/** Rules for traffic inside the network, with who opens the connection and to whom. */
@Component({
  selector: 'oc-internal-table',
  imports: [SortHeadingComponent, SourceLinkComponent, StackedTableComponent, ListTextDirective],
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

  protected readonly sorting = signal<Sorting>('');
  protected readonly ariaSort = ariaSort;
  protected readonly sorted = computed(() => sortedBy(this.rules(), this.sorting(), keyOf));

  protected label(column: (typeof this.columns)[number]): string {
    return this.t(`allowlist.internal.${column}`);
  }
}
