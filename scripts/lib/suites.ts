import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { ROOT } from './paths.ts';
import { runPackage, runProgram } from './run-program.ts';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** One step that holds or does not: counts as one test. */
export async function check(name: string, step: () => Promise<number>): Promise<Count> {
  console.log(`\n== ${name}`);
  let code = 1;
  try {
    code = await step();
  } catch (error) {
    console.error(error);
  }
  console.log(`${name}: ${code === 0 ? 'passed' : 'FAILED'}`);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

export const typeCheck = (project: string): Promise<number> =>
  runPackage('typescript/bin/tsc', ['--noEmit', '-p', project]);

export const script = (file: string, ...args: string[]): Promise<number> =>
  runProgram(process.execPath, [join(ROOT, file), ...args]);

/** The Jest suites: domain, components, adapter. */
export async function jest(): Promise<Count> {
  console.log('\n== jest');
  const report = join(ROOT, '.generated/jest.json');
  await runPackage('jest/bin/jest.js', ['--json', `--outputFile=${report}`, '--maxWorkers=2']);
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numRuntimeErrorTestSuites: number;
  };
  return {
    passed: result.numPassedTests,
    // A file that does not load has no tests to fail.
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests,
  };
}

/** The node:test suites of one folder below `test`; a folder without tests is a failure. */
export async function nodeTests(folder: string, filesAtOnce = 1): Promise<Count> {
  console.log(`\n== test/${folder}`);
  const files = globSync(`test/${folder}/**/*.test.ts`, { cwd: ROOT }).map(file => join(ROOT, file));
  if (files.length === 0) return { passed: 0, failed: 1, skipped: 0 };
  const count = { passed: 0, failed: 0, skipped: 0 };
  const stream = run({ files, concurrency: filesAtOnce, timeout: 300_000 });
  // Suites and files pass and fail too; only what has no children is a test.
  stream.on('test:summary', summary => {
    if (summary.file !== undefined) return;
    count.passed = summary.counts.passed;
    count.skipped = summary.counts.skipped + summary.counts.todo;
    count.failed =
      summary.counts.tests - summary.counts.passed - summary.counts.skipped - summary.counts.todo;
  });
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject);
    stream.compose(spec).on('end', resolve).on('error', reject).pipe(process.stdout, { end: false });
  });
  return count.passed + count.failed + count.skipped === 0 ? { ...count, failed: 1 } : count;
}
