import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { SelectionStore } from '../../allowlist/state/selection.store';
import type { Finding } from '../../reachability/finding/finding';
import type { RunState } from '../../reachability/run/run';
import { TEXT } from '../../ui/words/text';
import type { Coming } from '../rules/answers';
import { type Proof, proofOf, type WayPart, wayOf } from '../rules/way';

/** As many nodes are named. */
const NAMED = 4;

/** The way of the traffic as a picture whose parts say in words whether it breaks there. */
@Component({
  selector: 'oc-way',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ol aria-labelledby="oc-way">
      @for (part of parts(); track part.station) {
        <li [class.broken]="part.findings > 0">
          <span class="sign" aria-hidden="true">{{
            part.findings > 0 ? '✕' : part.proof === 'proven' ? '✓' : '–'
          }}</span>
          <strong>{{ part.name }}</strong>
          <span class="oc-hint">{{ text(part) }}</span>
        </li>
      }
    </ol>
  `,
  styles: `
    ol {
      display: grid;
      gap: var(--spacingVerticalL);
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      position: relative;
      display: grid;
      grid-template-columns: 1.5rem minmax(0, 1fr);
      align-items: baseline;
      padding: var(--spacingVerticalXS) var(--spacingHorizontalS);
      border: 1px solid var(--colorNeutralStroke1);
      border-radius: var(--borderRadiusMedium);
    }
    li > .oc-hint {
      grid-column: 2;
      overflow-wrap: anywhere;
    }
    /* The line to the next station; where it breaks, a broken one. */
    li:not(:last-child)::after {
      position: absolute;
      inset-block-start: 100%;
      inset-inline-start: 1.2rem;
      block-size: calc(var(--spacingVerticalL) + 1px);
      border-inline-start: 2px solid var(--colorNeutralStroke1);
      content: '';
    }
    .broken {
      border-color: var(--colorStatusDangerBorder2);
      padding-inline-start: calc(var(--spacingHorizontalS) - 3px);
      border-inline-start-width: 4px;
    }
    .broken:not(:last-child)::after {
      border-inline-start-style: dotted;
      border-color: var(--colorStatusDangerBorder2);
    }
    .broken .sign {
      color: var(--colorStatusDangerForeground1);
    }
    .sign {
      font-weight: var(--fontWeightSemibold);
    }
  `,
})
export class WayComponent {
  protected readonly t = inject(TEXT);
  private readonly selection = inject(SelectionStore);

  readonly findings = input.required<readonly Finding[]>();
  /** That is over and explained; undefined before the first. */
  readonly run = input.required<RunState | undefined>();
  /** Why there is none yet; undefined where no check was made. */
  readonly coming = input<Coming>();

  protected readonly parts = computed(() =>
    wayOf(this.findings()).map(part => ({
      ...part,
      proof: this.proof(part),
      name: this.t(
        part.station === 'proxy' && this.selection.arcGateway()
          ? 'overview.way.arcGateway'
          : `overview.way.${part.station}`,
      ),
    })),
  );

  protected text({
    findings,
    endpoints,
    nodes,
    proof,
  }: WayPart & { readonly proof: Proof | 'unknown' }): string {
    if (findings === 0) return this.t((proof === 'unknown' && this.coming()) || `overview.way.${proof}`);
    const names = nodes.length <= NAMED ? nodes.join(', ') : this.t('overview.where.many', nodes.length);
    return this.t('overview.way.broken', endpoints, names);
  }

  private proof({ station }: WayPart): Proof | 'unknown' {
    const run = this.run();
    return run === undefined ? 'unknown' : proofOf(station, run);
  }
}
