const nothing = (): void => undefined;

/**
 * In the place of the SDK's streams over WebSocket (`fileReplacements` in angular.json), which nothing here opens: scripts run
 * in REST sessions. Only the SDK's performance-profile.js imports them, to watch what they send.
 */
const NO_STREAM = { registerMonitorSet: nothing, unregisterMonitors: nothing };

export { NO_STREAM as CimStream, NO_STREAM as PowerShellStream };
