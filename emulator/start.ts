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

/** What runs as long as the emulator does. */
export interface Companion {
  /** Settles when the tool can be opened. */
  readonly ready: Promise<void>;
  /** Settles when it has ended, wanted or not; the emulator then ends too. */
  readonly ended: Promise<void>;
  /** Ends it; safe to call again. */
  stop(): Promise<void>;
}

export interface MainOptions extends StartOptions, Pick<EmulatorOptions, 'appFolder' | 'sideload'> {
  readonly companion?: Companion;
}

/** One Ctrl+C comes twice under npm, which passes on what the terminal has sent to the whole group. */
const SAME_SIGNAL_MS = 1000;

/** Runs the emulator until Ctrl+C, or until the terminal closes. */
export async function main(options: MainOptions): Promise<void> {
  const { companion, ...emulatorOptions } = options;
  const stopping = new AbortController();
  let emulator: Emulator | undefined;
  let firstSignalAt = 0;
  const end = async (): Promise<void> => {
    if (stopping.signal.aborted) {
      // A later signal means at once; what was started ends with this process or its input.
      if (performance.now() - firstSignalAt > SAME_SIGNAL_MS) process.exit(130);
      return;
    }
    firstSignalAt = performance.now();
    stopping.abort();
    if (!emulator) return;
    console.log('Stopping …');
    await Promise.allSettled([emulator.stop(), companion?.stop()]);
    process.exit();
  };
  void companion?.ended.then(() => {
    if (stopping.signal.aborted) return;
    process.exitCode = 1;
    void end();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      void end();
    });
  }
  try {
    emulator = await startEmulator({
      ...emulatorOptions,
      log: line => {
        console.log(line);
      },
      signal: stopping.signal,
    });
    await companion?.ready;
  } catch (error) {
    if (!stopping.signal.aborted) {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    }
    await Promise.allSettled([emulator?.stop(), companion?.stop()]);
    process.exit();
  }
  // The end has begun: its last act ends this process.
  if (stopping.signal.aborted) return;
  console.log(`Ready: ${emulator.url}`);
  if (options.open) openBrowser(emulator.url);
}
