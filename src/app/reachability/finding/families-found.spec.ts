import { endedAt } from '../../../../test/jest/observations';
import { runOf } from '../../../../test/jest/runs';
import { englishStrings } from '../../../../test/jest/strings';
import { wayOf } from '../../overview/rules/way';
import { makeText } from '../../ui/words/make-text';
import { CAUSES, type Cause } from '../verdict/causes';
import type { RunState } from '../run/run';
import { findingsOf } from './findings';
import { requestText } from './request-text';
import { say } from './say';

const t = makeText(englishStrings());
const HOSTS = ['a', 'b', 'c', 'd'];

/** A run in which all answers; `other` says what became of each host, by node and first letter, at its other address. */
function run(other: (node: string, host: string) => Cause | undefined, address = '2001:db8::1'): RunState {
  const bare = runOf(
    ['node1', 'node2'],
    HOSTS.map(name => `${name}.example:443`),
  );
  const cells = [...bare.cells].map(([node, results]) => {
    const changed = [...results].map(([id, result]) => {
      const cause = other(node, result.host.slice(0, 1));
      const otherFamily = cause && { address, verdict: CAUSES[cause].verdict, cause, ms: 5, detail: '' };
      return [id, { ...result, ...(otherFamily && { otherFamily }) }] as const;
    });
    return [node, new Map(changed)] as const;
  });
  return { ...bare, cells: new Map(cells) };
}

const titles = (of: RunState): readonly string[] => findingsOf(of, []).map(({ title }) => say(title, t));
const onNode2 =
  (cause: (host: string) => Cause | undefined) =>
  (node: string, host: string): Cause | undefined =>
    node === 'node2' ? cause(host) : undefined;

describe('What answers by one family of addresses only', () => {
  it('is a family that does not get out from a node where none of it got through', () => {
    const all = run(onNode2(() => 'connect-timed-out'));
    expect(titles(all)).toEqual([
      'IPv6 does not get out on node2: 4 endpoints answered at the IPv4 address and failed at the IPv6 one.',
    ]);
    expect(
      titles(
        run(
          onNode2(() => 'connection-refused'),
          '192.0.2.9',
        ),
      ),
    ).toEqual([
      'IPv4 does not get out on node2: 4 endpoints answered at the IPv6 address and failed at the IPv4 one.',
    ]);
  });

  it('is single endpoints where some of the family get through, or too few were tried to tell', () => {
    const some = run(onNode2(host => (host === 'a' ? 'answered' : 'connect-timed-out')));
    expect(titles(some)).toEqual([
      '3 endpoints answered at the IPv4 address and failed at the IPv6 one on node2.',
    ]);
    const few = run(onNode2(host => (host === 'a' || host === 'b' ? 'connection-refused' : undefined)));
    expect(titles(few)).toEqual([
      'a.example:443 and b.example:443 answered at the IPv4 address and failed at the IPv6 one on node2.',
    ]);
  });

  it('tells nodes apart', () => {
    const both = run((node, host) => (node === 'node1' && host === 'a' ? 'answered' : 'connect-timed-out'));
    expect(titles(both)).toEqual([
      'IPv6 does not get out on node2: 4 endpoints answered at the IPv4 address and failed at the IPv6 one.',
      '3 endpoints answered at the IPv4 address and failed at the IPv6 one on node1.',
    ]);
    expect(titles(run(() => 'connect-timed-out'))).toEqual([
      'IPv6 does not get out on all nodes: 4 endpoints answered at the IPv4 address and failed at the IPv6 one.',
    ]);
  });

  it.each<Cause>(['unreachable', 'answered', 'no-report'])('is nothing where it is %s', cause => {
    expect(titles(run(onNode2(() => cause)))).toEqual([]);
  });

  it('is nothing of its own where the endpoint fails by both', () => {
    const failing = runOf(['node1'], ['a.example:443'], () => endedAt({ phase: 'http', outcome: 'timeout' }));
    const cells = [...failing.cells].map(([node, results]) => {
      const changed = [...results].map(([id, result]) => {
        const otherFamily = {
          address: '2001:db8::1',
          verdict: 'timed-out',
          cause: 'http-timed-out',
        } as const;
        return [id, { ...result, otherFamily: { ...otherFamily, ms: 1, detail: '' } }] as const;
      });
      return [node, new Map(changed)] as const;
    });
    const kinds = findingsOf({ ...failing, cells: new Map(cells) }, []).map(({ kind }) => kind);
    expect(kinds).toHaveLength(1);
    expect(kinds).not.toContain('family');
  });

  it('is no failure, and becomes a request that says what was seen', () => {
    const seen = run(onNode2(() => 'connect-timed-out'));
    const [finding] = findingsOf(seen, []);
    if (finding === undefined) throw new Error('No finding');
    expect(finding).toMatchObject({ kind: 'family', owner: 'network', verdict: 'reachable', cells: [] });
    expect(finding.scope).toMatchObject({ nodes: ['node2'], rules: [], blocks: [] });
    expect(wayOf([finding]).every(({ findings }) => findings === 0)).toBe(true);
    const text = requestText(finding, seen, t);
    for (const part of [
      'Please let the destinations below through by IPv6 as they are by IPv4.',
      'node2.contoso.local',
      '- a.example, TCP 443 (https)',
      'node2: a.example:443 at 2001:db8::1: Timed out.',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/\[[a-z]|\{\d|blocked/);
  });
});
