/**
 * `npm run --silent allowlist -- --cloud public --format json`: the allowlist on stdout; with `diff` first, what changed
 * between two editions; with `check` first, what a file of the network team leaves shut.
 */
import { readCatalog } from '../src/catalog/tools/read-catalog.ts';
import { answer } from './lib/allowlist/answer.ts';
import { loadCommands } from './lib/allowlist/load-commands.ts';

// A reader such as `head` may stop early: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const { status, stdout, stderr } = answer(process.argv.slice(2), await loadCommands(), readCatalog());
process.stderr.write(stderr);
process.stdout.write(stdout);
process.exitCode = status;
