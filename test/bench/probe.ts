import { startLab } from '../../emulator/lab/network/lab-network.ts';
import type { Network } from '../../emulator/lab/network/network.ts';
import { noLab, scenarioOf } from '../lab/lab-under-test.ts';
import { listedEndpoints } from '../support/listed-endpoints.ts';
import { ProbeNode } from '../support/probe-node.ts';
import { hasCurl, runCurl } from './curl.ts';
import { serialRequests } from './peers.ts';
import { type Figure, type Measured, inMs, median, scatter } from './figures.ts';
import { between, processorTimes } from './processor-time.ts';

const TIMEOUT_MS = 5000;
const WARM_RUNS = 5;
/** Differences that the table names. */
const SHOWN = 4;
const DROPPED = 'management.azure.com';

const ENDPOINTS = listedEndpoints('2022-01');
/** A large list, of which a firewall drops a part. */
const MANY = listedEndpoints('azure-local-2026-07').slice(0, 300);
const MANY_DROPPED = new Set(MANY.map(({ host }) => host).filter((_, index) => index % 5 === 0));
const MANY_RUNS = 2;
/** Of those that are dropped, one after the other: each takes its whole time, so that few tell what all would take. */
const SERIAL_DROPPED = 3;
/** So many that one after the other is bearable. */
const SERIAL = 40;
const SERIAL_RUNS = 3;
/** Other hosts each time; the first for the engine's own start. */
const [SERIAL_START = [], ...SERIAL_PASSES] = Array.from({ length: SERIAL_RUNS + 1 }, (_, pass) =>
  ENDPOINTS.filter(({ host }) => host !== DROPPED).slice(pass * SERIAL, (pass + 1) * SERIAL),
);

/** One pass over all endpoints, by either program. */
export interface Pass {
  /** From the start to the end, in ms. */
  readonly total: number;
  /** When the last endpoint that is not dropped was known, in ms. */
  readonly lastAnswer: number;
  /** When the first endpoint was known, in ms. */
  readonly firstAnswer: number;
  /** What the node sent of all of them, in bytes; 0 for a program that sends nothing on. */
  readonly bytes: number;
  /** What became of each endpoint. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** What both programs can tell. */
export type Outcome = 'answered' | 'no name' | 'refused' | 'timed out' | 'TLS failed' | 'other';

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  reachable: 'answered',
  'http-blocked': 'answered',
  'name-not-resolved': 'no name',
  refused: 'refused',
  'timed-out': 'timed out',
  'tls-failed': 'TLS failed',
  'tls-intercepted': 'TLS failed',
};

/**
 * The real probe, in constrained language, on one lab node against the whole list with one dropped host, and `curl --parallel` for
 * the same endpoints in the same node's network in turn.
 */
