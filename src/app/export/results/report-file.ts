import type { Finding } from '../../reachability/finding/finding';
import type { RunState } from '../../reachability/run/run';
import type { Text } from '../../ui/words/make-text';
import type { FileOut } from '../../wac/platform';
import { reportHtml } from './report-html';
import { runFileName } from './run-export';

/** The report of a run that is over, for people who do not have the tool. */
export function reportFile(
  run: RunState,
  {
    findings,
    before,
    toolVersion,
    date,
    t,
  }: {
    readonly findings: readonly Finding[];
    /** An earlier run of the same cluster. */
    readonly before?: RunState;
    readonly toolVersion: string;
    readonly date: Date;
    readonly t: Text;
  },
): FileOut {
  return {
    fileName: runFileName(run, 'html', date),
    mime: 'text/html;charset=utf-8',
    text: reportHtml(run, findings, toolVersion, t, before),
  };
}
