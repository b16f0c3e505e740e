import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import type { Column } from '../../../ui/tables/view/column';
import { LineTemplate } from '../../../ui/tables/in-view/line-template';
import { LineTableComponent } from '../../../ui/tables/view/line-table.component';
import { TableView } from '../../../ui/tables/view/table-view';
import { TEXT } from '../../../ui/words/text';
import { type Edition, type InternalRule, REQUIREMENTS } from '../../catalog/catalog';
import { SourceLinkComponent } from '../source-link.component';
import { ListTextDirective } from '../list-text.directive';

/** Rules for traffic inside the network, with who opens the connection and to whom. */
@Component({
  selector: 'oc-internal-table',
  imports: [LineTableComponent, LineTemplate, ListTextDirective, SourceLinkComponent],
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

  protected readonly view = new TableView<InternalRule>({
    name: 'internal',
    items: this.rules,
    columns: () => [
      this.column('group', rule => rule.group, true),
      this.column('from', rule => rule.from, true),
      this.column('to', rule => rule.to, true),
      this.column('protocol', rule => this.t(`allowlist.protocol.${rule.protocol}`), true),
      {
        ...this.column('ports', rule => rule.ports.join(', ')),
        // By the first one; rules without a port come last.
        key: rule => parseInt(rule.ports[0] ?? '', 10) || Infinity,
      },
      {
        ...this.column('requirement', rule => this.t(`common.requirement.${rule.requirement}`), true),
        key: rule => REQUIREMENTS.indexOf(rule.requirement),
      },
      this.column('purpose', rule => `${rule.purpose} ${rule.note ?? ''}`.trim()),
      {
        ...this.column('source', rule =>
          rule.origins
            .map(({ source, section }) => `${this.edition().sources[source]?.title ?? ''} ${section}`)
            .join(', '),
        ),
        sorts: false,
      },
    ],
  });

  private column(id: string, text: (rule: InternalRule) => string, isFacet = false): Column<InternalRule> {
    const title = this.t(`allowlist.internal.${id}`);
    return { id, title, text, ...(isFacet && { facet: rule => [text(rule)] }) };
  }
}
