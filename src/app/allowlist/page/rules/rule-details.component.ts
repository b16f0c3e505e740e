import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { CLOUDS } from '../../../cluster/cluster';
import { RuleResultsComponent } from '../../../reachability/page/results/rule-results.component';
import { CopyButtonComponent } from '../../../ui/copy-button.component';
import { TEXT } from '../../../ui/words/text';
import type { AllowlistRow } from '../../list/allowlist';
import type { Edition } from '../../catalog/catalog';
import { doorName } from '../../catalog/door';
import { apexOf, isWildcard } from '../../catalog/host-pattern';
import { badgesOf } from '../../list/rule/rule-badges';
import { ruleFacts } from '../../list/rule/rule-facts';
import { SourceLinkComponent } from '../source-link.component';
import { ListTextDirective } from '../list-text.directive';

/** Everything that is known of a rule: its purpose, every place where it stands, what to know before opening it, its results. */
@Component({
  selector: 'oc-rule-details',
  imports: [CopyButtonComponent, RuleResultsComponent, SourceLinkComponent, ListTextDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './rule-details.component.html',
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    .badges {
      display: flex;
      flex-wrap: wrap;
      gap: var(--spacingVerticalXXS) var(--spacingHorizontalXS);
    }
    dl {
      margin-block: var(--spacingVerticalS);
    }
    dt {
      font-weight: var(--fontWeightSemibold);
    }
    dd {
      margin: 0 0 var(--spacingVerticalS);
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li + li {
      margin-block-start: var(--spacingVerticalXS);
    }
  `,
})
export class RuleDetailsComponent {
  protected readonly t = inject(TEXT);
  readonly row = input.required<AllowlistRow>();
  readonly edition = input.required<Edition>();

  /** The name that the wildcard leaves out. */
  protected readonly apex = computed(() => apexOf(this.row().host));
  protected readonly wildcard = computed(() => isWildcard(this.row().host));
  protected readonly badges = computed(() => badgesOf(this.row(), this.t));
  protected readonly facts = computed(() => ruleFacts(this.row(), this.edition(), this.t));
  protected readonly clouds = computed(() => {
    const { clouds } = this.row();
    return CLOUDS.every(cloud => clouds.includes(cloud))
      ? this.t('allowlist.cloud.all')
      : clouds.map(cloud => this.t(`common.cloud.${cloud}`)).join(', ');
  });
  /** What the owner's part of the name is or asks for. */
  protected readonly placeholder = computed(() => {
    const { use, placeholderState, rule } = this.row();
    if (use.placeholder === undefined) return undefined;
    return placeholderState === 'open'
      ? this.t(`allowlist.answer.open.${use.placeholder.name}`)
      : this.t(`allowlist.answer.filled.${use.placeholder.name}`, rule.host);
  });
  /** For a ticket or a mail. */
  protected readonly asText = computed(() => {
    const row = this.row();
    const facts = this.facts().map(({ label, text }) => `${label}: ${text}`);
    return [
      `${doorName(row)} – ${this.t(`common.requirement.${row.requirement}`)}`,
      row.purpose,
      ...facts,
    ].join('\r\n');
  });

  protected names(known: readonly { readonly host: string }[]): string {
    return known.map(each => each.host).join(', ');
  }
}
