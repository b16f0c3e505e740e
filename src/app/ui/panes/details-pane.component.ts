import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  DOCUMENT,
  effect,
  ElementRef,
  inject,
  input,
  output,
} from '@angular/core';
import { IconComponent } from '../icon.component';
import { TEXT } from '../words/text';

/**
 * What is known of one thing, beside the content that it was opened from; below it where there is no room. The content
 * goes between its tags. Escape closes it from anywhere in the page, and the focus goes back to what opened it.
 */
@Component({
  selector: 'oc-details-pane',
  imports: [IconComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="heading">
      <h2>{{ heading() }}</h2>
      <button type="button" class="oc-button oc-button-subtle" (click)="dismiss.emit()">
        <oc-icon name="cancel" />{{ t('common.close') }}
      </button>
    </div>
    <ng-content />
  `,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
      overflow: auto;
      padding: var(--spacingVerticalM) var(--spacingHorizontalM);
      border: 1px solid var(--colorNeutralStroke2);
      border-radius: var(--borderRadiusMedium);
      background: var(--colorNeutralBackground2);
      container-type: inline-size;
    }
    .heading {
      display: flex;
      align-items: flex-start;
      justify-content: space-between;
      gap: var(--spacingHorizontalS);
      margin-block-end: var(--spacingVerticalS);
    }
    h2 {
      overflow-wrap: anywhere;
    }
    button {
      flex: none;
    }
    /* The words of a heading are longer than what a button leaves of a narrow pane. */
    @container (max-width: 400px) {
      .heading {
        flex-direction: column-reverse;
        row-gap: 0;
      }
      .heading button {
        align-self: flex-end;
      }
    }
    @media (forced-colors: active) {
      :host {
        border-color: CanvasText;
      }
    }
  `,
  host: {
    role: 'region',
    tabindex: '0',
    '[attr.aria-label]': 'heading()',
    '(document:keydown.escape)': 'leave($event)',
  },
})
export class DetailsPaneComponent {
  protected readonly t = inject(TEXT);
  private readonly document = inject(DOCUMENT);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  /** Also its accessible name. */
  readonly heading = input.required<string>();
  readonly dismiss = output();

  private opener: Element | null = this.document.activeElement;

  constructor() {
    // Below the content, where it is narrow, it would be opened out of sight.
    effect(() => {
      this.heading();
      const { activeElement } = this.document;
      if (activeElement !== null && !this.host.contains(activeElement)) this.opener = activeElement;
      queueMicrotask(() => this.show());
    });
    inject(DestroyRef).onDestroy(() => {
      const { activeElement } = this.document;
      const lost = activeElement === null || activeElement === this.document.body;
      if (!lost && !this.host.contains(activeElement)) return;
      if (this.opener instanceof HTMLElement && this.opener.isConnected) this.opener.focus();
    });
  }

  /** An open dialog has the Escape key to itself. */
  protected leave(event: Event): void {
    if (event.defaultPrevented || this.document.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    this.dismiss.emit();
  }

  private show(): void {
    const view = this.document.defaultView;
    const isBelow = typeof view?.matchMedia === 'function' && view.matchMedia('(max-width: 1000px)').matches;
    if (isBelow && this.host.isConnected) this.host.scrollIntoView({ block: 'nearest' });
  }
}
