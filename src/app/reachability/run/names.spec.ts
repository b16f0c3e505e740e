import * as fc from 'fast-check';
import { nodeNamed, runOf } from '../../../../test/jest/runs';
import { NameReport } from '../probe/name-report';
import { makePlan } from '../plan/probe-plan';
import { addressesOf, differingHosts } from './names';
import { startRun } from './run';
import { reportArrived } from './run-steps';

const HOST = 'a.example';

function runWith(found: Readonly<Record<string, string>>) {
  const { request } = runOf(['x'], [`${HOST}:443`]);
  const plan = makePlan([{ host: HOST, port: 443, protocol: 'https', rule: { id: 'a' } }]);
  const nodes = Object.keys(found).map(name => nodeNamed(name));
  let run = startRun(request, plan, nodes, '2026-11-26T01:00:00.000Z');
  for (const [name, addresses] of Object.entries(found)) {
    run = reportArrived(run, name, NameReport.read('S\t10.0.0.53,fe80::1%5'));
    run = reportArrived(run, name, NameReport.read(`R\tA.example\t\t${addresses}`));
  }
  return run;
}

describe('The addresses that nodes find for a name', () => {
  it('are all of them, of both families, with the name servers that were asked', () => {
    const run = runWith({ node1: '198.18.0.1,2001:db8::1' });
    expect(addressesOf(run, 'A.EXAMPLE')).toEqual([
      { node: 'node1', addresses: ['198.18.0.1', '2001:db8::1'] },
    ]);
    expect(run.nodes[0]).toMatchObject({ resolvers: ['10.0.0.53', 'fe80::1%5'], badReports: 0 });
  });

  it.each([
    [{ node1: '1.1.1.1', node2: '1.1.1.1,1.1.1.2' }, []],
    [{ node1: '1.1.1.1', node2: '10.0.0.1' }, [HOST]],
    // One that found nothing is no other answer: its results say so.
    [{ node1: '1.1.1.1', node2: '' }, []],
    [{ node1: '1.1.1.1', node2: '1.1.1.1', node3: '10.0.0.1' }, [HOST]],
  ])('differ where two nodes have none in common: %j', (found, hosts) => {
    expect(differingHosts(runWith(found))).toEqual(hosts);
  });

  it('are told by the tool alone: what a node writes itself is a report that cannot be understood', () => {
    const run = reportArrived(runWith({ node1: '' }), 'node1', {
      names: [{ host: HOST, addresses: ['6.6.6.6'] }],
    });
    expect(run.nodes[0]?.badReports).toBe(1);
    expect(addressesOf(run, HOST)).toEqual([]);
  });

  it('are read from no text that only looks like a report', () => {
    for (const text of ['R\ta b\t\t1.1.1.1', 'R\ta', 'X\ta\t\t1.1.1.1', 'S\t1\n2', 'S', 5, null, undefined])
      expect(NameReport.read(text)).toBeUndefined();
    expect(NameReport.read('R\ta\t\t<b>,1.1.1.1,x;y')?.names).toEqual([
      { host: 'a', addresses: ['1.1.1.1'] },
    ]);
    const part = fc.string({ unit: fc.constantFrom('R', 'S', '\t', '\n', 'a', '1', '.', ',') });
    fc.assert(
      fc.property(fc.oneof(part, fc.jsonValue()), value => {
        NameReport.read(value);
      }),
      { seed: 11 },
    );
  });
});
