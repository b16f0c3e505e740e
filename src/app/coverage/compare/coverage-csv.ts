import { csvText } from '../../export/text/csv';
import type { CoverageFinding } from './check-file';

const COLUMNS = ['state', 'host', 'port', 'protocol', 'requirement', 'line', 'entry', 'reason'] as const;

/** The whole answer, one record a finding. */
export function coverageCsv(findings: readonly CoverageFinding[]): string {
  return csvText([[...COLUMNS], ...findings.map(finding => COLUMNS.map(column => finding[column] ?? ''))]);
}
