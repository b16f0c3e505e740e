/**
 * In the place of the SDK's batch-connection.js and powershell-batch.js (`fileReplacements` in angular.json): 17 kB that run one
 * command on several nodes in one request. Here each node has a session of its own, with partial results and a cancel.
 */
class Unused {
  constructor() {
    throw new Error('Batches are not part of this tool: each node has a session of its own.');
  }
}

export const PowerShellBatch = Unused;
export const PowerShellBatchSession = Unused;

/** Handed to the SDK's PowerShellConnection, which would use it for batches only. */
export class BatchConnection {}
