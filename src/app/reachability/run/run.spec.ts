import * as fc from 'fast-check';
import type { Node } from '../../cluster/cluster';
import { makePlan } from '../plan/probe-plan';
import { elapsedMs, progressOf, type RunState, startRun } from './run';
import { cancelRun, nodeEnded, proxyKnown, reportArrived } from './run-steps';
import { endedAt, observed } from '../../../../test/jest/observations';

const START = '2026-11-24T07:00:00.000Z';
const LATER = '2026-11-24T07:00:06.000Z';
const node = (name: string, state: Node['state'] = 'up'): Node => ({
  name,
  fqdn: `${name}.contoso.local`,
  state,
});
const plan = makePlan([
  { host: 'a.example', port: 443, protocol: 'https', rule: { id: 'a' } },
  { host: 'b.example', port: 443, protocol: 'https', rule: { id: 'b' } },
  { host: '*.c.example', port: 443, protocol: 'https', rule: { id: 'c' } },
]);
const A = 'a.example:443/https';
const B = 'b.example:443/https';
const WILDCARD = '*.c.example:443/https';
const request = {
  cluster: 'hci',
  cloud: 'public',
  features: ['f'],
  edition: { id: '2022-01', published: '2022-01-27', name: 'January 2022' },
  timeoutMs: 5000,
} as const;
const start = (...nodes: readonly Node[]): RunState => startRun(request, plan, nodes, START);
const report = (host: string) => observed({ id: `${host}:443/https`, host });
const causes = (state: RunState, name: string): Record<string, string> =>
  Object.fromEntries([...(state.cells.get(name) ?? [])].map(([id, result]) => [id, result.cause]));

