import { ChangeDetectionStrategy, Component, ElementRef, inject, viewChildren } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TEXT } from '../ui/text';
import { CurrentTab } from './current-tab';
import { TABS } from './routes';

/** The tab list: arrows move and open, Tab enters and leaves (ARIA authoring practices, tabs with automatic activation). */
@Component({
  selector: 'oc-tabs',
  imports: [RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div role="tablist" [attr.aria-label]="t('frame.tabs')">
      @for (tab of tabs; track tab) {
        <a
          #tab
          role="tab"
          [id]="'oc-tab-' + tab"
          aria-controls="oc-page"
          [attr.aria-selected]="tab === current()"
          [attr.tabindex]="tab === current() ? 0 : -1"
          [routerLink]="['/', tab]"
          (keydown)="move($event)"
          >{{ t('frame.tab.' + tab) }}</a
        >
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
    a {
      padding: var(--spacingVerticalM) var(--spacingHorizontalS);
      color: var(--colorNeutralForeground2);
      text-decoration: none;
      border-block-end: 3px solid transparent;
    }
    a:hover {
      color: var(--colorNeutralForeground1);
      border-block-end-color: var(--colorNeutralStroke1);
    }
    a[aria-selected='true'] {
      color: var(--colorNeutralForeground1);
      font-weight: var(--fontWeightSemibold);
      border-block-end-color: var(--colorCompoundBrandStroke);
    }
    @media (forced-colors: active) {
      a[aria-selected='true'] {
        border-block-end-color: Highlight;
      }
    }
  `,
})
export class TabsComponent {
  protected readonly t = inject(TEXT);
  protected readonly tabs = TABS;
  protected readonly current = inject(CurrentTab).id;
  private readonly links = viewChildren<string, ElementRef<HTMLAnchorElement>>('tab', { read: ElementRef });

  protected move(event: KeyboardEvent): void {
    const links = this.links().map(link => link.nativeElement);
    const at = links.indexOf(event.currentTarget as HTMLAnchorElement);
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (target === undefined) {
      if (event.key === ' ') {
        event.preventDefault();
        links[at]?.click();
      }
      return;
    }
    event.preventDefault();
    const next = links[(target + links.length) % links.length];
    next?.focus();
    next?.click();
  }
}
