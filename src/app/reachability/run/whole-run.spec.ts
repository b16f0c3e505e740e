import { nodeNamed, runOf } from '../../../../test/jest/runs';
import { capabilitiesOf } from '../finding/capabilities';
import type { RunState } from './run';
import { wholeRun } from './whole-run';

const nodes = ['n1', 'n2', 'n3'].map(name => nodeNamed(name));
const DOORS = ['a.example:443', 'b.example:443'];

/** What of it is not in the run, as `node host`. */
const lacking = (run: RunState) =>
  [...run.cells].flatMap(([node, cells]) =>
    [...cells.values()].filter(({ cause }) => cause === 'not-in-run').map(({ host }) => `${node} ${host}`),
  );

describe('A run that is shown for the whole cluster', () => {
  it('is as it is where it has a result of everything', () => {
    const run = runOf(nodes, DOORS);
    expect(wholeRun(run, nodes)).toBe(run);
    expect(wholeRun(run, [])).toBe(run);
    // A file has a node by its whole name, or without its domain.
    const byFqdn = runOf(
      nodes.map(({ fqdn }) => nodeNamed(fqdn)),
      DOORS,
    );
    expect(wholeRun(byFqdn, nodes)).toBe(byFqdn);
  });

  it('has nodes that joined since, or that a file does not have, as not tested', () => {
    const whole = wholeRun(runOf(['n1', 'n2'], DOORS), nodes);
    expect(whole.nodes.map(({ node }) => node.name)).toEqual(['n1', 'n2', 'n3']);
    expect(lacking(whole)).toEqual(['n3 a.example', 'n3 b.example']);
    // One whose domain is not known is not every node.
    const bare = { ...nodeNamed('n4'), fqdn: '' };
    expect(lacking(wholeRun(runOf(['n1'], DOORS), [bare]))).toHaveLength(2);
  });

  it('has results that a file leaves out as not tested', () => {
    const run = runOf(nodes, DOORS);
    const cells = new Map(run.cells);
    cells.set('n2', new Map([...(run.cells.get('n2') ?? [])].slice(1)));
    cells.delete('n3');
    expect(lacking(wholeRun({ ...run, cells }, nodes))).toEqual([
      'n2 a.example',
      'n3 a.example',
      'n3 b.example',
    ]);
  });

  it('says yes from all nodes only where all were asked', () => {
    const facts = DOORS.map(door => ({
      ...{
        rule: `rule ${door}`,
        feature: 'f',
        host: door.split(':')[0] ?? '',
        port: 443,
        protocol: 'https' as const,
      },
      ...{
        requirement: 'required' as const,
        blocks: [{ what: 'update' as const, severity: 'critical' as const }],
      },
    }));
    const state = (run: RunState) => capabilitiesOf(run, facts).map(each => [each.state, each.nodes]);
    expect(state(runOf(nodes, DOORS))).toEqual([['yes', []]]);
    expect(state(wholeRun(runOf(['n1', 'n2'], DOORS), nodes))).toEqual([['not-checked', ['n3']]]);
  });
});
