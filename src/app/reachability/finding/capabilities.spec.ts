import * as fc from 'fast-check';
import type { Blocked } from '../../allowlist/catalog/catalog';
import { endedAt } from '../../../../test/jest/observations';
import { ENDED, nodeNamed, runOf, type See } from '../../../../test/jest/runs';
import { capabilitiesOf } from './capabilities';
import type { ListFact } from './finding';
import { findingsOf } from './findings';
import { blocksByRule } from './list-facts';
import { rollUpsOf } from './roll-up';

const DOORS = ['a.example:443', 'b.example:443', 'c.example:443'];
const dropped = endedAt({ phase: 'connect', outcome: 'timeout' });

function fact(door: string, feature: string, ...what: readonly Blocked[]): ListFact {
  const [host = '', port = ''] = door.split(':');
  return {
    rule: `rule ${door}`,
    feature,
    host,
    port: Number(port),
    protocol: 'https',
    requirement: 'required',
    blocks: what.map(each => ({ what: each, severity: 'critical' })),
  };
}

const FACTS = [
  fact('a.example:443', 'f', 'registration'),
  fact('b.example:443', 'f', 'registration', 'update'),
  fact('c.example:443', 'g', 'update'),
  fact('d.example:443', 'g', 'witness'),
];
const run = (see: See = () => ({})) => runOf(['node1', 'node2'], DOORS, see);
const states = (...of: Parameters<typeof capabilitiesOf>) =>
  Object.fromEntries(capabilitiesOf(...of).map(({ id, state }) => [id, state]));

describe('What a cluster can do', () => {
  it('is not known before a check', () => {
    expect(states(undefined, FACTS)).toEqual({
      registration: 'not-checked',
      update: 'not-checked',
      witness: 'not-checked',
    });
    expect(capabilitiesOf(undefined, FACTS)[0]?.checkedAt).toBeUndefined();
  });

  it('is yes only where every endpoint was reached from every node', () => {
    expect(states(run(), FACTS)).toEqual({ registration: 'yes', update: 'yes', witness: 'not-checked' });
    const down = runOf(['node1', nodeNamed('node2', 'down')], DOORS);
    expect(states(down, FACTS)['registration']).toBe('not-checked');
    expect(capabilitiesOf(down, FACTS)[0]).toMatchObject({ nodes: ['node2'], checkedAt: ENDED });
  });

  it('is not told by a single host of a rule that means more here', () => {
    const wider = { ...fact('a.example:443', 'g', 'workload'), host: '*.example' };
    expect(states(run(), [...FACTS, wider])['workload']).toBe('not-checked');
  });

  it('is no where one endpoint fails from one node, and says from which', () => {
    const broken = run((node, { host }) => (node === 'node2' && host === 'c.example' ? dropped : {}));
    expect(capabilitiesOf(broken, FACTS)).toMatchObject([
      { id: 'registration', state: 'yes', nodes: [] },
      {
        id: 'update',
        state: 'no',
        nodes: ['node2'],
        endpoints: 2,
        counts: { reachable: 3, failed: 1, notProven: 0, notTested: 0 },
      },
      { id: 'witness', state: 'not-checked', nodes: ['node1', 'node2'] },
    ]);
  });

  it('names the nodes from which it was not tested, for it may fail from there too', () => {
    const nodes = ['node1', 'node2', nodeNamed('node3', 'down')];
    const broken = runOf(nodes, DOORS, (node, { host }) =>
      node === 'node2' && host === 'c.example' ? dropped : {},
    );
    expect(capabilitiesOf(broken, FACTS)).toMatchObject([
      { id: 'registration', state: 'not-checked', untold: [] },
      { id: 'update', state: 'no', nodes: ['node2'], untold: ['node3'] },
      { id: 'witness' },
    ]);
  });

  it('is limited where only a part of it fails, and leaves out what is only worth knowing', () => {
    const soft = (severity: 'warning' | 'informational'): readonly ListFact[] => [
      fact('a.example:443', 'f', 'update'),
      { ...fact('b.example:443', 'f'), blocks: [{ what: 'update', severity }] },
    ];
    const broken = run((node, { host }) => (node === 'node2' && host === 'b.example' ? dropped : {}));
    expect(capabilitiesOf(broken, soft('warning'))).toMatchObject([{ state: 'limited', nodes: ['node2'] }]);
    expect(capabilitiesOf(broken, soft('informational'))).toMatchObject([{ state: 'yes', endpoints: 1 }]);
  });

  it('counts what stops it apart from what else fails, so that both together are what is shown as failing', () => {
    const facts: readonly ListFact[] = [
      fact('a.example:443', 'f', 'update'),
      { ...fact('b.example:443', 'f'), blocks: [{ what: 'update', severity: 'warning' }] },
    ];
    expect(
      capabilitiesOf(
        run(() => dropped),
        facts,
      ),
    ).toMatchObject([{ state: 'no', about: 1, limiting: 1 }]);
    expect(blocksByRule(facts).get(facts[1]?.rule ?? '')).toEqual(['update']);
  });

  it('is never yes while anything is unknown', () => {
    const see = fc.array(fc.constantFrom({}, dropped, undefined), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(see, table => {
        const result = run(
          (node, { host }) => table[(node === 'node1' ? 0 : 3) + DOORS.indexOf(`${host}:443`)],
        );
        for (const { id, state, counts } of capabilitiesOf(result, FACTS)) {
          if (state === 'yes') expect(counts).toMatchObject({ failed: 0, notTested: 0, notProven: 0 });
          expect(`${id} ${state}`.endsWith(' no')).toBe(counts.failed > 0);
        }
      }),
    );
  });
});

describe('Roll-ups', () => {
  it('count by feature, rule and node, and name the findings', () => {
    const broken = run((node, { host }) => (node === 'node2' && host === 'c.example' ? dropped : {}));
    const findings = findingsOf(broken, FACTS);
    const { features, rules, nodes } = rollUpsOf(broken, FACTS, findings);
    const clear = { failed: 0, notProven: 0, notTested: 0 };
    expect(features).toEqual([
      { id: 'f', counts: { reachable: 4, ...clear }, findings: [] },
      { id: 'g', counts: { reachable: 1, ...clear, failed: 1 }, findings: ['rule-missing'] },
    ]);
    expect(rules.map(({ id }) => id)).toEqual([
      'rule a.example:443',
      'rule b.example:443',
      'rule c.example:443',
    ]);
    expect(nodes.map(({ id, counts }) => [id, counts.reachable, counts.failed])).toEqual([
      ['node1', 3, 0],
      ['node2', 2, 1],
    ]);
  });
});
