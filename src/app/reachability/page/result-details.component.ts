import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { TEXT } from '../../ui/text';
import { HOST } from '../../wac/host';
import { ownerOf } from '../verdict/causes';
import { displayName } from '../verdict/distinguished-name';
import type { ProbeResult } from '../verdict/probe-result';
import { RunAgainComponent } from './run-again.component';
import { VerdictMarkComponent } from './verdict-mark.component';

/** Everything that is known of one result, what it means and what to do. */
@Component({
  selector: 'oc-result-details',
  imports: [RunAgainComponent, VerdictMarkComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './result-details.component.html',
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
      container-type: inline-size;
    }
    .heading {
      display: flex;
      align-items: flex-start;
      justify-content: space-between;
      gap: var(--spacingHorizontalS);
    }
    h2,
    dd,
    td {
      overflow-wrap: anywhere;
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr));
      gap: var(--spacingVerticalS) var(--spacingHorizontalL);
      margin-block: var(--spacingVerticalM);
    }
    dt {
      font-weight: var(--fontWeightSemibold);
    }
    dd {
      margin: 0;
    }
    .wide {
      grid-column: 1 / -1;
    }
    /* Too narrow for four columns: each step's detail goes below its row, and nothing scrolls sideways. */
    @container (max-width: 24rem) {
      table {
        display: grid;
        grid-template-columns: auto 1fr auto;
      }
      thead,
      tbody,
      tr {
        display: grid;
        grid-column: 1 / -1;
        grid-template-columns: subgrid;
      }
      caption {
        grid-column: 1 / -1;
      }
      tr > :last-child {
        grid-column: 1 / -1;
        padding-block-start: 0;
      }
      tr > :not(:last-child) {
        border-block-end: 0;
      }
      td:empty {
        padding-block: 0;
      }
    }
  `,
})
export class ResultDetailsComponent {
  protected readonly t = inject(TEXT);
  private readonly locale = inject(HOST).locale;

  readonly result = input.required<ProbeResult>();
  readonly dismiss = output();

  protected readonly owner = computed(() => ownerOf(this.result().cause, this.result().route.kind));
  /** With a proxy the first two steps are the proxy's. */
  protected readonly steps = computed(() => {
    const { phases, route } = this.result();
    return phases.map(step => ({
      ...step,
      ms: step.ms.toLocaleString(this.locale, { maximumFractionDigits: 1 }),
      label: this.t(`reachability.details.phase.${stepKey(step.phase, route.kind === 'proxy')}`),
    }));
  });
  protected readonly certificate = computed(() => {
    const { certificate } = this.result();
    return (
      certificate && [
        { key: 'subject', text: certificate.subject },
        { key: 'issuer', text: displayName(certificate.issuer) },
        { key: 'root', text: displayName(certificate.root) },
        ...(certificate.recognizedBy === undefined
          ? []
          : [
              {
                key: 'recognizedBy',
                text: this.t(`reachability.details.recognizedBy.${certificate.recognizedBy}`),
              },
            ]),
        ...(certificate.product === undefined ? [] : [{ key: 'product', text: certificate.product }]),
        { key: 'notAfter', text: this.date(certificate.notAfter) },
      ]
    );
  });

  protected date(iso: string): string {
    return iso === ''
      ? ''
      : new Date(iso).toLocaleString(this.locale, { dateStyle: 'medium', timeStyle: 'medium' });
  }
}

function stepKey(phase: string, viaProxy: boolean): string {
  if (!viaProxy) return phase;
  return { name: 'proxyName', connect: 'proxyConnect' }[phase] ?? phase;
}
