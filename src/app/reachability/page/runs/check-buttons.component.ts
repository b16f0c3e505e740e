import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  effect,
  type ElementRef,
  inject,
  Injector,
  input,
  output,
  viewChild,
} from '@angular/core';
import { IconComponent } from '../../../ui/icon.component';
import { TEXT } from '../../../ui/words/text';
import { ReachabilityStore } from '../../state/reachability.store';

/** The command that starts a check, and the one that stops it while it goes on. */
@Component({
  selector: 'oc-check-buttons',
  imports: [IconComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      #check
      type="button"
      class="oc-command oc-command-primary"
      [disabled]="!store.isRunning() && !store.canStart()"
      [attr.aria-disabled]="store.isRunning()"
      (click)="start()"
    >
      <oc-icon name="check" />{{ label() }}
    </button>
    @if (store.isRunning()) {
      <button type="button" class="oc-command" (click)="cancel()">
        <oc-icon name="cancel" />{{ t('common.cancel') }}
      </button>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class CheckButtonsComponent {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(ReachabilityStore);
  /** Of the command that starts it. */
  readonly label = input.required<string>();
  /** Before a check starts. */
  readonly begins = output();
  private readonly button = viewChild.required<ElementRef<HTMLButtonElement>>('check');
  private pressedCancel = false;

  constructor() {
    const injector = inject(Injector);
    // Cancel goes with the check; whoever stood on it goes on from the button that starts one.
    effect(() => {
      if (this.store.isRunning()) return;
      afterNextRender(
        () => {
          if (this.pressedCancel && document.activeElement === document.body)
            this.button().nativeElement.focus();
          this.pressedCancel = false;
        },
        { injector },
      );
    });
  }

  protected start(): void {
    if (this.store.isRunning()) return;
    this.begins.emit();
    this.store.start();
  }

  protected cancel(): void {
    this.pressedCancel = true;
    this.store.cancel();
  }
}
