import { Ajv2020 } from 'ajv/dist/2020.js';
import { ANSWER, endedAt, observed } from '../../../../test/jest/observations';
import { parseCsv } from '../../../../test/jest/parse-csv';
import { ENDED, nodeNamed, runOf } from '../../../../test/jest/runs';
import { englishStrings } from '../../../../test/jest/strings';
import { runCsv, runJson } from '../../export/results/run-export';
import { reportHtml } from '../../export/results/report-html';
import { makeText } from '../../ui/words/make-text';
import type { PlanEntry } from '../plan/probe-plan';
import type { Observation } from '../probe/observation';
import { readRunCsv } from '../record/read/read-run-csv';
import { readRunFile } from '../record/read/read-run-file';
import { pack, unpack } from '../record/packing';
import schema from '../record/run-file.schema.json';
import { HopReport } from '../run/follow-up/follow-redirects';
import { nextToTry, trailOf } from '../run/follow-up/redirect-chain';
import type { RunState } from '../run/run';
import { reportArrived } from '../run/run-steps';
import { capabilitiesOf } from './capabilities';
import { findingsOf } from './findings';
import { requestText } from './request-text';
import { say } from './say';

const t = makeText(englishStrings());
const NODES = ['node1', 'node2'];
const dropped = endedAt({ phase: 'connect', outcome: 'timeout' });

/** Of three endpoints `a.example` leads to `b.example`; what each node sees there. */
function runWith(see: (node: string) => Partial<Observation> | undefined): RunState {
  const http = { ...ANSWER, status: 302, location: 'https://b.example/x' };
  let run = runOf(NODES, ['a.example:443', 'c.example:443'], (_, { host }) =>
    host === 'a.example' ? { http } : {},
  );
  // The run is over in this form: what is still to come arrives while it runs.
  run = { ...run, status: 'running', nodes: run.nodes.map(node => ({ ...node, state: 'waiting' })) };
  for (const node of NODES) {
    const seen = see(node);
    const next = nextToTry(trailOf(run, node), run.plan.targets[0] as PlanEntry);
    if (next === undefined) throw new Error('No redirect is followed.');
    const { id, host, port } = next;
    if (seen) run = reportArrived(run, node, new HopReport(next, { ...observed(), ...seen, id, host, port }));
  }
  const nodes = run.nodes.map(node => ({ ...node, state: 'done' as const }));
  return { ...run, nodes, status: 'finished', endedAt: ENDED };
}
const titles = (run: RunState): readonly string[] => findingsOf(run, []).map(({ title }) => say(title, t));

describe('Hosts to which redirects lead', () => {
  const blocked = runWith(node => (node === 'node2' ? dropped : {}));

  it('come back from the table, and say the same', () => {
    const read = readRunCsv(runCsv(blocked), { cluster: '', now: ENDED });
    const said = (run: RunState | undefined) =>
      [...(run?.hops ?? [])].map(([node, hops]) => [node, [...hops].map(([id, { cause }]) => [id, cause])]);
    expect(said(read)).toEqual(said(blocked));
    expect(read?.plan.targets.map(({ id }) => id)).toEqual(blocked.plan.targets.map(({ id }) => id));
    expect(read && titles(read)).toEqual(titles(blocked));
  });

  it('are a finding where they fail, which takes nothing from the endpoint', () => {
    const [first, second, ...more] = findingsOf(blocked, []);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      ...{ kind: 'redirect-blocked', verdict: 'timed-out', cause: 'connect-timed-out', owner: 'network' },
      ...{ cells: [], evidence: [], scope: { nodes: ['node2'], endpoints: [] } },
    });
    expect(second).toMatchObject({ kind: 'redirect-unlisted', owner: 'none', scope: { nodes: ['node1'] } });
    expect(titles(blocked)).toEqual([
      'Redirects of a.example:443 lead to b.example:443, which the list does not have, and which cannot be reached on node2: Timed out.',
      'Redirects of a.example:443 lead to b.example:443, which the list does not have; today it can be reached on node1.',
    ]);
    const request = first === undefined ? '' : requestText(first, blocked, t);
    expect(request).toContain('Please let these nodes reach, too: b.example:443.');
    expect(request).toContain('a.example:443 leads to b.example:443, from node2: Timed out.');
    for (const cells of blocked.cells.values())
      for (const { verdict } of cells.values()) expect(verdict).toBe('reachable');
    expect(capabilitiesOf(blocked, [])).toEqual(
      capabilitiesOf(
        runWith(() => ({})),
        [],
      ),
    );
  });

  it('are none where they were not tried', () => {
    expect(titles(runWith(() => undefined))).toEqual([]);
  });

  it('come back from a file and from memory as they were', () => {
    const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);
    validate(JSON.parse(runJson(blocked, '1')));
    expect(validate.errors).toBeNull();
    expect(readRunFile(runJson(blocked, '1'))).toEqual(blocked);
    expect(unpack(pack(blocked))).toEqual(blocked);
    const { hops, ...older } = JSON.parse(runJson(blocked, '1')) as { hops: unknown[] };
    expect(hops).toHaveLength(2);
    expect(readRunFile(JSON.stringify(older))).toEqual({ ...blocked, hops: undefined });
  });

  it('of other nodes, or of the wrong shape, are no part of a run', () => {
    const json = JSON.parse(runJson(blocked, '1')) as { hops: { node: string }[] };
    const [hop] = json.hops;
    const read = (hops: unknown) => readRunFile(JSON.stringify({ ...json, hops }))?.hops;
    expect(read([{ ...hop, node: 'elsewhere' }])).toEqual(new Map());
    for (const wrong of [7, {}, [null], [{}], [{ ...hop, connects: 'me' }]])
      expect(read(wrong)).toBeUndefined();
  });

  it('stand in the table and in the report', () => {
    const [heading = [], ...rows] = parseCsv(runCsv(blocked));
    const column = heading.indexOf('redirects');
    const of = (node: string): string | undefined =>
      rows.find(row => row[0] === node && row[1] === 'a.example')?.[column];
    expect(of('node1')).toBe('b.example:443 list:none reachable');
    expect(of('node2')).toBe('b.example:443 list:none timed-out');
    const report = reportHtml(blocked, [], '1', t);
    expect(report).toContain('<td>b.example:443: not in the list; Timed out</td>');
    expect(reportHtml(runOf([nodeNamed('n')], ['a.example:443']), [], '1', t)).not.toContain('Redirects');
  });
});
