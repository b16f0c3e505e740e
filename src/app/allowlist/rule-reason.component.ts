import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TEXT } from '../ui/text';
import type { AllowlistRow } from './allowlist';
import type { Origin, Source } from './catalog';
import { apexOf, isWildcard } from './host-pattern';
import { sourceAddress } from './source-address';

interface Place {
  readonly origin: Origin;
  readonly title: string;
  readonly address: string | undefined;
}

/** Why a rule is in the list: every place where it stands, what stands there, and what to know before opening it. */
@Component({
  selector: 'oc-rule-reason',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <details>
      <summary>
        {{ t('allowlist.why') }}<span class="oc-visually-hidden">: {{ row().host }}:{{ row().port }}</span>
      </summary>
      @if (row().risk; as risk) {
        <p class="oc-notice" data-state="warning">{{ risk }}</p>
      }
      @if (row().use.alternative; as alternative) {
        <p>{{ alternative }}</p>
      }
      @if (apex(); as host) {
        <p>{{ t('allowlist.apex', row().host, host) }}</p>
      }
      @if (wildcard()) {
        @if (row().rule.representatives; as known) {
          <p>{{ t('allowlist.representatives', names(known)) }}</p>
        } @else {
          <p>{{ t('allowlist.noRepresentative') }}</p>
        }
      }
      @if (row().rule.note; as note) {
        <p>{{ note.text }}</p>
      }
      <p class="oc-label">{{ t('allowlist.standsIn') }}</p>
      <ul>
        @for (place of places(); track $index) {
          <li>
            @if (place.address) {
              <a [href]="place.address" target="_blank" rel="noopener noreferrer"
                >{{ place.title }}<span class="oc-visually-hidden">{{ t('allowlist.newTab') }}</span></a
              >
            } @else {
              {{ place.title }}
            }
            <br />{{ place.origin.section }}:
            <code>{{ place.origin.asWritten.url }}</code>
            @if (place.origin.asWritten.port; as port) {
              {{ t('allowlist.writtenPort', port) }}
            }
          </li>
        }
      </ul>
    </details>
  `,
  styles: `
    details {
      font-size: var(--fontSizeBase200);
    }
    summary {
      min-block-size: 24px;
      inline-size: fit-content;
      color: var(--colorBrandForegroundLink);
      cursor: pointer;
    }
    p {
      margin-block: 0 var(--spacingVerticalXXS);
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
  readonly sources = input.required<Readonly<Record<string, Source>>>();

  /** The name that the wildcard leaves out. */
  protected readonly apex = computed(() => apexOf(this.row().host));
  protected readonly wildcard = computed(() => isWildcard(this.row().host));
  protected readonly places = computed(() =>
    this.row().use.origins.map((origin): Place => {
      const source = this.sources()[origin.source];
      return { origin, title: this.titleOf(source), address: source && sourceAddress(source) };
    }),
  );

  protected names(known: readonly { readonly host: string }[]): string {
    return known.map(each => each.host).join(', ');
  }

  private titleOf(source: Source | undefined): string {
    if (source === undefined) return '';
    return source.date === undefined
      ? source.title
      : this.t('allowlist.sourceTitle', source.title, source.date);
  }
}
