import { buildAll } from './build.ts';
import { generate } from './generate.ts';
import { check, jest, nodeTests, script, typeCheck, type Count } from './lib/suites.ts';

/**
 * `npm test [SUITE]…`: every check and suite, or those named, and one closing line `N passed, N failed` for all.
 */
const SUITES: Readonly<Record<string, () => Promise<Count>>> = {
  lint: () => check('lint', () => script('scripts/lint.ts')),
  types: () => check('types', checkTypes),
  catalog: () => check('catalog', () => script('scripts/catalog-check.ts')),
  build: () => check('build', build),
  jest,
  powershell: () => nodeTests('powershell'),
  'test-catalog': () => nodeTests('catalog'),
  cli: () => nodeTests('cli'),
  gateway: () => nodeTests('gateway'),
  lab: () => nodeTests('lab'),
  package: () => nodeTests('package'),
  e2e: () => nodeTests('e2e'),
};

const PROJECTS = [
  'tsconfig.app.json',
  'tsconfig.spec.json',
  'tsconfig.node.json',
  'emulator/shell/browser/tsconfig.json',
];

async function checkTypes(): Promise<number> {
  for (const project of PROJECTS) {
    if ((await typeCheck(project)) !== 0) return 1;
  }
  return 0;
}

async function build(): Promise<number> {
  await buildAll(message => {
    console.log(message);
  });
  return 0;
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter(name => !Object.hasOwn(SUITES, name));
  if (unknown.length > 0) {
    console.error(`Usage: npm test [-- ${Object.keys(SUITES).join('|')} …]`);
    return 2;
  }
  await generate();
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, suite] of Object.entries(SUITES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const count = await suite();
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