describe('A run', () => {
  it('shows nothing that was not measured', () => {
    const state = start(node('n1'));
    expect(causes(state, 'n1')).toEqual({ [WILDCARD]: 'wildcard-without-known-host' });
    expect(progressOf(state)).toEqual({ done: 0, total: 2 });
    expect(state.status).toBe('running');
  });

  it('takes each report once and ends when all nodes have', () => {
    let state = start(node('n1'), node('n2', 'paused'));
    state = reportArrived(state, 'n1', report('a.example'));
    expect(causes(state, 'n1')[A]).toBe('answered');
    expect(progressOf(state)).toEqual({ done: 1, total: 4 });
    state = reportArrived(state, 'n1', report('b.example'));
    state = nodeEnded(state, 'n1', 'no-report', '', LATER);
    expect(state.status).toBe('running');
    state = nodeEnded(state, 'n2', 'no-report', '', LATER);
    expect(state).toMatchObject({ status: 'finished', endedAt: LATER });
    expect(causes(state, 'n2')).toMatchObject({ [A]: 'no-report', [B]: 'no-report' });
  });

  it('proves nothing and blames nobody where the client follows a script that was not', () => {
    const see = (end: Parameters<typeof observed>[0], guessed?: ReadonlySet<string>) => {
      const known = proxyKnown(start(node('n1')), 'n1', '', ['script'], guessed);
      const result = reportArrived(known, 'n1', { ...report('a.example'), ...end })
        .cells.get('n1')
        ?.get(A);
      return [result?.verdict, result?.cause, result?.phases.length];
    };
    const { phases, outcome, certificates, http } = endedAt({ phase: 'connect', outcome: 'timeout' });
    const dropped = { phases, outcome, certificates, http };
    expect(see({})).toEqual(['reachable', 'answered', 4]);
    expect(see({}, new Set([B]))).toEqual(['reachable', 'answered', 4]);
    expect(see({}, new Set([A]))).toEqual(['not-proven', 'answered-past-script', 4]);
    expect(see(dropped)).toEqual(['timed-out', 'connect-timed-out', 2]);
    expect(see(dropped, new Set([A]))).toEqual(['not-tested', 'failed-past-script', 2]);
  });

  it('does not ask nodes that are down, and says so', () => {
    const state = start(node('n1'), node('n2', 'down'));
    expect(causes(state, 'n2')).toMatchObject({ [A]: 'node-down', [B]: 'node-down' });
    expect(progressOf(state).total).toBe(2);
  });

  it('is over at once when no node can be asked', () => {
    expect(start(node('n1', 'down')).status).toBe('finished');
  });

  it('keeps what was measured when the node breaks, and explains the rest', () => {
    let state = reportArrived(start(node('n1')), 'n1', report('a.example'));
    state = nodeEnded(state, 'n1', 'node-unreachable', 'WinRM says no', LATER);
    expect(causes(state, 'n1')).toMatchObject({ [A]: 'answered', [B]: 'node-unreachable' });
    expect(state.nodes[0]).toMatchObject({ state: 'done', message: 'WinRM says no' });
  });

  it('keeps what was measured when it is cancelled, and takes nothing afterwards', () => {
    let state = reportArrived(start(node('n1')), 'n1', report('a.example'));
    state = cancelRun(state, LATER);
    expect(state).toMatchObject({ status: 'cancelled', endedAt: LATER });
    expect(causes(state, 'n1')).toMatchObject({ [A]: 'answered', [B]: 'cancelled' });
    expect(reportArrived(state, 'n1', report('b.example'))).toBe(state);
    expect(nodeEnded(state, 'n1', 'script-failed', '', LATER)).toBe(state);
  });

  it.each<[string, unknown]>([
    ['of the wrong shape', { id: A }],
    ['about another endpoint', report('evil.example')],
    ['under a false name', { ...report('evil.example'), id: A }],
    ['about another port', { ...report('a.example'), port: 80 }],
  ])('counts a report %s and shows nothing of it', (_, value) => {
    const state = reportArrived(start(node('n1')), 'n1', value);
    expect(state.nodes[0]?.badReports).toBe(1);
    expect(progressOf(state).done).toBe(0);
  });

  it('believes the first of two reports on the same endpoint', () => {
    let state = reportArrived(start(node('n1')), 'n1', report('a.example'));
    state = reportArrived(state, 'n1', { ...report('a.example'), outcome: 'deadline' });
    expect(causes(state, 'n1')[A]).toBe('answered');
    expect(state.nodes[0]?.badReports).toBe(1);
  });

  it('measures its own time, running or over', () => {
    const state = start(node('n1'));
    expect(elapsedMs(state, new Date('2026-11-24T07:00:02.500Z'))).toBe(2500);
    expect(elapsedMs(cancelRun(state, LATER), new Date('2027-01-01T00:00:00Z'))).toBe(6000);
  });

  it('loses no result and invents none, whatever happens in whatever order', () => {
    const event = fc.oneof(
      fc.record({
        kind: fc.constant('report'),
        node: fc.constantFrom('n1', 'n2', 'n3'),
        host: fc.constantFrom('a.example', 'b.example', 'x'),
      }),
      fc.record({ kind: fc.constant('end'), node: fc.constantFrom('n1', 'n2', 'n3'), host: fc.constant('') }),
      fc.record({ kind: fc.constant('stop'), node: fc.constant(''), host: fc.constant('') }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), events => {
        let state = start(node('n1'), node('n2'), node('n3', 'down'));
        const reported = new Set<string>();
        for (const { kind, node: name, host } of events) {
          const before = state;
          if (kind === 'report') state = reportArrived(state, name, report(host));
          else if (kind === 'end') state = nodeEnded(state, name, 'no-report', '', LATER);
          else state = cancelRun(state, LATER);
          if (kind === 'report') reported.add(`${name} ${host}:443/https`);
          for (const [each, cells] of before.cells)
            for (const [id, result] of cells) expect(state.cells.get(each)?.get(id)).toBe(result);
        }
        for (const [name, cells] of state.cells)
          for (const [id, result] of cells)
            if (result.cause === 'answered') expect(reported).toContain(`${name} ${id}`);
        if (state.status !== 'running') for (const cells of state.cells.values()) expect(cells.size).toBe(3);
      }),
    );
  });
});
