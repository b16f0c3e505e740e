import { watch } from 'node:fs';
import { join } from 'node:path';
import { main, readOptions } from '../emulator/start.ts';
import { buildEmulator } from './build.ts';
import { generate } from './generate.ts';
import { startDevServer } from './lib/dev-server.ts';
import { ROOT } from './lib/paths.ts';

/**
 * `npm run dev`: `npm start` with live reload. Angular's dev server serves the tool, and the emulator opens it from
 * there, as Windows Admin Center does with a sideloaded one. The same options as `npm start`.
 */

/** What is not TypeScript: strings, node scripts, and the tokens that styles use. */
const SOURCES = ['assets/strings', 'src'];

/** An editor writes a file in several steps. */
const SETTLED_MS = 100;

// Wrong options are told before anything is built.
const options = readOptions(process.argv.slice(2));
await generate();
await buildEmulator(message => {
  console.log(message);
});
const server = await startDevServer().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
keepGenerated();
await main({ ...options, sideload: server.origin, companion: server });

/** Makes the generated files anew whenever their sources change, one run after the other. */
function keepGenerated(): void {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(generate).catch((error: unknown) => {
        // A file is half written or wrong: the next change mends it.
        console.error(error instanceof Error ? error.message : String(error));
      });
    }, SETTLED_MS);
  };
  for (const folder of SOURCES) watch(join(ROOT, folder), { recursive: true }, changed);
}
