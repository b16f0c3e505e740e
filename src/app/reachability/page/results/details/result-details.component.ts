import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { AllowlistRow } from '../../../../allowlist/list/allowlist';
import { CopyButtonComponent } from '../../../../ui/copy-button.component';
import { StackedTableComponent } from '../../../../ui/tables/stacked-table.component';
import { TEXT } from '../../../../ui/words/text';
import { TIMES } from '../../../../ui/words/times';
import { HOST } from '../../../../wac/host';
import { ownerOf } from '../../../verdict/causes';
import { displayName } from '../../../verdict/certificates/distinguished-name';
import { familyOf } from '../../../plan/family';
import { hopLine } from '../../../run/follow-up/hop-words';
import type { NodeAddresses } from '../../../run/names';
import type { Hop } from '../../../run/follow-up/redirect-chain';
import { hasNoIpv6 } from '../../../verdict/other-family';
import type { ObservedPhase } from '../../../probe/observation';
import { saidOf } from '../../../probe/own-words';
import type { ProbeResult } from '../../../verdict/probe-result';
import { isFailure } from '../../../verdict/verdicts';
import { RunAgainComponent } from '../../runs/run-again.component';
import { EndpointWaysComponent } from './endpoint-ways.component';
import { VerdictMarkComponent, verdictWord } from '../verdict-mark.component';

