import { checkFile, type CoverageFinding } from '../app/coverage/compare/check-file';
import { coverageCsv } from '../app/coverage/compare/coverage-csv';
import { textOf } from '../app/coverage/read/read-have';
import { firewallRows } from '../app/export/formats/firewall-rows';
import { makeText } from '../app/ui/words/make-text';
import { chosenList } from './allowlist';
import type { CheckOptions, Command } from './allowlist-contract';
import { oneOf, outcomeOf, WrongUse } from './wrong-use';

const FORMATS = ['text', 'json', 'csv'] as const;

/** Holds a file of the network team against the list: exit code 0 when everything is covered, 1 when something is not, or may be refused. */
export const checkCommand: Command<CheckOptions> = (options, editions, strings) =>
  outcomeOf(() => {
    const t = makeText(strings);
    const format = oneOf('--format', options.format ?? 'text', FORMATS);
    if (options.internal) throw new WrongUse('--internal cannot be checked: those rules have no host names.');
    if (options.port !== undefined) throw new WrongUse('--port is only for writing a palo-alto list.');
    const { allowlist, notes } = chosenList(options, editions, t);
    const rows = firewallRows(allowlist, t).filter(row => row.connects === 'nodes');
    // An empty list is covered by everything, and says nothing.
    if (rows.length === 0) throw new WrongUse(t('coverage.nothingNeeded'));
    const checked = checkFile(rows, textOf(options.have), t);
    if (!checked.ok) throw new WrongUse(checked.message);
    const { findings, lacking, headline, summary, notes: more, mayBeRefused } = checked.check;
    return {
      text: write(findings, format, [headline, summary]),
      notes: [...notes, ...more, ...(format === 'text' ? [] : [headline, summary])],
      exitCode: lacking.length === 0 && !mayBeRefused ? 0 : 1,
    };
  });

function write(
  findings: readonly CoverageFinding[],
  format: (typeof FORMATS)[number],
  closing: readonly string[],
): string {
  if (format === 'json') return `${JSON.stringify(findings, null, 2)}\n`;
  if (format === 'csv') return coverageCsv(findings);
  const lines = findings
    .filter(({ state }) => state !== 'covered')
    .map(({ state, host, port, protocol, line, entry, reason }) =>
      [
        state.padEnd(9),
        ...(host === undefined ? [] : [`${host}:${port ?? ''}/${protocol ?? ''}`]),
        ...(entry === undefined ? [] : [line === undefined ? `"${entry}"` : `"${entry}" (${line})`]),
        ...(reason === undefined ? [] : [reason]),
      ].join('  '),
    );
  // Values of a file must not steer the terminal.
  return `${[...lines, ...closing].map(each => each.replace(/[\p{Cc}]/gu, ' ')).join('\n')}\n`;
}
