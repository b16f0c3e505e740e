import type { Routes } from '@angular/router';

/** The three tabs, in their order. `id` is the route and the key of the strings. */
export const TABS = ['allowlist', 'reachability', 'proxy'] as const;
export type TabId = (typeof TABS)[number];

export const routes: Routes = [
  {
    path: 'allowlist',
    loadComponent: () => import('../allowlist/allowlist.page').then(page => page.AllowlistPage),
  },
  {
    path: 'reachability',
    loadComponent: () => import('../reachability/reachability.page').then(page => page.ReachabilityPage),
  },
  { path: 'proxy', loadComponent: () => import('../proxy/proxy.page').then(page => page.ProxyPage) },
  { path: '', pathMatch: 'full', redirectTo: 'allowlist' },
  { path: '**', redirectTo: 'allowlist' },
];