/** Everything that is known of one result, what it means and what to do. */
@Component({
  selector: 'oc-result-details',
  imports: [
    CopyButtonComponent,
    EndpointWaysComponent,
    RunAgainComponent,
    StackedTableComponent,
    VerdictMarkComponent,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './result-details.component.html',
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
      container-type: inline-size;
    }
    .again {
      display: flex;
      flex-wrap: wrap;
      margin-inline-start: calc(-1 * var(--spacingHorizontalS));
    }
    caption {
      text-align: start;
    }
    .time {
      white-space: nowrap;
    }
    .verdict {
      font-weight: var(--fontWeightSemibold);
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    ol {
      margin: 0;
      padding-inline-start: var(--spacingHorizontalXL);
    }
    dd p {
      margin: 0;
    }
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
  private readonly times = inject(TIMES);

  readonly result = input.required<ProbeResult>();
  /** The rules of the list that the endpoint stands for; one that was removed from the list since is missing. */
  readonly rules = input.required<readonly AllowlistRow[]>();
  /** Nodes with the same verdict, whose measurements can be shown. */
  readonly nodes = input.required<readonly string[]>();
  /** What each node finds for the host; empty where it was not asked. */
  readonly found = input<readonly NodeAddresses[]>([]);
  readonly resolvers = input<readonly string[]>([]);
  /** Where its redirects lead, from the node that is shown. */
  readonly chain = input<readonly Hop[]>([]);
  readonly openRule = output<string>();
  readonly showNode = output<string>();

  protected readonly ruleLinks = computed(() =>
    this.result().rules.map(id => {
      const rows = this.rules().filter(({ rule }) => rule.id === id);
      const [row] = rows;
      const features = [...new Set(rows.map(({ feature }) => feature.title))].join(', ');
      return row === undefined
        ? { id, isListed: false, text: id }
        : { id, isListed: true, text: `${row.host}:${row.port} – ${features}` };
    }),
  );

  protected readonly addressLabel = computed(() =>
    this.t(`reachability.details.addresses${this.result().route.kind === 'proxy' ? '.proxy' : ''}`),
  );

  /** All addresses of the name on the shown node, and what other nodes find where that is something else. */
  protected readonly names = computed(() => {
    const { node } = this.result();
    const own = this.found().find(each => each.node === node)?.addresses ?? [];
    const others = this.found().filter(
      each => each.node !== node && !each.addresses.some(address => own.includes(address)),
    );
    return {
      all: [...own].sort((a, b) => Number(a.includes(':')) - Number(b.includes(':'))).join(', '),
      others: own.length === 0 ? [] : others.map(each => `${each.node}: ${each.addresses.join(', ')}`),
    };
  });

  /** The same endpoint by the other family of addresses, where the name has both. */
  protected readonly otherFamily = computed(() => {
    const { otherFamily: other } = this.result();
    if (other === undefined) return this.untriedFamily();
    const { address, verdict, cause } = other;
    const family = familyOf(address);
    const kind = hasNoIpv6(other) ? 'none' : 'fails';
    const more = isFailure(verdict)
      ? [
          this.t(`reachability.cause.${cause}.meaning`),
          this.t(`reachability.details.family.${kind}.${family}`),
        ]
      : [];
    return { family, address, verdict, more };
  });

  private untriedFamily() {
    const { route, phases, node } = this.result();
    const connect = phases.find(({ phase }) => phase === 'connect');
    if (route.kind !== 'direct' || connect?.outcome !== 'ok' || connect.detail === '') return undefined;
    const own = familyOf(connect.detail);
    const found = this.found().find(each => each.node === node)?.addresses ?? [];
    const address = found.find(each => familyOf(each) !== own);
    if (address === undefined) return undefined;
    const more = [this.t('reachability.details.family.untried')];
    return { family: familyOf(address), address, verdict: 'not-tested' as const, more };
  }

  protected readonly hops = computed(() =>
    this.chain().map(hop => ({ line: hopLine(hop, this.t), more: this.aboutHop(hop) })),
  );
  protected readonly owner = computed(() => ownerOf(this.result().cause, this.result().route.kind));
  protected readonly slow = computed(() => {
    const { slow, phases, route } = this.result();
    if (slow === undefined) return undefined;
    const seconds = (ms: number): string =>
      (ms / 1000).toLocaleString(this.locale, { maximumFractionDigits: 1 });
    const step = this.t(`reachability.details.phase.${stepKey(slow.step, route.kind === 'proxy')}`);
    const whole = phases.reduce((sum, { ms }) => sum + ms, 0);
    return this.t('reachability.details.slow.text', seconds(whole), step, seconds(slow.ms));
  });
  /** With a proxy the first two steps are the proxy's. */
  protected readonly steps = computed(() => {
    const { phases, route } = this.result();
    return phases.map(step => ({
      ...step,
      ms: step.ms.toLocaleString(this.locale, { maximumFractionDigits: 1 }),
      label: this.t(`reachability.details.phase.${stepKey(step.phase, route.kind === 'proxy')}`),
      outcome: this.t(`reachability.details.outcome.${step.outcome}`),
      detail: this.detailOf(step),
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

  /** For a ticket or a mail. */
  protected readonly asText = computed(() => {
    const result = this.result();
    const way = this.t(`reachability.details.route.${result.route.kind}`, result.route.proxy ?? '');
    return [
      this.t(
        'reachability.cell',
        `${result.host}:${result.port}`,
        result.node,
        verdictWord(this.t, result.verdict),
      ),
      this.t(`reachability.cause.${result.cause}.meaning`),
      this.t(`reachability.cause.${result.cause}.action`),
      ...(this.slow() === undefined ? [] : [`${this.t('reachability.details.slow')}: ${this.slow() ?? ''}`]),
      `${this.t('reachability.details.route')}: ${way}`,
      ...this.steps().map(step => `${step.label}: ${step.ms} ms ${step.outcome} ${step.detail}`.trimEnd()),
      ...(result.addresses.length === 0 ? [] : [`${this.addressLabel()}: ${result.addresses.join(', ')}`]),
      ...this.familyText(),
      ...this.hops().map(({ line }) => `${this.t('reachability.hops')}: ${line}`),
      ...(result.startedAt === ''
        ? []
        : [`${this.t('reachability.details.startedAt')}: ${result.startedAt}`]),
    ].join('\r\n');
  });

  private detailOf(step: Pick<ObservedPhase, 'detail'>): string {
    const { words, remark } = saidOf(step);
    return [words, remark === undefined ? '' : this.t(`reachability.details.remark.${remark}`)]
      .filter(text => text !== '')
      .join('; ');
  }

  private familyText(): readonly string[] {
    const other = this.otherFamily();
    if (other === undefined) return [];
    const label = this.t(`reachability.details.family.${other.family}`);
    return [`${label}: ${other.address}, ${verdictWord(this.t, other.verdict)}`];
  }

  /** Why a host to which a redirect leads is not reached, and what to do. */
  private aboutHop({ result, refused }: Hop): readonly string[] {
    if (refused !== undefined) return [];
    if (result === undefined) return [this.t('reachability.hop.untried.hint')];
    if (!isFailure(result.verdict)) return [];
    return ['meaning', 'action'].map(part => this.t(`reachability.cause.${result.cause}.${part}`));
  }

  protected date(iso: string): string {
    return this.times.moment(iso);
  }
}

function stepKey(phase: string, viaProxy: boolean): string {
  if (!viaProxy) return phase;
  return { name: 'proxyName', connect: 'proxyConnect' }[phase] ?? phase;
}
