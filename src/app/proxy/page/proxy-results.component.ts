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
import { TEXT } from '../../ui/text';
import { canRetry, countChange, type ProxyChange, type PutBack } from '../change/change-plan';
import type { Failure } from '../change/failure';
import type { ChangePhase } from '../change/proxy-change';
import type { ProxySetting } from '../setting/proxy-setting';

/** How the last change goes or went on each node, before and after, and what can be done next. */
@Component({
  selector: 'oc-proxy-results',
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
  readonly putBackPlan = input<PutBack>();
  readonly disabled = input(false);
  readonly retry = output();
  readonly putBack = output<PutBack>();

  protected readonly t = inject(TEXT);
  protected readonly counts = computed(() => countChange(this.change()));
  protected readonly retryNames = computed(() =>
    this.counts().open > 0
      ? ''
      : namesOf(
          this.change()
            .nodes.filter(canRetry)
            .map(change => change.node),
        ),
  );
  protected readonly impossibleNames = computed(() => namesOf(this.putBackPlan()?.impossible ?? []));
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  /** For when the button that started something is gone. */
  focus(): void {
    this.heading().nativeElement.focus();
  }

  protected phaseText(phase: ChangePhase): string {
    if (phase.at === 'failed' && phase.after !== undefined) return this.t('proxy.phase.failed.as-before');
    return this.t(`proxy.phase.${phase.at}`);
  }

  protected after(phase: ChangePhase): ProxySetting | undefined {
    return 'after' in phase ? phase.after : undefined;
  }

  /** What the node or the gateway said stays, whatever was read back. */
  protected failureIn(phase: ChangePhase): Failure | undefined {
    if (phase.at === 'failed' || phase.at === 'unknown') return phase.failure;
    return phase.at === 'verified' || phase.at === 'mismatch' ? phase.doubt : undefined;
  }

  protected sign(phase: ChangePhase): string {
    switch (phase.at) {
      case 'verified':
        return '✓';
      case 'skipped':
        return '–';
      case 'unknown':
        return '?';
      case 'failed':
      case 'mismatch':
      case 'overtaken':
      case 'module-missing':
        return '✕';
      default:
        return '…';
    }
  }

  protected settingText(setting: ProxySetting | undefined): string {
    if (setting === undefined) return this.t('proxy.unknown');
    if (!setting.readable) return this.t('proxy.setting.unreadable');
    return this.partsOf(setting).join('; ');
  }

  /** Everything that is in force, none left out. */
  private partsOf(setting: ProxySetting): readonly string[] {
    const { server, pacUrl, autoDetect, leftoverServer } = setting;
    return [
      ...(server === '' && pacUrl === '' ? [this.t('proxy.setting.none')] : []),
      ...(server === '' ? [] : [this.serverText(setting)]),
      ...(pacUrl === '' ? [] : [this.t('proxy.setting.script', pacUrl)]),
      ...(autoDetect ? [this.t('proxy.setting.detect')] : []),
      ...(leftoverServer === '' ? [] : [this.t('proxy.setting.leftover', leftoverServer)]),
    ];
  }

  private serverText(setting: ProxySetting): string {
    const server = this.t(
      setting.machineWide ? 'proxy.setting.machine' : 'proxy.setting.account',
      setting.server,
    );
    return setting.bypass.length === 0
      ? server
      : this.t('proxy.setting.bypass', server, setting.bypass.join('; '));
  }
}

function namesOf(nodes: readonly { readonly name: string }[]): string {
  return nodes.map(node => node.name).join(', ');
}
