import { parse } from 'papaparse';
import { doorName } from '../../../allowlist/catalog/door';
import { CLIENTS } from '../../plan/client-routes';
import { CLOUDS } from '../../../cluster/cluster';
import { type Fields, instant, oneOf, readOrUndefined } from '../../probe/reading';
import { hopId } from '../../run/follow-up/redirect-chain';
import { readWayWords, type WayTried, wentSo, withWays } from '../../run/ways-tried';
import type { RunState } from '../../run/run';
import type { ObservedPhase } from '../../probe/observation';
import { causeBorneOut } from '../../verdict/borne-out';
import type { ProbeResult } from '../../verdict/probe-result';
import { probeResult } from './read-result';
import { causeOrUnclear, runOfResults } from './run-of-results';
import { withoutContradictions } from './contradictions';

const PHASES = ['name', 'connect', 'proxy', 'tls', 'http', 'ntp'] as const;
/** Without these a table is no run. */
const NEEDED = ['node', 'host', 'port', 'protocol', 'cause', 'route'] as const;

/** What a table without these columns, from before they were written, leaves open. */
export interface Unsaid {
  readonly cluster: string;
  /** ISO 8601. */
  readonly now: string;
}

/**
 * A run from the table that Export results writes, also one that a spreadsheet saved again: with semicolons, quotes, or a
 * comma in numbers. Of phases it has the times and one detail; findings and verdicts are made anew.
 */
export function readRunCsv(text: string, unsaid: Unsaid): RunState | undefined {
  const { data, meta } = parse<Readonly<Record<string, string>>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    delimitersToGuess: [',', ';', '\t'],
  });
  if (!NEEDED.every(column => meta.fields?.includes(column)) || data.length === 0) return undefined;
  return readOrUndefined(() => runOfRows(data.map(unguarded), unsaid));
}

type Row = Readonly<Record<string, string>>;

function runOfRows(rows: readonly Row[], unsaid: Unsaid): RunState {
  const [first = {}] = rows;
  const results = rows.filter(row => !isHop(row) && !isWay(row)).map(resultOf);
  const times = results.map(({ startedAt }) => startedAt).filter(time => time !== '');
  const startedAt = instant(first['runStartedAt']) || (times.sort()[0] ?? unsaid.now);
  const run = runOfResults(results, {
    request: {
      cluster: first['cluster'] || unsaid.cluster,
      cloud: first['cloud'] ? oneOf(first['cloud'], CLOUDS) : 'public',
      features: [],
      edition: { id: first['edition'] ?? '', published: '', name: first['edition'] ?? '' },
      timeoutMs: 0,
    },
    startedAt,
    endedAt: instant(first['runEndedAt']) || (times.at(-1) ?? startedAt),
  });
  const hops = new Map<string, Map<string, ProbeResult>>();
  for (const row of rows.filter(isHop)) {
    const result = resultOf(row);
    const client = CLIENTS.find(each => row['kind'] === `redirect ${each}`);
    const known = hops.get(result.node) ?? new Map<string, ProbeResult>();
    if (run.cells.has(result.node)) hops.set(result.node, known.set(hopId(result, client), result));
  }
  const whole = readWays(hops.size === 0 ? run : { ...run, hops }, rows.filter(isWay));
  return withoutContradictions(whole, 'hosts');
}

/** The ways that were tried beside results, of each endpoint those that were measured. */
function readWays(run: RunState, rows: readonly Row[]): RunState {
  const tried = new Map<string, { readonly first: ProbeResult; readonly ways: WayTried[] }>();
  for (const row of rows) {
    const way = readWayWords(row['kind'] ?? '');
    const result = resultOf(row);
    if (way === undefined || !wentSo(way, result)) continue;
    const key = `${result.node}\n${doorName(result)}`;
    const { first, ways } = tried.get(key) ?? { first: result, ways: [] };
    if (ways.some(({ kind }) => kind === way.kind)) continue;
    tried.set(key, { first, ways: [...ways, { ...way, result }] });
  }
  return [...tried.values()].reduce(
    (known, { first, ways }) =>
      withWays(known, first.node, doorName(first), { startedAt: first.startedAt, ways }),
    run,
  );
}

function isWay(row: Row): boolean {
  return row['kind']?.startsWith('way ') === true;
}

/** A host to which redirects led, beside the endpoints. */
function isHop(row: Row): boolean {
  return row['kind']?.startsWith('redirect') === true;
}

function resultOf(row: Row): ProbeResult {
  const cause = causeOrUnclear(row['cause']);
  const status = numberOf(row['httpStatus']);
  const certificate: Fields = {
    subject: row['certificateSubject'],
    issuer: row['certificateIssuer'],
    root: row['certificateRoot'],
    notAfter: row['certificateNotAfter'],
    recognizedBy: row['certificateRecognizedBy'] || undefined,
  };
  const client = CLIENTS.find(each => each === row['client']);
  const read = (ended: Outcome): ProbeResult =>
    probeResult(
      {
        ...{ node: row['node'], host: row['host'], port: numberOf(row['port']), protocol: row['protocol'] },
        ...{ rules: words(row['rules']), standsFor: words(row['standsFor']), cause },
        route: { kind: row['route'], proxy: row['proxy'] || undefined, client },
        ...{ phases: phasesOf(row, ended), addresses: words(row['addresses']), startedAt: row['startedAt'] },
        ...(row['certificateSubject'] || row['certificateIssuer'] ? { certificate } : {}),
        ...(row['slowStep'] ? { slow: { step: row['slowStep'], ms: numberOf(row['slowMs']) } } : {}),
        ...(row['otherAddress'] && { otherFamily: otherFamily(row) }),
        ...(status >= 100
          ? { http: { status, server: row['httpServer'], location: row['httpLocation'] } }
          : {}),
      },
      causeOrUnclear,
    );
  // How the last step ended a table does not say.
  const [likely, ...others] = row['detail'] ? BROKEN : ENDS;
  const result = read(likely);
  return [result, ...others.map(read)].find(each => causeBorneOut(each) === cause) ?? result;
}

type Outcome = ObservedPhase['outcome'];

const BROKEN = ['failed', 'timeout'] as const satisfies readonly Outcome[];
const ENDS = ['ok', ...BROKEN] as const;

/** @param ended how the last of them ended, to which the row's words belong */
function phasesOf(row: Row, ended: Outcome): readonly Fields[] {
  const measured = PHASES.filter(phase => (row[`${phase}Ms`] ?? '') !== '');
  return measured.map((phase, index) => {
    const isLast = index === measured.length - 1;
    return {
      ...{ phase, ms: numberOf(row[`${phase}Ms`]), outcome: isLast ? ended : 'ok' },
      detail: isLast && ended !== 'ok' ? row['detail'] : '',
    };
  });
}

function otherFamily(row: Row): Fields {
  const { otherAddress: address, otherCause: cause, otherMs, otherDetail: detail } = row;
  return { address, cause, ms: numberOf(otherMs), detail };
}

/** 0 where nothing stands; a German spreadsheet writes a comma. */
function numberOf(text: string | undefined): number {
  return Number((text ?? '').replace(',', '.'));
}

function words(text: string | undefined): readonly string[] {
  return (text ?? '').split(' ').filter(word => word !== '');
}

/** Without the apostrophe that keeps a spreadsheet from running a cell. */
function unguarded(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [name, /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell]),
  );
}
