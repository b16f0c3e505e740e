import { main, readOptions } from '../emulator/start.ts';
import { buildAll } from './build.ts';

/** `npm start`: builds what is stale, then runs the emulator until Ctrl+C. */

// Wrong options are told before anything is built.
const options = readOptions(process.argv.slice(2));
await buildAll(message => {
  console.log(message);
});
await main(options);
