import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TEXT } from '../../ui/text';
import type { AllowlistRow } from '../list/allowlist';
import type { Edition } from '../catalog/catalog';
import { apexOf, isWildcard } from '../catalog/host-pattern';
import { ruleFacts } from '../list/rule-facts';
import { SourceLinkComponent } from './source-link.component';

/** Why a rule is in the list: every place where it stands, what stands there, and what to know before opening it. */
@Component({
  selector: 'oc-rule-reason',
  imports: [SourceLinkComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './rule-reason.component.html',
  styles: `
    details {
      font-size: var(--fontSizeBase200);
    }
    summary {
      inline-size: fit-content;
      color: var(--colorBrandForegroundLink);
      cursor: pointer;
    }
    p {
      margin-block: 0 var(--spacingVerticalXXS);
    }
    dl {
      margin-block: 0 var(--spacingVerticalXS);
    }
    dt {
      font-weight: var(--fontWeightSemibold);
    }
    dd {
      margin: 0 0 var(--spacingVerticalXXS);
      overflow-wrap: anywhere;
    }
    ul {
      margin: 0;
      padding-inline-start: var(--spacingHorizontalL);
    }
  `,
})
export class RuleReasonComponent {
  protected readonly t = inject(TEXT);
  readonly row = input.required<AllowlistRow>();
  readonly edition = input.required<Edition>();

  /** The name that the wildcard leaves out. */
  protected readonly apex = computed(() => apexOf(this.row().host));
  protected readonly wildcard = computed(() => isWildcard(this.row().host));
  protected readonly facts = computed(() => ruleFacts(this.row(), this.edition(), this.t));

  protected names(known: readonly { readonly host: string }[]): string {
    return known.map(each => each.host).join(', ');
  }
}
