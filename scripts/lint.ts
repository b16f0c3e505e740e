import { runPackage } from './lib/run-program.ts';

/** `npm run lint`: the house rules and the format. */
const eslint = await runPackage('eslint/bin/eslint.js', ['.', '--max-warnings', '0']);
const prettier = await runPackage('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
process.exitCode = eslint === 0 && prettier === 0 ? 0 : 1;
