import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TEXT } from '../../../ui/words/text';
import { type Grade, gradeOf, type VerdictCode } from '../../verdict/verdicts';

type Mark = VerdictCode | 'waiting';

/** Outlines in a square of 16: a shape of its own for each verdict, so that none is told by colour alone. */
const SHAPES: Readonly<Record<Mark, string>> = {
  reachable: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M5 8.2l2.1 2.1L11 6.2',
  'not-proven':
    'M8 1.5a6.5 6.5 0 0 1 0 13M8 14.5a6.5 6.5 0 0 1-2.5-.5M2.8 11.9a6.5 6.5 0 0 1-1.2-2.8M1.7 6.4a6.5 6.5 0 0 1 1.5-2.7M5.5 2a6.5 6.5 0 0 1 2.5-.5M5 8.2l2.1 2.1L11 6.2',
  'name-not-resolved':
    'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M6 6.2a2 2 0 1 1 2.6 1.9c-.4.2-.6.5-.6 1v.4M8 11.6v.2',
  refused: 'M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5zM5.5 5.5l5 5M10.5 5.5l-5 5',
  'timed-out': 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M8 4.5V8l2.5 2',
  'tls-failed': 'M3 7h10v7.5H3zM5 7V4.5a3 3 0 0 1 6 0M6.3 9.1l3.4 3.4M9.7 9.1l-3.4 3.4',
  'tls-intercepted': 'M1 8s2.5-4.5 7-4.5S15 8 15 8s-2.5 4.5-7 4.5S1 8 1 8M8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4',
  'http-blocked': 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M4.5 8h7',
  'proxy-denied': 'M8 1.5l5.5 2v4.3c0 3.2-2.3 5.6-5.5 6.7-3.2-1.1-5.5-3.5-5.5-6.7V3.5zM6 6l4 4M10 6l-4 4',
  'proxy-credentials': 'M5 5.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6M8 8.5h6.5v2.5M11.5 8.5v2',
  'node-unavailable': 'M1.5 3h13v8h-13zM5 14h6M8 11v3M1.5 1l13 12',
  'not-tested': 'M3 8h10',
  waiting: 'M3.5 8v.1M8 8v.1M12.5 8v.1',
};

const TONES: Readonly<Record<Grade, string>> = {
  proven: 'good',
  unproven: 'open',
  failed: 'bad',
  unknown: 'unknown',
};

/** A verdict as icon and word. */
@Component({
  selector: 'oc-verdict-mark',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path
        [attr.d]="shape()"
        fill="none"
        stroke="currentColor"
        stroke-width="1.4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
    @if (withWord()) {
      <span>{{ word() }}</span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: var(--spacingHorizontalXS);
    }
    svg {
      flex: none;
    }
    :host(.good) svg {
      color: var(--colorStatusSuccessForeground1);
    }
    :host(.open) svg {
      color: var(--colorStatusWarningForeground3);
    }
    :host(.bad) svg {
      color: var(--colorStatusDangerForeground1);
    }
    :host(.unknown) {
      color: var(--colorNeutralForeground3);
    }
  `,
  host: { '[class]': 'tone()' },
})
export class VerdictMarkComponent {
  private readonly t = inject(TEXT);

  /** Undefined: still waiting. */
  readonly verdict = input.required<VerdictCode | undefined>();

  readonly withWord = input(true);

  protected readonly shape = computed(() => SHAPES[this.verdict() ?? 'waiting']);
  protected readonly word = computed(() => verdictWord(this.t, this.verdict()));
  protected readonly tone = computed(() => {
    const verdict = this.verdict();
    return verdict === undefined ? 'unknown' : TONES[gradeOf(verdict)];
  });
}

export function verdictWord(t: (key: string) => string, verdict: VerdictCode | undefined): string {
  return t(verdict === undefined ? 'reachability.cell.waiting' : `reachability.verdict.${verdict}`);
}
