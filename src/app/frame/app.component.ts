import { ChangeDetectionStrategy, Component, DestroyRef, effect, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { filter } from 'rxjs';
import { ClusterHeaderComponent } from '../cluster/cluster-header.component';
import { applyTheme } from '../ui/theme';
import { HOST } from '../wac/host';
import { CurrentTab } from './current-tab';
import { TabsComponent } from './tabs.component';

/** The page: cluster header, tabs, and the chosen tab's page. */
@Component({
  selector: 'oc-root',
  imports: [ClusterHeaderComponent, RouterOutlet, TabsComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <oc-cluster-header />
    <oc-tabs />
    <main id="oc-page" role="tabpanel" tabindex="-1" [attr.aria-labelledby]="'oc-tab-' + current()">
      <router-outlet />
    </main>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-block-size: 100vh;
    }
    main {
      flex: 1;
      padding: var(--spacingVerticalL) var(--spacingHorizontalL);
      min-inline-size: 0;
    }
  `,
})
export class AppComponent {
  private readonly host = inject(HOST);
  private readonly router = inject(Router);
  protected readonly current = inject(CurrentTab).id;

  constructor() {
    effect(() => applyTheme(this.host.theme()));
    const destroyed = inject(DestroyRef);
    this.router.events
      .pipe(
        filter(event => event instanceof NavigationEnd),
        takeUntilDestroyed(destroyed),
      )
      .subscribe(event => this.host.reportPath(event.urlAfterRedirects.replace(/^\//, '')));
    this.host.reopened.pipe(takeUntilDestroyed(destroyed)).subscribe(path => this.open(path));
    this.open(this.host.initialPath);
  }

  private open(path: string): void {
    void this.router.navigateByUrl(`/${path.replace(/^\/+/, '')}`);
  }
}
