import { runPackage } from './lib/run-program.ts';

/** `npm run format`: writes the format that `npm run lint` asks for. */
process.exitCode = await runPackage('prettier/bin/prettier.cjs', ['--write', '--log-level', 'warn', '.']);
