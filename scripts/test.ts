import { buildAll } from './build.ts';
import { PROGRAMS } from './build-host.ts';
import { generate } from './generate.ts';
import { ensureEngines } from './lib/engines.ts';
import { check, jest, nodeTests, script, typeCheck, type Count } from './lib/suites.ts';

/** Where nothing is measured and nothing is shared; elsewhere files take turns. */
const FILES_AT_ONCE = 2;

/** These only read, and each keeps one core busy. */
const SIDE_BY_SIDE: readonly string[] = ['lint', 'types'];

/**
 * `npm test [SUITE]…`: every check and suite, or those named, and one closing line `N passed, N failed` for all.
 */
const SUITES: Readonly<Record<string, () => Promise<Count>>> = {
  lint: () => check('lint', () => script('scripts/lint.ts')),
  types: () => check('types', checkTypes),
  catalog: () => check('catalog', () => script('scripts/catalog-check.ts')),
  build: () => check('build', build),
  jest,
  powershell: () => nodeTests('powershell', FILES_AT_ONCE),
  probe: () => nodeTests('probe'),
  'test-catalog': () => nodeTests('catalog', FILES_AT_ONCE),
  cli: () => nodeTests('cli', FILES_AT_ONCE),
  formats: async () => {
    await ensureEngines(console.log);
    return nodeTests('formats', FILES_AT_ONCE);
  },
  gateway: () => nodeTests('gateway', FILES_AT_ONCE),
  lab: () => nodeTests('lab'),
  package: () => nodeTests('package'),
  'set-up': () => nodeTests('set-up', FILES_AT_ONCE),
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
  }, PROGRAMS);
  return 0;
}

type Suite = readonly [name: string, run: () => Promise<Count>];

function inTurn(suites: readonly Suite[]): readonly (readonly Suite[])[] {
  const isBeside = ([name]: Suite): boolean => SIDE_BY_SIDE.includes(name);
  return [suites.filter(isBeside), ...suites.filter(suite => !isBeside(suite)).map(suite => [suite])];
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter(name => !Object.hasOwn(SUITES, name));
  if (unknown.length > 0) {
    console.error(`Usage: npm test [-- ${Object.keys(SUITES).join('|')} …]`);
    return 2;
  }
  await generate();
  const total = { passed: 0, failed: 0, skipped: 0 };
  const wanted = Object.entries(SUITES).filter(([name]) => names.length === 0 || names.includes(name));
  for (const suites of inTurn(wanted)) {
    for (const count of await Promise.all(suites.map(([, run]) => run()))) {
      total.passed += count.passed;
      total.failed += count.failed;
      total.skipped += count.skipped;
    }
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