export async function benchProbe(log: (line: string) => void): Promise<readonly Figure[]> {
  if (noLab !== false) return [{ what: 'probe', value: '–', note: `not measured: ${noLab}` }];
  const scenario = scenarioOf([
    { name: 'node1', faults: [{ host: DROPPED, fault: 'drop' }] },
    { name: 'node2', faults: [...MANY_DROPPED].map(host => ({ host, fault: 'drop' })) },
  ]);
  const lab = await startLab(scenario, log);
  try {
    const node = await ProbeNode.inLab(lab, { name: 'node1' }, 'Test-EndpointByCurl');
    const curl = hasCurl() ? () => runCurl(lab, 'node1', ENDPOINTS, TIMEOUT_MS, DROPPED) : undefined;
    // Before the engine's first run, so that this one is cold by itself and not by the lab's servers.
    await curl?.();
    const cold = await runProbe(node);
    const probes: Pass[] = [];
    const curls: Pass[] = [];
    const processor: (readonly (readonly [string, number])[])[] = [];
    for (let round = 0; round < WARM_RUNS; round += 1) {
      const before = processorTimes();
      probes.push(await runProbe(node));
      processor.push(between(before, processorTimes()));
      if (curl) curls.push(await curl());
    }
    const forty: number[] = [];
    for (const pass of SERIAL_PASSES) forty.push((await node.probe(pass, { TimeoutMs: TIMEOUT_MS })).ms);
    await node.stop();
    const passes = await serialRequests(lab, 'node1', [SERIAL_START, ...SERIAL_PASSES, ...SERIAL_PASSES]);
    const [serial, again] = [passes.slice(1, SERIAL_RUNS + 1), passes.slice(SERIAL_RUNS + 1)];
    const many = await probeMany(lab);
    const reachable = MANY.filter(({ host }) => !MANY_DROPPED.has(host));
    const dropped = MANY.filter(({ host }) => MANY_DROPPED.has(host));
    // The engine's own start is of no weight beside what these take.
    const oneByOne = await serialRequests(lab, 'node2', [reachable]);
    const waiting = await serialRequests(lab, 'node2', [dropped.slice(0, SERIAL_DROPPED)]);
    const inARow = median(oneByOne) + (median(waiting) / SERIAL_DROPPED) * dropped.length;
    return [
      ...figuresOf(`probe, ${ENDPOINTS.length} endpoints, first run`, [cold]),
      ...figuresOf('probe, later runs', probes),
      ...(curl ? [...figuresOf('curl --parallel', curls), ...comparison(probes, curls)] : []),
      compared(`probe, ${SERIAL} endpoints, against Invoke-WebRequest in a row`, 'ms', {
        ...{ figure: 'probe-forty', values: forty, peers: serial },
        peer: 'Invoke-WebRequest one after another',
      }),
      {
        what: `Invoke-WebRequest in a row, ${SERIAL} endpoints that its engine has met`,
        value: inMs(median(again)),
        note: `TLS sessions resumed, as no first check can; median of ${scatter(again)}`,
        measured: { figure: 'probe-forty-serial-again', value: Math.round(median(again)), unit: 'ms' },
      },
      compared(`probe, ${MANY.length} endpoints, ${MANY_DROPPED.size} hosts dropped`, 'ms', {
        ...{ figure: 'probe-many-dropped', values: many, peer: 'the timeout', peers: [TIMEOUT_MS] },
      }),
      compared(`the same, against Invoke-WebRequest in a row`, 'ms', {
        ...{ figure: 'probe-many-dropped-serial', values: many, peers: [inARow] },
        peer: `Invoke-WebRequest one after another, ${SERIAL_DROPPED} of ${dropped.length} dropped measured`,
      }),
      ...processorFigures(processor),
    ];
  } finally {
    await lab.stop();
  }
}

/** Whole runs over a large list of which hosts are dropped; the first, cold one does not count. */
async function probeMany(lab: Network): Promise<readonly number[]> {
  const node = await ProbeNode.inLab(lab, { name: 'node2' }, 'Test-EndpointByCurl');
  const times: number[] = [];
  for (let round = 0; round <= MANY_RUNS; round += 1) {
    const { ms } = await node.probe(MANY, { TimeoutMs: TIMEOUT_MS, MaxConcurrent: 300 });
    if (round > 0) times.push(ms);
  }
  await node.stop();
  return times;
}

/** Of the engine that runs the script, and of the curl that it starts. */
function processorFigures(rounds: readonly (readonly (readonly [string, number])[])[]): readonly Figure[] {
  const used = (isWanted: (name: string) => boolean): readonly number[] =>
    rounds.map(round => round.reduce((sum, [name, ms]) => sum + (isWanted(name) ? ms : 0), 0));
  const figure = (name: string, what: string, values: readonly number[]): Figure => ({
    what: `probe: processor time of ${what}`,
    value: inMs(median(values)),
    note: `${ENDPOINTS.length} endpoints; median of ${scatter(values)}`,
    measured: { figure: `probe-processor-${name}`, value: Math.round(median(values)), unit: 'ms' },
  });
  return [
    figure(
      'engine',
      "the node's process",
      used(name => name.startsWith('dotnet') && !name.endsWith('children')),
    ),
    figure(
      'curl',
      'its curl',
      used(name => name.endsWith('children')),
    ),
  ];
}

