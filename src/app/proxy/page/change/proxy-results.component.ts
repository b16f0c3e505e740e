import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  input,
  output,
  untracked,
  viewChild,
} from '@angular/core';
import { isReachableState } from '../../../cluster/cluster';
import { RawWordsComponent } from '../../../ui/raw-words.component';
import { LineTemplate } from '../../../ui/tables/in-view/line-template';
import { LineTableComponent } from '../../../ui/tables/view/line-table.component';
import { TableView } from '../../../ui/tables/view/table-view';
import { ValueTextComponent } from '../../../ui/value-text.component';
import { TEXT } from '../../../ui/words/text';
import { TIMES } from '../../../ui/words/times';
import { canRetry, countChange, type ProxyChange } from '../../change/change-plan';
import type { Failure } from '../../change/failure';
import {
  type ChangePhase,
  isOpen,
  isProven,
  laterChange,
  lostOf,
  lostUnseen,
  type NodeChange,
  wasCutOff,
} from '../../change/node-change';
import { differencesTo, obstacleFor } from '../../change/order';
import type { ProxySetting } from '../../setting/proxy-setting';
import { settingTexts, writersOf } from '../settings/setting-text';
import { atProxyTexts, namesOf } from './failing-texts';

/** How the last change goes or went on each node, before and after, and what can be done next. */
@Component({
  selector: 'oc-proxy-results',
  imports: [LineTableComponent, LineTemplate, RawWordsComponent, ValueTextComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './proxy-results.component.html',
  styles: `
    oc-line-table {
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
  /** Why nothing may be started; the buttons stay in the tab order so that focus is not lost. '' when it may. */
  readonly waits = input('');
  readonly retry = output();
  readonly putBack = output();

  protected readonly t = inject(TEXT);
  private readonly times = inject(TIMES);
  protected readonly counts = computed(() => countChange(this.change()));
  protected readonly retryNames = computed(() =>
    this.counts().open > 0
      ? ''
      : this.change()
          .nodes.filter(canRetry)
          .map(({ node }) => node.name)
          .join(', '),
  );
  protected readonly view = new TableView<NodeChange>({
    name: 'proxy-results',
    items: () => this.change().nodes,
    columns: () => [
      { id: 'node', title: this.t('proxy.column.node'), text: ({ node }) => node.name },
      {
        ...{ id: 'before', title: this.t('proxy.results.before') },
        text: row => this.texts(this.before(row)).join('. '),
      },
      {
        ...{ id: 'after', title: this.t('proxy.results.after') },
        text: ({ phase }) => this.afterTexts(phase).join('. '),
      },
      {
        ...{ id: 'result', title: this.t('proxy.results.result') },
        text: item => [this.phaseText(item), this.lost(item), this.failing(item)].filter(Boolean).join('. '),
        facet: item => [this.phaseText(item)],
      },
    ],
  });
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  constructor() {
    // What was searched in the change before would hide nodes of the next one.
    let before: string | undefined;
    effect(() => {
      const { id } = this.change();
      if (before !== undefined && before !== id) untracked(() => this.view.showAll());
      before = id;
    });
  }

  /** For when the button that started something is gone. */
  focus(): void {
    this.heading().nativeElement.focus();
  }

  protected readonly namesOf = namesOf;

  protected phaseText(change: NodeChange): string {
    const { phase } = change;
    if (phase.at === 'skipped')
      return this.t(`proxy.phase.skipped.${isReachableState(change.node.state) ? 'not-chosen' : 'down'}`);
    if (phase.at === 'verified' && !isProven(change)) return this.t('proxy.phase.unproven');
    if (phase.at === 'verified' && this.isAsSeen(change)) return this.t('proxy.phase.verified.losing');
    if (phase.at === 'failed' && phase.after !== undefined) return this.t('proxy.phase.failed.as-before');
    if (phase.at === 'protected') return this.t(`proxy.phase.protected.${phase.obstacle}`);
    if (phase.at === 'rolled-back') return this.t(`proxy.phase.rolled-back.${phase.reason}`);
    if (phase.at === 'failed' && phase.failure.code === 'unreachable')
      return this.t('proxy.phase.unreachable');
    return this.t(
      `proxy.phase.${phase.at}${phase.at === 'waiting' && isLeftAlone(change) ? '.left-alone' : ''}`,
    );
  }

  /** Nothing was done to some: what was read of them stands for before and after. */
  protected before({ before, phase, attempts }: NodeChange): ProxySetting | undefined {
    return before ?? (attempts.length === 0 ? this.after(phase) : undefined);
  }

  protected after(phase: ChangePhase): ProxySetting | undefined {
    return 'after' in phase ? phase.after : undefined;
  }

  protected afterTexts(phase: ChangePhase): readonly string[] {
    const after = this.after(phase);
    const isUntouched = phase.at === 'module-missing' || (phase.at === 'failed' && after === undefined);
    return isUntouched ? [this.t('proxy.results.untouched')] : settingTexts(this.t, after);
  }

  /** What the node or the gateway said stays, whatever was read back. */
  protected failureIn(phase: ChangePhase): Failure | undefined {
    if (phase.at === 'failed' || phase.at === 'unknown') return phase.failure;
    return phase.at === 'verified' || phase.at === 'mismatch' || phase.at === 'rolled-back'
      ? phase.doubt
      : undefined;
  }

  /** What the failure is called; '' where another line says better how the command ended. */
  protected failureText(change: NodeChange, { code }: Failure): string {
    const after = this.after(change.phase);
    const isTold = code === 'script' && after !== undefined && wasCutOff(change, after);
    return isTold ? '' : this.t(`proxy.failure.${code}`, change.node.name);
  }

  /** Why what was read back is not what the change wrote last, and who may have written it. */
  protected writers(change: NodeChange): readonly string[] {
    const { phase } = change;
    const isOther =
      phase.at === 'overtaken' ||
      (phase.at === 'mismatch' && phase.differences.some(each => each !== 'account')) ||
      (phase.at === 'rolled-back' && phase.reason === 'mismatch');
    if (!isOther) return [];
    const later = laterChange(change);
    if (later !== undefined)
      return [this.t('proxy.results.later-change', later.who, this.times.moment(later.when) || later.id)];
    if (wasCutOff(change, phase.after)) return [this.t('proxy.results.cut-off')];
    // Where the command itself did not end well, nobody need have written after it.
    return writersOf(this.t, phase.after, this.failureIn(phase) === undefined);
  }

  protected texts(setting: ProxySetting | undefined): readonly string[] {
    return settingTexts(this.t, setting);
  }

  protected isOpen(change: NodeChange): boolean {
    return change.phase.at !== 'unknown' && isOpen(change);
  }

  /** Needed endpoints that it had and that fail since, where that was seen too late to take the change back. */
  protected lost(change: NodeChange): string {
    return namesOf(lostOf(change.had, change.proof));
  }

  /** Whether it loses what the preview named, and no more. */
  private isAsSeen(change: NodeChange): boolean {
    return this.lost(change) !== '' && lostUnseen(change, change.proof).length === 0;
  }

  /** What can be done about them: the copy is a way back, where one was kept. */
  protected lostText(change: NodeChange, lost: string): string {
    if (this.isAsSeen(change)) return this.t('proxy.results.lost-as-seen', lost);
    const isKept = change.before?.node !== undefined;
    const way = !isKept ? '.by-hand' : this.change().kind === 'put-back' ? '.put-back' : '';
    return this.t(`proxy.results.lost-late${way}`, lost);
  }

  /** Those that failed before as well, or were not tested then. */
  protected failing({ wish, had, proof }: NodeChange): string {
    const failed = wish.kind === 'set' ? [...(proof?.failed ?? [])] : [];
    return namesOf(failed.filter(id => had?.has(id) !== true));
  }

  /** Why at the proxy itself, where the setting was tested and something is missed or was tried in vain. */
  protected atProxy(change: NodeChange): readonly string[] {
    const { phase, wish, proof } = change;
    const isAsked = wish.kind === 'set' || this.lost(change) !== '';
    const isTested = phase.at === 'verified' || phase.at === 'rolled-back';
    return isAsked && isTested ? atProxyTexts(this.t, proof?.failing ?? []) : [];
  }

  protected sign(change: NodeChange): string {
    switch (change.phase.at) {
      case 'verified':
        return isProven(change) && this.lost(change) === '' ? '✓' : '!';
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

/** By what the preview showed, which is looked at once more when it is the node's turn. */
function isLeftAlone({ wish, expected }: NodeChange): boolean {
  if (expected === undefined) return false;
  return differencesTo(expected, wish).length === 0 || obstacleFor(wish, expected) !== undefined;
}
