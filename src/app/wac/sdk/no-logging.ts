/**
 * In the place of the SDK's logging.js (`fileReplacements` in angular.json): 10 kB that write the SDK's own doings to the console,
 * and send them and its telemetry by way of the shell to the gateway. The tool tells nobody; what fails is told on its pages.
 * The SDK calls no more of it than this.
 */
export class Logging {
  static readonly current = new Logging();
  static readonly log = nothing;
  static readonly logError = nothing;
  static readonly logWarning = nothing;
  static readonly logInformational = nothing;
  static readonly logDebug = nothing;
  static readonly trace = nothing;

  registerRpc(): void {
    // Nothing to tell.
  }
}

function nothing(): void {
  // Nobody is told.
}
