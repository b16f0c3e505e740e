import { ScenarioError } from './lab/read-scenario.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
import { openBrowser } from './open-browser.ts';
import { parseOptions, type StartOptions, UsageError } from './options.ts';

export { startEmulator, type Emulator, type EmulatorOptions } from './emulator.ts';

/** Reads the command line of `npm start`; a wrong one is told in one line, and the process ends with 2. */
export function readOptions(argv: readonly string[]): StartOptions {
  try {
    // npm changes to the project's folder; a file was named from where the user is.
    return parseOptions(argv, process.env['INIT_CWD'] ?? process.cwd());
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ScenarioError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

/** Runs the emulator until Ctrl+C, or until the terminal closes. */
export async function main(options: StartOptions & Pick<EmulatorOptions, 'appFolder'>): Promise<void> {
  const stopping = new AbortController();
  let emulator: Emulator | undefined;
  const end = async (): Promise<void> => {
    // A second signal means at once; what was started ends with this process or its input.
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
    if (!emulator) return;
    console.log('Stopping …');
    await emulator.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      void end();
    });
  }
  try {
    emulator = await startEmulator({
      ...options,
      log: line => {
        console.log(line);
      },
      signal: stopping.signal,
    });
  } catch (error) {
    if (!stopping.signal.aborted) console.error(error instanceof Error ? error.message : String(error));
    process.exit(stopping.signal.aborted ? 0 : 1);
  }
  console.log(`Ready: ${emulator.url}`);
  if (options.open) openBrowser(emulator.url);
}
