import { observed } from '../../../../test/jest/observations';
import { runOf, type See } from '../../../../test/jest/runs';
import { englishStrings } from '../../../../test/jest/strings';
import { wayOf } from '../../overview/rules/way';
import { makeText } from '../../ui/words/make-text';
import type { Observation, PhaseName } from '../probe/observation';
import { findingsOf } from './findings';
import { requestText } from './request-text';
import { say } from './say';

const t = makeText(englishStrings());
const NODES = ['node1', 'node2'];
const HOSTS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const DOORS = HOSTS.map(name => `${name}.example:443`);
const PROXY = { route: 'proxy', proxy: 'proxy.example:8080' } as const;

const taking = (times: Partial<Record<PhaseName, number>>, change: Partial<Observation> = {}) => ({
  ...change,
  phases: observed(change).phases.map(step => ({ ...step, ms: times[step.phase] ?? 5 })),
});
/** What node2 sees of hosts, by their first letter. */
const onNode2 =
  (seen: Readonly<Record<string, Partial<Observation>>>): See =>
  (node, { host }) =>
    node === 'node2' ? (seen[host.slice(0, 1)] ?? {}) : {};
const slow = (see: See) => findingsOf(runOf(NODES, DOORS, see), []);

describe('What answers slowly', () => {
  it('is told by the step that took the time, for those who can look at it', () => {
    const steps = [
      [taking({ name: 4000 }), 'dns', 'the look-up of the name took most of it'],
      [taking({ connect: 4000 }), 'network', 'the connection took most of it'],
      [taking({ tls: 4000 }), 'network', 'the TLS handshake took most of it'],
      [taking({ http: 4000 }), 'network', 'the answer to the request took most of it'],
      [taking({ proxy: 4000 }, PROXY), 'proxy', 'the proxy took most of it'],
      [taking({ http: 4000 }, PROXY), 'proxy', 'the answer to the request took most of it'],
      [taking({ connect: 4000 }, PROXY), 'network', 'the connection took most of it'],
    ] as const;
    for (const [seen, owner, words] of steps) {
      const found = slow(onNode2({ a: seen, b: seen, c: seen }));
      expect(found.map(each => [say(each.title, t), each.owner])).toEqual([
        [`3 endpoints answered, but only after up to 4 seconds on node2: ${words}.`, owner],
      ]);
    }
  });

  it('is no failure: no result is claimed, nothing is blocked, and no part of the way is broken', () => {
    const [finding, ...more] = slow(onNode2({ a: taking({ name: 3000 }) }));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ kind: 'slow', verdict: 'reachable', cells: [], evidence: [] });
    expect(finding?.scope).toMatchObject({ nodes: ['node2'], rules: [], blocks: [] });
    expect(wayOf(finding === undefined ? [] : [finding]).every(({ findings }) => findings === 0)).toBe(true);
  });

  it('becomes a request with sources, destinations, what was seen and when', () => {
    const run = runOf(NODES, DOORS, onNode2({ a: { ...taking({ tls: 3000.4 }), source: '10.0.0.12' } }));
    const [finding] = findingsOf(run, []);
    const text = finding === undefined ? '' : requestText(finding, run, t);
    for (const part of [
      '- node2.contoso.local (10.0.0.12)',
      '- a.example, TCP 443 (https); addresses at the time: 192.0.2.1',
      'node2: a.example:443 – TLS 3000 ms of 3015 ms, 2026-11-24 07:00:00 UTC.',
      'handshakes take seconds',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/\[|\{\d|blocked/);
  });

  it('is the node where no step stands out, or where most is slow without one server behind it', () => {
    const mixed = slow(
      onNode2({ a: taking({ name: 3000 }), b: taking({ tls: 3000 }), c: taking({ http: 3000 }) }),
    );
    expect(mixed.map(({ owner, id }) => [owner, id])).toEqual([['server', 'slow: node']]);
    const most = Object.fromEntries(HOSTS.map(host => [host, taking({ tls: 3000 })]));
    expect(slow(onNode2(most)).map(({ owner }) => owner)).toEqual(['server']);
    const names = Object.fromEntries(HOSTS.map(host => [host, taking({ name: 3000 })]));
    expect(slow(onNode2(names)).map(({ owner }) => owner)).toEqual(['dns']);
    const proxy = Object.fromEntries(HOSTS.map(host => [host, taking({ tls: 3000 }, PROXY)]));
    expect(slow(onNode2(proxy)).map(({ owner }) => owner)).toEqual(['proxy']);
  });

  it('is one finding for each proxy and step, and comes after what failed', () => {
    const see: See = (node, { host }) => {
      if (host === 'g.example')
        return {
          phases: observed()
            .phases.slice(0, 1)
            .map(step => ({ ...step, outcome: 'failed', code: 'HostNotFound' })),
          http: null,
        };
      if (node === 'node1') return {};
      return (
        {
          a: taking({ name: 3000 }),
          b: taking({ http: 3000 }, PROXY),
          c: taking({ http: 3000 }, { ...PROXY, proxy: 'other.example:3128' }),
        }[host.slice(0, 1)] ?? {}
      );
    };
    const found = findingsOf(
      runOf(
        NODES,
        [
          ...DOORS,
          'h.example:443',
          'i.example:443',
          'j.example:443',
          'k.example:443',
          'l.example:443',
          'm.example:443',
        ],
        see,
      ),
      [],
    );
    expect(found.map(({ kind }) => kind)[0]).toBe('names-missing');
    expect(found.slice(1).map(({ id }) => id)).toEqual([
      'slow: name',
      'slow: http proxy.example:8080',
      'slow: http other.example:3128',
    ]);
  });
});
