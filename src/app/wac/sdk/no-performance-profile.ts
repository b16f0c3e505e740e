/**
 * In the place of the SDK's performance-profile.js (`fileReplacements` in angular.json): 13 kB that record each request for a
 * developer who switched Windows Admin Center's own profiling on. The SDK calls no more of it than this: `registerRpc` in
 * data/app-context.js, `logRouteNavigation` in rpc/rpc-manager.js.
 */
export class PerformanceProfile {
  static readonly current = new PerformanceProfile();

  static logRouteNavigation(): void {
    // Nobody reads it.
  }

  registerRpc(): void {
    // Nothing to tell.
  }
}
