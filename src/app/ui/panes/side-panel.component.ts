import {
  ChangeDetectionStrategy,
  Component,
  type ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { IconComponent } from '../icon.component';
import { TEXT } from '../words/text';

let panels = 0;

/**
 * A dialog at the side of the page for what need not be seen all the time. Its content goes between its tags and is
 * there only while it is open. Escape closes it, and the focus goes back to what opened it.
 */
@Component({
  selector: 'oc-side-panel',
  imports: [IconComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog class="oc-side" [attr.aria-labelledby]="id" (close)="closed()">
      @if (isOpen()) {
        <div class="heading">
          <h2 [id]="id">{{ heading() }}</h2>
          <button type="button" class="oc-button oc-button-subtle" (click)="close()">
            <oc-icon name="cancel" />{{ t('common.close') }}
          </button>
        </div>
        <ng-content />
      }
    </dialog>
  `,
  styles: `
    .heading {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
      display: flex;
      align-items: flex-start;
      justify-content: space-between;
      gap: var(--spacingHorizontalS);
      padding-block: var(--spacingVerticalL) var(--spacingVerticalS);
      background: var(--colorNeutralBackground1);
    }
    button {
      flex: none;
    }
  `,
})
export class SidePanelComponent {
  protected readonly t = inject(TEXT);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly id = `oc-panel-${(panels += 1)}`;

  readonly heading = input.required<string>();
  readonly isOpen = signal(false);
  private opener: HTMLElement | undefined;

  open(): void {
    this.opener = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
    this.isOpen.set(true);
    this.dialog().nativeElement.showModal();
  }

  close(): void {
    this.dialog().nativeElement.close();
  }

  /** Also after Escape. */
  protected closed(): void {
    // The event comes late: it may be opened again by then.
    if (this.dialog().nativeElement.open) return;
    this.isOpen.set(false);
    this.opener?.focus();
  }
}
