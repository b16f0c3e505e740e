import { nodeNamed, runOf } from '../../../../test/jest/runs';
import { elsewhere } from './elsewhere';

const run = (cluster: string, ...nodes: readonly string[]) => {
  const made = runOf(nodes, ['a.example:443']);
  return { ...made, request: { ...made.request, cluster } };
};
const cluster = { name: 'hci.contoso.local', nodes: [nodeNamed('n1'), nodeNamed('n2')] };

describe('a run is from elsewhere', () => {
  it('where it is of another cluster, also of one whose nodes have the same names', () => {
    expect(elsewhere(run('berlin', 'n1', 'n2'), cluster, 'hci')).toBe('cluster');
    expect(elsewhere(run('hci.other.local', 'n1'), cluster, 'hci.contoso.local')).toBe('cluster');
    expect(elsewhere(run('berlin', 'n1'), undefined, 'hci')).toBe('cluster');
  });

  it('where none of its nodes is in the cluster', () => {
    expect(elsewhere(run('hci', 'gone1', 'gone2'), cluster, 'hci')).toBe('nodes');
    expect(elsewhere(run('', 'gone1'), cluster, 'hci')).toBe('nodes');
  });

  it('not where the cluster or the computer is named with its domain, without, or in capitals', () => {
    expect(elsewhere(run('HCI', 'N1'), cluster, 'hci')).toBeUndefined();
    expect(elsewhere(run('hci', 'n2.contoso.local', 'gone'), cluster, 'hci.contoso.local')).toBeUndefined();
    expect(elsewhere(run('', 'n1'), cluster, 'hci')).toBeUndefined();
    expect(elsewhere(run('hci.contoso.local', 'n1'), undefined, 'hci')).toBeUndefined();
  });
});
