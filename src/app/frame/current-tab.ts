import { DestroyRef, DOCUMENT, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { HOST } from '../wac/host';
import { Navigation, type TabId } from '../ui/navigation';
import { tabOf } from './routes';

/**
 * The tab in view. The frame's own address keeps it as its fragment, so that the browser's back button works, and the
 * shell is told, so that a reload leads back. A router library would weigh as much as two pages for this.
 */
@Injectable({ providedIn: 'root' })
export class CurrentTab {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly host = inject(HOST);
  private readonly tab = signal<TabId>(tabOf(this.host.initialPath));
  readonly id = this.tab.asReadonly();

  constructor() {
    const follow = (): void => this.show(tabOf(this.window?.location.hash ?? ''));
    this.window?.history.replaceState(null, '', `#/${this.tab()}`);
    this.window?.addEventListener('hashchange', follow);
    const reopened = this.host.reopened.subscribe(path => this.open(tabOf(path)));
    inject(DestroyRef).onDestroy(() => {
      this.window?.removeEventListener('hashchange', follow);
      reopened.unsubscribe();
    });
    this.host.reportPath(this.tab());
    const navigation = inject(Navigation);
    effect(() => {
      const errand = navigation.errand();
      if (errand !== undefined) untracked(() => this.open(errand.tab));
    });
  }

  /** Goes to a tab; the address follows, and with it the history. */
  open(tab: TabId): void {
    if (this.window) this.window.location.hash = `#/${tab}`;
    this.show(tab);
  }

  private show(tab: TabId): void {
    if (tab === this.tab()) return;
    this.tab.set(tab);
    this.host.reportPath(tab);
  }
}
