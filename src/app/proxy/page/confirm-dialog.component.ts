import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  type ElementRef,
  inject,
  Injector,
  signal,
  viewChild,
} from '@angular/core';
import { CommandTextComponent } from '../../ui/command-text.component';
import { TEXT } from '../../ui/words/text';

/** What a confirmation asks. */
export interface Confirmation {
  /** What will be so afterwards. */
  readonly heading: string;
  readonly lead: string;
  /** Nodes, each with its own command when they differ. */
  readonly nodes: readonly { readonly name: string; readonly command?: string }[];
  /** The command for all of them. */
  readonly command?: string;
  readonly notes?: readonly string[];
  readonly confirm: string;
  readonly act: () => void;
}

/** Asks before nodes are changed. The browser's own dialog keeps the focus inside and gives it back to the opener. */
@Component({
  selector: 'oc-confirm-dialog',
  imports: [CommandTextComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog aria-labelledby="oc-confirm-heading" aria-describedby="oc-confirm-lead">
      @if (asked(); as asked) {
        <h2 id="oc-confirm-heading">{{ asked.heading }}</h2>
        <p id="oc-confirm-lead">{{ asked.lead }}</p>
        <h3>{{ t('proxy.confirm.nodes') }}</h3>
        <ul>
          @for (node of asked.nodes; track node.name) {
            <li>
              {{ node.name }}
              @if (node.command; as command) {
                <code><oc-command-text [text]="command" /></code>
              }
            </li>
          }
        </ul>
        @if (asked.command; as command) {
          <h3>{{ t('proxy.confirm.command') }}</h3>
          <p>
            <code><oc-command-text [text]="command" /></code>
          </p>
        }
        @for (note of asked.notes; track note) {
          <p>{{ note }}</p>
        }
        <div class="buttons">
          <button type="button" class="oc-button oc-button-primary" (click)="confirm(asked)">
            {{ asked.confirm }}
          </button>
          <button #cancel type="button" class="oc-button" (click)="close()">{{ t('common.cancel') }}</button>
        </div>
      }
    </dialog>
  `,
  styles: `
    h2,
    h3 {
      margin-block-end: var(--spacingVerticalS);
    }
    ul {
      margin-block: 0 var(--spacingVerticalM);
      padding-inline-start: var(--spacingHorizontalL);
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: var(--spacingHorizontalS);
    }
  `,
})
export class ConfirmDialogComponent {
  protected readonly t = inject(TEXT);
  protected readonly asked = signal<Confirmation | undefined>(undefined);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly cancel = viewChild<ElementRef<HTMLButtonElement>>('cancel');
  private readonly injector = inject(Injector);

  /** Opens with the focus on Cancel, so that a key held too long changes nothing. */
  ask(confirmation: Confirmation): void {
    this.asked.set(confirmation);
    afterNextRender(
      () => {
        this.dialog().nativeElement.showModal();
        this.cancel()?.nativeElement.focus();
      },
      { injector: this.injector },
    );
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  protected confirm(asked: Confirmation): void {
    this.close();
    asked.act();
  }
}
