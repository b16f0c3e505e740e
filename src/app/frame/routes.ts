import type { Type } from '@angular/core';
import { TABS, type TabId } from '../ui/navigation';

/** Each page is a chunk of its own, loaded when its tab is first opened. */
export const PAGES: Readonly<Record<TabId, () => Promise<Type<unknown>>>> = {
  overview: () => import('../overview/page/overview.page').then(file => file.OverviewPage),
  allowlist: () => import('../allowlist/page/allowlist.page').then(file => file.AllowlistPage),
  reachability: () => import('../reachability/page/reachability.page').then(file => file.ReachabilityPage),
  proxy: () => import('../proxy/page/proxy.page').then(file => file.ProxyPage),
};

/** The tab that a route names: its first segment, or the first tab when that is none. */
export function tabOf(route: string): TabId {
  const first = route.replace(/^#?\/*/, '').split(/[/?#]/)[0];
  return TABS.find(tab => tab === first) ?? TABS[0];
}
