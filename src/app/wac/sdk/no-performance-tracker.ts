/**
 * In the place of the SDK's performance-tracker.js (`fileReplacements` in angular.json): 11 kB, and 5 kB of web-vitals behind
 * them, that measure page loads for Windows Admin Center's own telemetry. core-environment.js calls no more of it than this.
 */
export const PerformanceTracker = {
  coreEnvironmentInitStarted: nothing,
  initializeLighthouseMetricsTrackers: nothing,
  manifestLoadStarted: nothing,
  localizationStarted: nothing,
  accessibilityManagerStarted: nothing,
  coreEnvironmentInitCompleted: nothing,
};

function nothing(): void {
  // Nobody is told.
}
