import {
  ChangeDetectionStrategy,
  Component,
  effect,
  type ElementRef,
  inject,
  viewChild,
} from '@angular/core';
import { TEXT } from '../ui/words/text';
import { LEAVE_QUESTION } from '../wac/leaving';

/** Asks before the shell takes the tool away in the middle of a change. */
@Component({
  selector: 'oc-leave-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog
      #dialog
      aria-labelledby="oc-leave-heading"
      aria-describedby="oc-leave-text"
      (close)="question?.answer(false)"
    >
      <h2 id="oc-leave-heading">{{ t('frame.leave.heading') }}</h2>
      <p id="oc-leave-text">{{ t('frame.leave.text') }}</p>
      <button #stay type="button" class="oc-button oc-button-primary" (click)="question?.answer(false)">
        {{ t('frame.leave.stay') }}
      </button>
      <button type="button" class="oc-button" (click)="question?.answer(true)">
        {{ t('frame.leave.leave') }}
      </button>
    </dialog>
  `,
})
export class LeaveDialogComponent {
  protected readonly t = inject(TEXT);
  protected readonly question = inject(LEAVE_QUESTION, { optional: true });
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly stay = viewChild.required<ElementRef<HTMLButtonElement>>('stay');

  constructor() {
    effect(() => {
      const isAsked = this.question?.asked() === true;
      const dialog = this.dialog().nativeElement;
      if (isAsked && !dialog.open) {
        dialog.showModal();
        this.stay().nativeElement.focus();
      }
      if (!isAsked && dialog.open) dialog.close();
    });
  }
}
