/**
 * In the place of the SDK's sme-web-telemetry-models.js (`fileReplacements` in angular.json): the names of its telemetry's events,
 * which nobody is told (`no-web-telemetry.ts`). powershell.js asks for these two.
 */
export const TelemetryEventStates = { Started: 'started', Error: 'error' };
