import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { StackedTableComponent } from '../../../ui/tables/stacked-table.component';
import { TEXT } from '../../../ui/words/text';
import { canRetry, countChange, type ProxyChange } from '../../change/change-plan';
import type { Failure } from '../../change/failure';
import { lostOf } from '../../change/change-node';
import { type ChangePhase, isOpen, isProven, type NodeChange } from '../../change/node-change';
import type { ProxySetting } from '../../setting/proxy-setting';
import { settingTexts } from '../settings/setting-text';

/** How the last change goes or went on each node, before and after, and what can be done next. */
@Component({
  selector: 'oc-proxy-results',
  imports: [StackedTableComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './proxy-results.component.html',
  styles: `
    .scroll {
      overflow-x: auto;
      margin-block: var(--spacingVerticalS) var(--spacingVerticalM);
    }
    td {
      min-inline-size: 7rem;
      overflow-wrap: anywhere;
    }
    td:last-child {
      min-inline-size: 12rem;
    }
    p {
      margin: 0 0 var(--spacingVerticalXS);
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: var(--spacingHorizontalS);
      margin-block-start: var(--spacingVerticalM);
    }
  `,
})
export class ProxyResultsComponent {
  readonly change = input.required<ProxyChange>();
  /** Names of the nodes that can be put back; '' for none. */
  readonly putBackNames = input('');
  readonly disabled = input(false);
  readonly retry = output();
  readonly putBack = output();

  protected readonly t = inject(TEXT);
  protected readonly counts = computed(() => countChange(this.change()));
  protected readonly retryNames = computed(() =>
    this.counts().open > 0
      ? ''
      : this.change()
          .nodes.filter(canRetry)
          .map(({ node }) => node.name)
          .join(', '),
  );
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  /** For when the button that started something is gone. */
  focus(): void {
    this.heading().nativeElement.focus();
  }

  protected readonly namesOf = namesOf;

  protected phaseText(change: NodeChange): string {
    const { phase } = change;
    if (phase.at === 'verified' && !isProven(change)) return this.t('proxy.phase.unproven');
    if (phase.at === 'failed' && phase.after !== undefined) return this.t('proxy.phase.failed.as-before');
    if (phase.at === 'protected') return this.t(`proxy.phase.protected.${phase.obstacle}`);
    if (phase.at === 'rolled-back') return this.t(`proxy.phase.rolled-back.${phase.reason}`);
    if (phase.at === 'failed' && phase.failure.code === 'unreachable')
      return this.t('proxy.phase.unreachable');
    return this.t(`proxy.phase.${phase.at}`);
  }

  protected after(phase: ChangePhase): ProxySetting | undefined {
    return 'after' in phase ? phase.after : undefined;
  }

  /** What the node or the gateway said stays, whatever was read back. */
  protected failureIn(phase: ChangePhase): Failure | undefined {
    if (phase.at === 'failed' || phase.at === 'unknown') return phase.failure;
    return phase.at === 'verified' || phase.at === 'mismatch' || phase.at === 'rolled-back'
      ? phase.doubt
      : undefined;
  }

  protected texts(setting: ProxySetting | undefined): readonly string[] {
    return settingTexts(this.t, setting);
  }

  protected isOpen(change: NodeChange): boolean {
    return change.phase.at !== 'unknown' && isOpen(change);
  }

  /** Needed endpoints that it had and that fail since, where that was seen too late to take the change back. */
  protected lost(change: NodeChange): string {
    return change.wish.kind === 'set' ? namesOf(lostOf(change.had, change.proof)) : '';
  }

  /** Those that failed before as well, or were not tested then. */
  protected failing({ wish, had, proof }: NodeChange): string {
    const failed = wish.kind === 'set' ? [...(proof?.failed ?? [])] : [];
    return namesOf(failed.filter(id => had?.has(id) !== true));
  }

  protected sign(change: NodeChange): string {
    switch (change.phase.at) {
      case 'verified':
        return isProven(change) ? '✓' : '!';
      case 'unchanged':
        return '✓';
      case 'skipped':
      case 'stopped':
        return '–';
      case 'unknown':
        return '?';
      case 'rolled-back':
        return '↶';
      case 'failed':
      case 'mismatch':
      case 'overtaken':
      case 'moved':
      case 'protected':
      case 'module-missing':
        return '✕';
      default:
        return '…';
    }
  }
}

/** `host:port`, with the protocol only where two of them share it; ids have it always. */
function namesOf(ids: readonly string[]): string {
  const short = (id: string): string => id.replace(/\/[a-z]+$/, '');
  return ids
    .map(id => (ids.filter(other => short(other) === short(id)).length > 1 ? id : short(id)))
    .join(', ');
}
