import { inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter } from 'rxjs';
import { TABS, type TabId } from './routes';

/** Which tab the address names. */
@Injectable({ providedIn: 'root' })
export class CurrentTab {
  private readonly tab = signal<TabId>('allowlist');
  readonly id = this.tab.asReadonly();

  constructor() {
    inject(Router)
      .events.pipe(
        filter(event => event instanceof NavigationEnd),
        takeUntilDestroyed(),
      )
      .subscribe(event => this.tab.set(tabOf(event.urlAfterRedirects)));
  }
}

/** The first segment of a route, when it is a tab. */
export function tabOf(url: string): TabId {
  const first = url.replace(/^\//, '').split(/[/?#]/)[0];
  return TABS.find(tab => tab === first) ?? 'allowlist';
}
