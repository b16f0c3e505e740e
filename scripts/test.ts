import { spawnSync } from 'node:child_process';
import { buildAll } from './build.ts';
import { PROGRAMS } from './build-host.ts';
import { generate } from './generate.ts';
import { ensureEngines } from './lib/suites/engines.ts';
import { passSignalsOn } from './lib/suites/run-within.ts';
import { Seats } from './lib/suites/seats.ts';
import { files, jest, programs, step, type Suite, sum } from './lib/suites/suites.ts';

/** Two cores are what a build server gives; more at once would starve simulated nodes into false timeouts. */
const seats = new Seats(2);

/**
 * `npm test [SUITE]…`: every check and suite, or those named, and one closing line `N passed, N failed` for all. They
 * sit down in this order, and what follows takes a seat as soon as one is free.
 */
const SUITES: Readonly<Record<string, Suite>> = {
  // All that come later need what it builds; the .NET programs and the tool are built side by side.
  build: step(build, { isAlone: true }),
  lint: programs(['scripts/lint.ts']),
  types: programs(
    ...[
      'tsconfig.app.json',
      'tsconfig.spec.json',
      'tsconfig.node.json',
      'emulator/shell/browser/tsconfig.json',
    ].map(project => ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project]),
  ),
  catalog: programs(['scripts/catalog-check.ts']),
  // A node that gets no processor beside others is honestly "not tested".
  e2e: files('e2e', { alone: ['check', 'cancel', 'killed'] }),
  // Those that stop scripts hold each to a second.
  powershell: files('powershell', { alone: ['host', 'proxy-script'] }),
  gateway: files('gateway'),
  package: files('package'),
  'set-up': files('set-up'),
  cli: files('cli'),
  formats: files('formats', { first: () => ensureEngines(console.log) }),
  'test-catalog': files('catalog'),
  jest,
  lab: files('lab', { alone: ['faults', 'leaves-nothing'] }),
  // Those left to stand beside others give each endpoint ten seconds, or measure nothing.
  probe: files('probe', {
    alone: ['curl', 'curl-again', 'findings', 'lab', 'loopback', 'proxy', 'slow', 'starved'],
  }),
};

async function build(): Promise<undefined> {
  await buildAll(message => {
    console.log(message);
  }, PROGRAMS);
  return undefined;
}

/** `--engine PROGRAM`: the scripts that only read, on that PowerShell instead of the simulated nodes' engine. */
function takeEngine(words: readonly string[]): {
  readonly engine: string;
  readonly names: readonly string[];
} {
  const at = words.indexOf('--engine');
  return at < 0
    ? { engine: '', names: words }
    : { engine: words[at + 1] ?? '', names: [...words.slice(0, at), ...words.slice(at + 2)] };
}

async function main(words: readonly string[]): Promise<number> {
  const { engine, names } = takeEngine(words);
  if (words.includes('--engine')) {
    if (engine === '' || names.length !== 1 || names[0] !== 'powershell') {
      console.error('Usage: npm test -- powershell --engine PROGRAM, for example powershell.exe');
      return 2;
    }
    const { error } = spawnSync(engine, ['-NoProfile', '-NonInteractive', '-Command', 'exit 0']);
    if (error) {
      console.error(
        `${engine} cannot be started (${error.message}), so that nothing was tested. Name a PowerShell that is on the ` +
          'PATH, or its whole path; Windows PowerShell is C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe.',
      );
      return 2;
    }
    process.env['OUTBOUND_ENGINE'] = engine;
    const count = await files('windows-engine')('powershell', seats);
    console.log(`\n${count.passed} passed, ${count.failed} failed`);
    return count.failed === 0 && count.passed > 0 ? 0 : 1;
  }
  const unknown = names.filter(name => !Object.hasOwn(SUITES, name));
  if (unknown.length > 0) {
    console.error(`Usage: npm test [-- ${Object.keys(SUITES).join('|')} …]`);
    return 2;
  }
  passSignalsOn();
  await generate();
  const wanted = Object.entries(SUITES).filter(([name]) => names.length === 0 || names.includes(name));
  const { passed, failed, skipped, complaints } = sum(
    await Promise.all(wanted.map(([name, suite]) => suite(name, seats))),
  );
  // Of a long run often only the end is kept.
  if (complaints.length > 0) console.log(`\n==== What failed, once more\n${complaints.join('\n\n')}`);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
