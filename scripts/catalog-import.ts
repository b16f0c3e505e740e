/**
 * Turns a published list into an edition: `npm run catalog:import -- --edition ID --region NAME --cloud CLOUD FILE…`.
 * See docs/catalog.md.
 */
import { runImport } from '../src/catalog/tools/import/run-import.ts';

const { exitCode, stdout, stderr } = await runImport(process.argv.slice(2));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
