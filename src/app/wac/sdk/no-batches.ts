/**
 * In the place of the SDK's batch-connection.js and powershell-batch.js (`fileReplacements` in angular.json): 17 kB that run one
 * command on several nodes in one request. Here each node has a session of its own, with partial results and a cancel.
 */
export const PowerShellBatch = undefined;
export const PowerShellBatchSession = undefined;

/** Handed to the SDK's PowerShellConnection, which would use it for batches only. */
export const BatchConnection = Object;
