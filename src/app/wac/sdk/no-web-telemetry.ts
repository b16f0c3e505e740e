/**
 * In the place of the SDK's sme-web-telemetry.js (`fileReplacements` in angular.json): 11 kB that tell the shell's telemetry of
 * each script. The tool tells nobody. node-connection.js, powershell.js, powershell-batch.js and rpc.js call no more of it.
 */
export const SmeWebTelemetry = {
  traceAction: nothing,
  tracePowershellEvent: nothing,
  tracePowershellBatchEvent: nothing,
  updateFromRpcInit: nothing,
};

function nothing(): void {
  // Nobody is told.
}
