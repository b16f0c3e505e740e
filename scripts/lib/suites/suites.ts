import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ROOT } from '../paths.ts';
import { type Outcome, runWithin } from './run-within.ts';
import type { Seats } from './seats.ts';
import { type Count, readTap, type Result } from './tap.ts';

/** A suite puts its work on the seats as it bears it, and writes what came out as soon as a part of it has ended. */
export type Suite = (name: string, seats: Seats) => Promise<Result>;

/** Far more than the longest file takes on a slow computer. */
const LIMIT_MS = 600_000;

/** Characters of what one file's failures say that are repeated at the end. */
const COMPLAINT = 4000;

/** One step that holds, or says what it complains of: counts as one test. */
export function step(work: () => Promise<string | undefined>, { isAlone = false } = {}): Suite {
  return (name, seats) =>
    seats.use(isAlone ? seats.all : 1, async () => {
      if (isAlone) console.log(`\n== ${name}`);
      const complaint = await work().catch((error: unknown) => {
        console.error(error);
        return error instanceof Error ? error.message : String(error);
      });
      console.log(`${name}: ${complaint === undefined ? 'passed' : 'FAILED'}`);
      return complaint === undefined
        ? { passed: 1, failed: 0, skipped: 0, complaints: [] }
        : { passed: 0, failed: 1, skipped: 0, complaints: [about(name, complaint)] };
    });
}

/** Programs that hold or do not, one after the other up to the first that fails: count together as one test. */
export function programs(...commands: readonly (readonly string[])[]): Suite {
  return step(async () => {
    for (const command of commands) {
      const outcome = await runWithin(LIMIT_MS, process.execPath, command);
      write(command.join(' '), outcome, outcome.code !== 0);
      if (outcome.code !== 0) return outcome.text;
    }
    return undefined;
  });
}

/** The Jest suites: domain, components, adapter. */
export const jest: Suite = (name, seats) =>
  seats.use(seats.all, async () => {
    const report = join(ROOT, '.generated/jest.json');
    rmSync(report, { force: true });
    const workers = `--maxWorkers=${seats.all}`;
    const outcome = await runWithin(LIMIT_MS, process.execPath, [
      'node_modules/jest/bin/jest.js',
      '--json',
      `--outputFile=${report}`,
      workers,
    ]);
    write(name, outcome);
    if (!existsSync(report))
      return { passed: 0, failed: 1, skipped: 0, complaints: [about(name, outcome.text)] };
    const result = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numRuntimeErrorTestSuites: number;
    };
    // A file that does not load has no tests to fail.
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    return {
      passed: result.numPassedTests,
      failed,
      skipped: result.numPendingTests,
      complaints: failed > 0 ? [about(name, outcome.text)] : [],
    };
  });

export interface FilesOptions {
  readonly alone?: readonly string[];
  readonly first?: () => Promise<void>;
}

/**
 * The node:test files below a folder of `test`, side by side with others; a folder without tests is a failure.
 *
 * @param alone the files that measure time or look at the whole computer, by name without `.test.ts`
 * @param first brings what the files need
 */
export function files(folder: string, { alone = [], first }: FilesOptions = {}): Suite {
  return async (_name, seats) => {
    if (first) await seats.use(1, first);
    const found = globSync(`test/${folder}/**/*.test.ts`, { cwd: ROOT }).sort();
    const isAlone = (file: string): boolean => alone.includes(basename(file, '.test.ts'));
    const missing = alone.filter(name => !found.some(file => file.endsWith(`/${name}.test.ts`)));
    // Those that need the computer for themselves come last, so that the others stay side by side.
    const counts = await Promise.all(
      [...found.filter(file => !isAlone(file)), ...found.filter(isAlone)].map(file =>
        seats.use(isAlone(file) ? seats.all : 1, () => testFile(file)),
      ),
    );
    const complaints = missing.map(name => `test/${folder} has no ${name}.test.ts, which is to run alone.`);
    if (found.length === 0) complaints.push(`test/${folder} has no tests.`);
    return sum([...counts, { passed: 0, failed: complaints.length, skipped: 0, complaints }]);
  };
}

export function sum(results: readonly Result[]): Result {
  const total = (key: keyof Count): number => results.reduce((all, result) => all + result[key], 0);
  return {
    passed: total('passed'),
    failed: total('failed'),
    skipped: total('skipped'),
    complaints: results.flatMap(result => result.complaints),
  };
}

/** One file in its own process, by node's own runner. A file that cannot be loaded, or has no tests, has failed. */
export async function testFile(file: string, limitMs = LIMIT_MS): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'tests-'));
  const report = join(folder, 'report.tap');
  const reporters = [
    ['spec', 'stdout'],
    ['tap', report],
  ].flatMap(([name, target]) => [`--test-reporter=${name}`, `--test-reporter-destination=${target}`]);
  try {
    const outcome = await runWithin(limitMs, process.execPath, [...reporters, file]);
    const { count, last } = readTap(existsSync(report) ? readFileSync(report, 'utf8') : '');
    write(file, outcome);
    const tooLong = outcome.isTooLong
      ? `${file} did not end within ${limitMs / 1000} s and was ended; the last that it reported: ${last}`
      : '';
    if (tooLong) console.log(tooLong);
    const isWrong = outcome.code !== 0 || count.passed + count.failed + count.skipped === 0;
    const failed = isWrong ? Math.max(count.failed, 1) : count.failed;
    return { ...count, failed, complaints: failed > 0 ? [about(file, tooLong || outcome.text)] : [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The reporters' own summary of what failed, else the end of what was said. */
function about(title: string, text: string): string {
  const at = Math.max(
    ...['✖ failing tests:', 'Summary of all failing tests'].map(words => text.lastIndexOf(words)),
  );
  return `== ${title}\n${at < 0 ? text.trim().slice(-COMPLAINT) : text.slice(at, at + COMPLAINT).trim()}`;
}

function write(title: string, { text }: Outcome, isWanted = true): void {
  if (isWanted || text.trim() !== '') console.log(`\n== ${title}\n${text.trimEnd()}`);
}
