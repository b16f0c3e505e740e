import { doorName } from '../../../../allowlist/catalog/door';
import { targetsById } from '../../../plan/probe-plan';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { IconComponent } from '../../../../ui/icon.component';
import { TEXT } from '../../../../ui/words/text';
import { TIMES } from '../../../../ui/words/times';
import type { ProbeResult } from '../../../verdict/probe-result';
import { isFailure, isUnknown } from '../../../verdict/verdicts';
import { compareWays } from '../../../run/checks/way-check';
import type { WayTried } from '../../../run/ways-tried';
import { CheckOptions } from '../../../state/check-options.store';
import { ReachabilityStore } from '../../../state/reachability.store';
import { type WaysRun, WaysStore } from '../../../state/ways.store';
import { VerdictMarkComponent } from '../verdict-mark.component';

/** The command that tries one endpoint by each way from one node, and what was found side by side. */
@Component({
  selector: 'oc-endpoint-ways',
  imports: [IconComponent, VerdictMarkComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (canTry()) {
      <button type="button" class="oc-command" [attr.aria-disabled]="ways.isRunning()" (click)="start()">
        <oc-icon name="check" />{{ t('reachability.ways.try', result().node) }}
      </button>
      @if (own()?.state === 'running') {
        <button type="button" class="oc-command" (click)="ways.stop()">
          <oc-icon name="cancel" />{{ t('reachability.ways.stop') }}
        </button>
      }
    }
    <p role="status" class="said">{{ said() }}</p>
    @if (rows().length > 0) {
      <table class="oc-table">
        <caption class="oc-label">
          {{
            t('reachability.ways')
          }}
        </caption>
        <thead>
          <tr>
            <th scope="col">{{ t('reachability.ways.column.way') }}</th>
            <th scope="col">{{ t('reachability.ways.column.result') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.kind) {
            <tr>
              <th scope="row">
                {{ row.name }}
                <span class="oc-hint">{{ row.through }}</span>
              </th>
              <td>
                @if (row.verdict) {
                  <oc-verdict-mark [verdict]="row.verdict" />
                }
                <span class="oc-hint">{{ row.meaning }}</span>
              </td>
            </tr>
          }
        </tbody>
      </table>
      <p class="oc-hint">{{ t('reachability.ways.hint', times.moment(own()?.startedAt ?? '')) }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    button {
      margin-inline-start: calc(-1 * var(--spacingHorizontalS));
    }
    .said {
      margin-block: var(--spacingVerticalXS);
      font-weight: var(--fontWeightSemibold);
    }
    .said:empty {
      margin: 0;
    }
    th .oc-hint,
    td .oc-hint {
      display: block;
      font-weight: var(--fontWeightRegular);
    }
    th,
    td {
      overflow-wrap: anywhere;
      vertical-align: top;
    }
  `,
})
export class EndpointWaysComponent {
  protected readonly t = inject(TEXT);
  protected readonly times = inject(TIMES);
  protected readonly ways = inject(WaysStore);
  private readonly store = inject(ReachabilityStore);
  private readonly options = inject(CheckOptions);

  readonly result = input.required<ProbeResult>();

  private readonly id = computed(() => doorName(this.result()));
  private readonly entry = computed(() => {
    const run = this.store.run();
    return run && targetsById(run.plan).get(this.id());
  });
  /** Time servers are asked past every proxy, and what is not tested has no way. */
  protected readonly canTry = computed(() => {
    const entry = this.entry();
    return (
      entry !== undefined &&
      entry.protocol !== 'udp' &&
      !this.store.isRunning() &&
      this.store.elsewhere() === undefined &&
      this.ways.canAsk(this.result().node)
    );
  });
  /** What is being found of this endpoint from this node, or was and is kept with the run. */
  protected readonly own = computed<Pick<WaysRun, 'state' | 'startedAt' | 'ways'> | undefined>(() => {
    const run = this.store.run();
    const { node } = this.result();
    const tried = this.ways.run();
    const last =
      tried?.of === run?.startedAt && tried?.entry === this.id() && tried.node === node ? tried : undefined;
    const kept = run?.ways?.get(node)?.get(this.id());
    return last?.state === 'running' || kept === undefined ? last : { ...kept, state: 'over' };
  });
  protected readonly rows = computed(() => (this.own()?.ways ?? []).map(way => this.row(way)));
  protected readonly said = computed(() => {
    const run = this.own();
    if (run === undefined) return '';
    if (run.state === 'running') return this.t('reachability.ways.running');
    const { through, failing } = compareWays(run.ways);
    const names = (of: readonly WayTried[]): string => of.map(way => this.name(way)).join(', ');
    if (through.length + failing.length === 0) return this.t('reachability.ways.nothing');
    if (failing.length === 0) return this.t('reachability.ways.all', names(through));
    if (through.length === 0) return this.t('reachability.ways.none', names(failing));
    return this.t('reachability.ways.differ', names(through), names(failing));
  });

  protected start(): void {
    const run = this.store.run();
    const entry = this.entry();
    const timeoutMs = this.options.timeoutMs() ?? run?.request.timeoutMs;
    if (run === undefined || entry === undefined || timeoutMs === undefined) return;
    this.ways.start(this.result().node, entry, run, timeoutMs);
  }

  private row(way: WayTried) {
    const { kind, proxy, result } = way;
    const isOver = this.own()?.state !== 'running';
    const missing = this.t(isOver ? 'reachability.ways.stopped' : 'reachability.ways.waiting');
    const meaning =
      result === undefined
        ? proxy === undefined
          ? this.t('reachability.ways.untold')
          : missing
        : isFailure(result.verdict) || isUnknown(result.verdict)
          ? this.t(`reachability.cause.${result.cause}.meaning`)
          : '';
    return { kind, name: this.name(way), through: this.through(way), verdict: result?.verdict, meaning };
  }

  private name({ kind, isOwn }: WayTried): string {
    const name = this.t(`reachability.ways.${kind}`);
    return isOwn ? this.t('reachability.ways.own', name) : name;
  }

  private through({ kind, proxy }: WayTried): string {
    if (proxy === undefined || kind === 'direct') return '';
    return proxy === ''
      ? this.t('reachability.details.route.direct')
      : this.t('reachability.details.route.proxy', proxy);
  }
}
