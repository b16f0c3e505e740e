import type { Requirement } from '../../allowlist/catalog/catalog';
import type { Text } from '../../ui/words/make-text';
import type { UnreadReason } from '../entries/entry';
import { readHave, type SourceKind } from '../read/read-have';
import { coverageOf, type Excess, type Needed, type RowCoverage } from './coverage';

type Row = Needed & { readonly requirement: Requirement };

/** One line of the answer, for people and programs. */
export interface CoverageFinding {
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
  /** A sentence. */
  readonly reason?: string;
}

export interface FileCheck<Each extends Row> {
  readonly source: SourceKind;
  /** Each needed door in its order, then what the file has beyond, then what could not be read. */
  readonly findings: readonly CoverageFinding[];
  /** How many findings of each state. */
  readonly counts: Readonly<Record<CoverageFinding['state'], number>>;
  /** Those that are missing or half covered. */
  readonly lacking: readonly Each[];
  /** What to know of the answer, as sentences. */
  readonly notes: readonly string[];
  /** What it comes to. It never claims more than the file says. */
  readonly headline: string;
  /** Whether a rule that denies, or may, could not be compared: what is covered may be refused. */
  readonly mayBeRefused: boolean;
  /** Whether everything is covered without an if. */
  readonly isCertain: boolean;
  /** All in one sentence. */
  readonly summary: string;
}

export type Checked<Each extends Row> =
  { readonly ok: true; readonly check: FileCheck<Each> } | { readonly ok: false; readonly message: string };

/** Holds the text of what a network team has against what is needed. `message`: why the file was not read, as a sentence. */
export function checkFile<Each extends Row>(rows: readonly Each[], text: string, t: Text): Checked<Each> {
  const have = readHave(text);
  if (have.kind === 'refused') return { ok: false, message: t(`coverage.refused.${have.why}`) };
  const coverage = coverageOf(rows, have);
  const unreadFor = (...reasons: readonly UnreadReason[]): number =>
    have.unread.filter(({ reason }) => reasons.includes(reason)).length;
  // These might let something through.
  const open = have.unread.length - unreadFor('denies', 'may-deny');
  const mayDeny = unreadFor('may-deny');
  const findings: readonly CoverageFinding[] = [
    ...coverage.rows.map(row => rowFinding(row, { hasUnread: open > 0, mayBeRefused: mayDeny > 0 }, t)),
    ...coverage.excess.map(({ entry, kind }) => ({
      ...{ state: kind, entry: entry.text, reason: t(`coverage.excess.${kind}`) },
      ...(entry.line === undefined ? {} : { line: entry.line }),
    })),
    ...have.unread.map(({ line, text: entry, reason }) => ({
      ...{ state: 'unread' as const, entry, reason: t(`coverage.unread.${reason}`) },
      ...(line === undefined ? {} : { line }),
    })),
  ];
  const counts = { covered: 0, half: 0, missing: 0, wider: 0, ports: 0, unrelated: 0, unread: 0 };
  for (const { state } of findings) counts[state] += 1;
  const used = coverage.rows.flatMap(row => (row.state === 'covered' ? [row.by] : []));
  const lacking = coverage.rows.filter(({ state }) => state !== 'covered').map(({ row }) => row);
  // On what it depends whether what is covered is open.
  const ifs = Object.entries({
    noPorts: used.filter(({ port }) => port === undefined).length,
    someSources: used.filter(({ sources }) => sources !== undefined).length,
    mayDeny,
  }).filter(([, count]) => count > 0);
  return {
    ok: true,
    check: {
      source: have.kind,
      findings,
      counts,
      lacking,
      notes: [
        t('coverage.readAs', t(`coverage.source.${have.kind}`), have.entries.length, have.unread.length),
        ...ifs.map(([name, count]) => t(`coverage.${name}`, count)),
        ...(unreadFor('denies') === 0 ? [] : [t('coverage.denials', unreadFor('denies'))]),
      ],
      headline: headlineOf(lacking.length, ifs, open, t),
      mayBeRefused: mayDeny > 0,
      isCertain: lacking.length === 0 && ifs.length === 0,
      summary: t(
        'coverage.summary',
        ...[rows.length, counts.covered, counts.half, counts.missing],
        ...[counts.wider + counts.ports, counts.unrelated],
      ),
    },
  };
}

/** `unread`: how many lines could not be read that might let something through. */
function headlineOf(
  lacking: number,
  ifs: readonly (readonly [string, number])[],
  unread: number,
  t: Text,
): string {
  if (lacking > 0) {
    const main = t('coverage.page.lacking', lacking);
    return unread === 0 ? main : `${main} ${t('coverage.headline.unread', unread)}`;
  }
  const conditions = ifs.map(([name, count]) => t(`coverage.if.${name}`, count));
  return conditions.length === 0
    ? t('coverage.page.all')
    : t('coverage.headline.if', conditions.join(t('coverage.headline.and')));
}

function rowFinding(
  coverage: RowCoverage<Row>,
  { hasUnread, mayBeRefused }: { readonly hasUnread: boolean; readonly mayBeRefused: boolean },
  t: Text,
): CoverageFinding {
  const { host, port, protocol, requirement } = coverage.row;
  const needed = { state: coverage.state, host, port, protocol, requirement };
  if (coverage.state === 'missing')
    return { ...needed, reason: t(hasUnread ? 'coverage.missing.unread' : 'coverage.missing') };
  const entries = coverage.state === 'covered' ? [coverage.by] : coverage.by;
  const [first] = entries;
  const reason =
    coverage.state === 'half'
      ? t(`coverage.half.${coverage.half}`)
      : [
          ...(coverage.by.port === undefined ? [t('coverage.covered.noPort')] : []),
          ...(coverage.by.sources === undefined ? [] : [t('coverage.covered.sources', coverage.by.sources)]),
          ...(mayBeRefused ? [t('coverage.covered.mayDeny')] : []),
        ].join(' ');
  return {
    ...needed,
    ...(first?.line === undefined ? {} : { line: first.line }),
    entry: textsOf(entries),
    ...(reason === '' ? {} : { reason }),
  };
}

/** Some are enough to find the place. */
const SHOWN = 5;

function textsOf(entries: readonly { readonly text: string }[]): string {
  const texts = [...new Set(entries.map(({ text }) => text))];
  return texts.length > SHOWN ? `${texts.slice(0, SHOWN).join(', ')}, …` : texts.join(', ');
}
