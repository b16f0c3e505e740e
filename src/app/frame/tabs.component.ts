import { ChangeDetectionStrategy, Component, ElementRef, inject, viewChildren } from '@angular/core';
import { TABS, type TabId } from '../ui/navigation';
import { TEXT } from '../ui/words/text';
import { CurrentTab } from './current-tab';

/** The tab list: arrows move and open, Tab enters and leaves (ARIA authoring practices, tabs with automatic activation). */
@Component({
  selector: 'oc-tabs',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div role="tablist" [attr.aria-label]="t('frame.tabs')">
      @for (tab of tabs; track tab) {
        <button
          #button
          type="button"
          role="tab"
          [id]="'oc-tab-' + tab"
          aria-controls="oc-page"
          [attr.aria-selected]="tab === current()"
          [attr.tabindex]="tab === current() ? 0 : -1"
          (click)="open(tab)"
          (keydown)="move($event)"
        >
          {{ t('frame.tab.' + tab) }}
        </button>
      }
    </div>
  `,
  styles: `
    [role='tablist'] {
      display: flex;
      flex-wrap: wrap;
      gap: var(--spacingHorizontalS);
      padding-inline: var(--spacingHorizontalM);
      border-block-end: 1px solid var(--colorNeutralStroke2);
    }
    button {
      padding: var(--spacingVerticalS) var(--spacingHorizontalS);
      color: var(--colorNeutralForeground2);
      border: 0;
      border-block-end: 3px solid transparent;
      background: transparent;
      font: inherit;
      cursor: pointer;
    }
    button:hover {
      color: var(--colorNeutralForeground1);
      border-block-end-color: var(--colorNeutralStroke1);
    }
    button[aria-selected='true'] {
      color: var(--colorNeutralForeground1);
      font-weight: var(--fontWeightSemibold);
      border-block-end-color: var(--colorCompoundBrandStroke);
    }
    @media (forced-colors: active) {
      /* Transparent is a colour like any other there. */
      button:not([aria-selected='true'], :hover) {
        border-block-end-color: Canvas;
      }
      button[aria-selected='true'] {
        border-block-end-color: Highlight;
      }
    }
  `,
})
export class TabsComponent {
  protected readonly t = inject(TEXT);
  protected readonly tabs = TABS;
  private readonly tab = inject(CurrentTab);
  protected readonly current = this.tab.id;
  private readonly buttons = viewChildren<string, ElementRef<HTMLButtonElement>>('button', {
    read: ElementRef,
  });

  protected open(tab: TabId): void {
    this.tab.open(tab);
  }

  protected move(event: KeyboardEvent): void {
    const buttons = this.buttons().map(button => button.nativeElement);
    const at = buttons.indexOf(event.currentTarget as HTMLButtonElement);
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = buttons[(target + buttons.length) % buttons.length];
    next?.focus();
    next?.click();
  }
}
