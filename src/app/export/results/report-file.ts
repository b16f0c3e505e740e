import type { Finding } from '../../reachability/finding/finding';
import type { JudgedRun } from '../../reachability/record/judged-run';
import type { RunState } from '../../reachability/run/run';
import type { Text } from '../../ui/words/make-text';
import type { FileOut } from '../../wac/platform';
import { reportSteps } from './report-html';
import { runFileName } from './run-export';

export interface ReportParts {
  readonly findings: readonly Finding[];
  /** An earlier run of the same cluster. */
  readonly before: JudgedRun | undefined;
  readonly toolVersion: string;
  readonly date: Date;
  readonly t: Text;
}

/** The report of a run that is over, for people who do not have the tool; in steps that take some milliseconds each. */
export function* reportFile(
  run: RunState,
  { findings, before, toolVersion, date, t }: ReportParts,
): Generator<undefined, FileOut> {
  return {
    fileName: runFileName(run, 'html', date),
    mime: 'text/html;charset=utf-8',
    text: yield* reportSteps(run, findings, toolVersion, t, before),
  };
}
