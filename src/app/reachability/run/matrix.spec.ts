import type { Node } from '../../cluster/cluster';
import type { Cause } from '../verdict/causes';
import { matrixRows, type MatrixRow, tallyOf } from './matrix';
import { makePlan } from '../plan/probe-plan';
import { notMeasured } from '../verdict/result';
import { type RunState, startRun } from './run';

const HOSTS = ['a.example', 'b.example', 'c.example', 'd.example'];
const plan = makePlan([
  ...HOSTS.map(host => ({ host, port: 443, protocol: 'https' as const, rule: { id: host } })),
  { host: '*.w.example', port: 443, protocol: 'https', rule: { id: 'w' } },
]);
const request = {
  cluster: 'hci',
  cloud: 'public',
  features: [],
  edition: { id: 'e', published: '2022-01-27', name: 'E' },
  timeoutMs: 5000,
} as const;

/** A run in which each host has one cause on each node. */
function runWith(
  causes: Readonly<Record<string, readonly (Cause | undefined)[]>>,
  states: readonly Node['state'][],
): RunState {
  const nodes = states.map((state, index): Node => ({ name: `n${index}`, fqdn: `n${index}`, state }));
  const run = startRun(request, plan, nodes, '2026-11-24T07:00:00.000Z');
  const cells = new Map(run.cells);
  nodes.forEach(({ name }, index) => {
    const results = new Map(cells.get(name));
    for (const target of plan.targets) {
      const cause = causes[target.host]?.[index];
      if (cause) results.set(target.id, notMeasured(name, target, cause));
    }
    cells.set(name, results);
  });
  return { ...run, cells };
}
const hosts = (rows: readonly MatrixRow[]): readonly string[] => rows.map(row => row.entry.host);

describe('Two rows of one host and port', () => {
  it('are told apart by their protocol, and only these', () => {
    const door = (host: string, protocol: 'https' | 'tcp') =>
      ({ host, port: 443, protocol, rule: { id: `${host} ${protocol}` } }) as const;
    const plan = makePlan([door('a.example', 'https'), door('a.example', 'tcp'), door('b.example', 'https')]);
    const run = startRun(request, plan, [], '2026-11-24T07:00:00.000Z');
    expect(matrixRows(run).map(row => row.door)).toEqual([
      'a.example:443/https',
      'a.example:443/tcp',
      'b.example:443',
    ]);
  });
});

describe('The matrix', () => {
  const run = runWith(
    {
      'a.example': ['answered', 'answered'],
      'b.example': ['answered', 'unknown-root'],
      'c.example': ['connect-timed-out', 'connect-timed-out'],
      'd.example': ['answered', 'connect-timed-out'],
    },
    ['up', 'up', 'down'],
  );

  it('shows the worst first, by verdict and then by the number of nodes', () => {
    expect(hosts(matrixRows(run))).toEqual([
      'c.example',
      'd.example',
      'b.example',
      '*.w.example',
      'a.example',
    ]);
  });

  it('keeps the order of the list while nothing is known', () => {
    const fresh = startRun(
      request,
      plan,
      [{ name: 'n', fqdn: 'n', state: 'up' }],
      '2026-11-24T07:00:00.000Z',
    );
    expect(hosts(matrixRows(fresh)).slice(1)).toEqual(HOSTS);
  });

  it('counts what is reachable, what failed and what is unknown', () => {
    expect(tallyOf(run)).toEqual({ proven: 4, unproven: 0, failed: 4, unknown: 7 });
  });
});
