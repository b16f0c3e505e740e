import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { say } from '../../reachability/finding/say';
import { TEXT } from '../../ui/words/text';
import { TIMES } from '../../ui/words/times';
import type { Answer } from '../rules/answers';

/** Outlines in a square of 16: a shape of its own for each answer, so that none is told by colour alone. */
const SHAPES: Readonly<Record<Answer['state'], string>> = {
  yes: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M5 8.2l2.1 2.1L11 6.2',
  no: 'M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5zM5.5 5.5l5 5M10.5 5.5l-5 5',
  limited: 'M8 2l6.5 12h-13zM8 6.5v3.5M8 12v.1',
  'not-proven':
    'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M6 6.2a2 2 0 1 1 2.6 1.9c-.4.2-.6.5-.6 1v.4M8 11.6v.2',
  'not-checked': 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M5 8h6',
};

/** What the cluster can do, a line each, worst first. */
@Component({
  selector: 'oc-capability-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ul aria-labelledby="oc-capabilities">
      @for (answer of answers(); track answer.id) {
        <li [class]="answer.state">
          <svg viewBox="0 0 16 16" width="20" height="20" aria-hidden="true" focusable="false">
            <path
              [attr.d]="shapes[answer.state]"
              fill="none"
              stroke="currentColor"
              stroke-width="1.4"
              stroke-linecap="round"
              stroke-linejoin="round"
            />
          </svg>
          <strong>{{ t('overview.capability.' + answer.id) }}</strong>
          <span class="answer">{{ say(answer.sentence, t) }}</span>
          <span class="oc-hint time">{{ time(answer.checkedAt) }}</span>
          @if (answer.next; as step) {
            <button
              type="button"
              class="oc-link"
              [attr.aria-label]="
                t('overview.next.name', t('overview.next.' + step), t('overview.capability.' + answer.id))
              "
              (click)="next.emit(answer)"
            >
              {{ t('overview.next.' + step) }}
            </button>
          }
        </li>
      }
    </ul>
  `,
  styles: `
    ul {
      display: grid;
      grid-template-columns: 20px minmax(9rem, 1fr) minmax(12rem, 2fr) auto minmax(8rem, auto);
      column-gap: var(--spacingHorizontalM);
      margin: 0;
      padding: 0;
      border-block-start: 1px solid var(--colorNeutralStroke2);
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: subgrid;
      grid-column: 1 / -1;
      align-items: center;
      min-block-size: 36px;
      padding: var(--spacingVerticalXXS) var(--spacingHorizontalS);
      border-block-end: 1px solid var(--colorNeutralStroke2);
    }
    .yes svg {
      color: var(--colorStatusSuccessForeground1);
    }
    .no svg {
      color: var(--colorStatusDangerForeground1);
    }
    .limited svg {
      color: var(--colorStatusWarningForeground1);
    }
    .not-checked svg,
    .not-proven svg {
      color: var(--colorNeutralForeground3);
    }
    .no .answer,
    .limited .answer {
      font-weight: var(--fontWeightSemibold);
    }
    button {
      grid-column: 5;
    }
    @container overview (max-width: 48rem) {
      ul {
        grid-template-columns: 20px minmax(0, 1fr);
      }
      li {
        padding-block: var(--spacingVerticalXS);
      }
      li > :not(svg, strong) {
        grid-column: 2;
        justify-self: start;
      }
      .time:empty {
        display: none;
      }
    }
  `,
})
export class CapabilityListComponent {
  protected readonly t = inject(TEXT);
  private readonly times = inject(TIMES);
  protected readonly say = say;
  protected readonly shapes = SHAPES;

  readonly answers = input.required<readonly Answer[]>();
  /** The line whose next step is wanted. */
  readonly next = output<Answer>();

  protected time(checkedAt: string | undefined): string {
    return this.times.minute(checkedAt ?? '');
  }
}
