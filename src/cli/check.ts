import { coverageOf, type Excess, type RowCoverage } from '../app/coverage/compare/coverage';
import { readHave } from '../app/coverage/read/read-have';
import type { FirewallRow } from '../app/export/formats/contract';
import { firewallRows } from '../app/export/formats/firewall-rows';
import { csvText } from '../app/export/text/csv';
import { makeText, type Text } from '../app/ui/make-text';
import { chosenList } from './allowlist';
import type { CheckOptions, Command } from './allowlist-contract';
import { oneOf, outcomeOf, WrongUse } from './wrong-use';

const FORMATS = ['text', 'json', 'csv'] as const;

/** One line of the answer. */
interface Finding {
  readonly state: 'covered' | 'half' | 'missing' | Excess['kind'] | 'unread';
  /** What is needed; absent for what is only in the file. */
  readonly host?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly requirement?: string;
  /** Line of the file, from 1. */
  readonly line?: number;
  /** What stands there. */
  readonly entry?: string;
  readonly reason?: string;
}

/** Holds a file of the network team against the list: exit code 0 when everything is covered, 1 when something is not. */
export const checkCommand: Command<CheckOptions> = (options, editions, strings) =>
  outcomeOf(() => {
    const t = makeText(strings);
    const format = oneOf('--format', options.format ?? 'text', FORMATS);
    if (options.internal) throw new WrongUse('--internal cannot be checked: those rules have no host names.');
    if (options.port !== undefined) throw new WrongUse('--port is only for writing a palo-alto list.');
    const { allowlist, notes } = chosenList(options, editions, t);
    const have = readHave(options.have);
    if (have.kind === 'binary' || have.kind === 'page')
      throw new WrongUse(t(`coverage.refused.${have.kind}`));
    const rows = firewallRows(allowlist, t).filter(row => row.connects === 'nodes');
    const coverage = coverageOf(rows, have.entries);
    const findings = [
      ...coverage.rows.map(row => rowFinding(row, t)),
      ...coverage.excess.map(({ entry, kind }) => ({
        ...{ state: kind, entry: entry.text, reason: t(`coverage.excess.${kind}`) },
        ...(entry.line === undefined ? {} : { line: entry.line }),
      })),
      ...have.unread.map(({ line, text, reason }) => ({
        ...{ state: 'unread' as const, entry: text, reason: t(`coverage.unread.${reason}`) },
        ...(line === undefined ? {} : { line }),
      })),
    ];
    const count = (state: Finding['state']): number => findings.filter(each => each.state === state).length;
    const portless = have.entries.filter(({ port }) => port === undefined).length;
    const isCovered = count('half') === 0 && count('missing') === 0;
    const summary = t(
      'coverage.summary',
      ...[rows.length, count('covered'), count('half'), count('missing'), count('wider'), count('unrelated')],
    );
    return {
      text: write(findings, format, summary),
      notes: [
        ...notes,
        t('coverage.readAs', t(`coverage.source.${have.kind}`), have.entries.length, have.unread.length),
        ...(portless === 0 ? [] : [t('coverage.noPorts', portless)]),
        ...(format === 'text' ? [] : [summary]),
      ],
      exitCode: isCovered ? 0 : 1,
    };
  });

function rowFinding(coverage: RowCoverage<FirewallRow>, t: Text): Finding {
  const { host, port, protocol, requirement } = coverage.row;
  const needed = { state: coverage.state, host, port, protocol, requirement };
  if (coverage.state === 'missing') return { ...needed, reason: t('coverage.missing') };
  const entries = coverage.state === 'covered' ? [coverage.by] : coverage.by;
  const [first] = entries;
  return {
    ...needed,
    ...(first?.line === undefined ? {} : { line: first.line }),
    entry: entries.map(({ text }) => text).join(', '),
    ...(coverage.state === 'half' ? { reason: t(`coverage.half.${coverage.half}`) } : {}),
  };
}

function write(findings: readonly Finding[], format: (typeof FORMATS)[number], summary: string): string {
  if (format === 'json') return `${JSON.stringify(findings, null, 2)}\n`;
  const columns = ['state', 'host', 'port', 'protocol', 'requirement', 'line', 'entry', 'reason'] as const;
  if (format === 'csv')
    return csvText([[...columns], ...findings.map(finding => columns.map(column => finding[column] ?? ''))]);
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
  return `${[...lines, summary].map(each => each.replace(/[\p{Cc}]/gu, ' ')).join('\n')}\n`;
}