/** Medians of ours and of a peer. */
function compared(
  what: string,
  unit: Measured['unit'],
  of: { figure: string; values: readonly number[]; peer: string; peers: readonly number[] },
): Figure {
  const [value, peerValue] = [Math.round(median(of.values)), Math.round(median(of.peers))];
  return {
    what,
    value: inMs(value),
    note: `${of.peer}: ${inMs(peerValue)}; medians of ${scatter(of.values)} and ${scatter(of.peers)}`,
    measured: { figure: of.figure, value, unit, peer: of.peer, peerValue },
  };
}

async function runProbe(node: ProbeNode): Promise<Pass> {
  const run = await node.probe(ENDPOINTS, { TimeoutMs: TIMEOUT_MS });
  const answered = run.results.filter(result => !result.id.startsWith(`${DROPPED}:`));
  return {
    total: run.ms,
    lastAnswer: Math.max(...answered.map(result => result.at)),
    firstAnswer: Math.min(...answered.map(result => result.at)),
    bytes: run.bytes,
    outcomes: new Map(run.results.map(({ id, verdict }) => [id, OUTCOMES[verdict] ?? 'other'])),
  };
}

function figuresOf(what: string, passes: readonly Pass[]): readonly Figure[] {
  const figure = (name: string, values: readonly number[], note: string): Figure => ({
    what: `${what}: ${name}`,
    value: inMs(median(values)),
    note: values.length > 1 ? `${note}; median of ${scatter(values)}` : note,
  });
  return [
    figure(
      'whole',
      passes.map(pass => pass.total),
      `one host dropped, timeout ${TIMEOUT_MS} ms`,
    ),
    figure(
      'last answer',
      passes.map(pass => pass.lastAnswer),
      'without the dropped host',
    ),
  ];
}

function comparison(probes: readonly Pass[], curls: readonly Pass[]): readonly Figure[] {
  const ratio = (of: (pass: Pass) => number): string =>
    (median(probes.map(of)) / median(curls.map(of))).toFixed(2);
  const pairs = probes.flatMap((probe, round) =>
    [...(curls[round]?.outcomes ?? [])].map(
      ([id, outcome]) => [id, probe.outcomes.get(id), outcome] as const,
    ),
  );
  const differing = pairs.filter(([, ours, theirs]) => ours !== theirs);
  const named = differing.map(([id, ours, theirs]) => `${id} ${ours ?? 'nothing'} / ${theirs}`);
  const measured = (figure: string, of: (pass: Pass) => number): Measured => ({
    ...{ figure, unit: 'ms', value: Math.round(median(probes.map(of))) },
    ...{ peer: 'curl --parallel', peerValue: Math.round(median(curls.map(of))) },
  });
  const bytes = median(probes.map(pass => pass.bytes)) / Math.max(1, probes[0]?.outcomes.size ?? 0);
  return [
    {
      what: 'probe: bytes an endpoint',
      value: `${Math.round(bytes)} B`,
      note: 'as JSON, to the gateway',
      measured: { figure: 'probe-bytes-per-endpoint', value: Math.round(bytes), unit: 'B' },
    },
    {
      what: 'probe / curl: first answer',
      value: ratio(pass => pass.firstAnswer),
      note: 'medians',
      measured: measured('probe-first-answer', pass => pass.firstAnswer),
    },
    {
      what: 'probe / curl: whole',
      value: ratio(pass => pass.total),
      note: 'medians; both wait for the dropped host',
      measured: measured('probe-whole-with-one-dropped', pass => pass.total),
    },
    {
      what: 'probe / curl: last answer',
      value: ratio(pass => pass.lastAnswer),
      note: 'medians',
      measured: measured('probe-last-answer', pass => pass.lastAnswer),
    },
    {
      what: 'probe and curl agree',
      value: `${pairs.length - differing.length} of ${pairs.length}`,
      note:
        differing.length === 0
          ? 'same outcome, every endpoint and run'
          : `ours / curl's: ${[...new Set(named)].slice(0, SHOWN).join('; ')}`,
    },
  ];
}
