/**
 * In the place of web-vitals (`fileReplacements` in angular.json), which the SDK's performance-tracker.js imports: 5 kB that
 * only Windows Admin Center's own telemetry of page loads would use. Without `getLCP` the SDK leaves them out by itself.
 */
export const getCLS = undefined;
export const getFCP = undefined;
export const getFID = undefined;
export const getLCP = undefined;
export const getTTFB = undefined;
