import { endedAt, observed } from '../../../../test/jest/observations';
import { runOf, type See } from '../../../../test/jest/runs';
import { englishStrings } from '../../../../test/jest/strings';
import { makeText } from '../../ui/words/make-text';
import type { Observation } from '../probe/observation';
import { findingsOf } from './findings';
import { requestText } from './request-text';
import { say } from './say';

const t = makeText(englishStrings());
const NODES = ['node1', 'node2'];
const DOORS = [
  ...['a.one.example', 'b.one.example', 'a.two.test', 'b.two.test', 'a.three.net', 'b.four.org'].map(
    host => `${host}:443`,
  ),
  'c.one.example:80',
];
const PROXY = { route: 'proxy', proxy: 'proxy.example:8080', proxyStatus: 200 } as const;

const silent = (change: Partial<Observation> = {}): Observation =>
  endedAt({ phase: 'tls', outcome: 'timeout', ms: 4900 }, change);
const afterMs = (ms: number): Partial<Observation> => ({
  phases: observed().phases.map(step => (step.phase === 'tls' ? { ...step, ms } : step)),
});

function found(see: See, doors = DOORS) {
  const run = runOf(NODES, doors, see);
  return findingsOf(run, [])
    .filter(({ kind }) => kind !== 'slow')
    .map(finding => ({
      ...{ kind: finding.kind, owner: finding.owner, title: say(finding.title, t) },
      request: requestText(finding, run, t),
    }));
}

describe('Handshakes of a node that nobody answers', () => {
  it('are no missing rules where it is so for all that connects, whatever the domain', () => {
    const [finding, ...others] = found((node, { protocol }) =>
      node === 'node1' && protocol === 'https' ? silent() : {},
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      ...{ kind: 'tls-silent', owner: 'network' },
      title:
        'From node1, connections to 6 endpoints come about, and their TLS handshakes are not answered in time.',
    });
    expect(finding?.request).toContain('waited 4900 ms');
    expect(finding?.request).toContain('From node2 there is an answer: 6 endpoints.');
  });

  it('are told with those that were late, which no filter by names does', () => {
    const late = ['b.one.example', 'b.two.test'];
    const [finding, ...others] = found((node, { host, protocol }) => {
      if (node !== 'node1' || protocol !== 'https') return {};
      return late.includes(host) ? afterMs(4100) : silent();
    });
    expect([finding?.kind, others.length]).toEqual(['tls-silent', 0]);
  });

  it.each<[string, See]>([
    [
      'others were answered at once: a filter goes by names',
      (node, { host }) => (node === 'node1' && !host.endsWith('.org') ? silent() : {}),
    ],
    [
      'they are of one domain or two',
      (node, { host }) => (node === 'node1' && /one|two/.test(host) ? silent() : afterMs(4100)),
    ],
    [
      'most were answered, if late',
      (node, { host }) => (node === 'node1' && /a\.(one|three)|four/.test(host) ? silent() : afterMs(3000)),
    ],
  ])('stay missing rules where %s', (why, see) => {
    const doors = DOORS.filter(door => door.endsWith('443'));
    const more = why.startsWith('most') ? ['c.one.example:443', 'd.one.example:443'] : [];
    expect(found(see, [...doors, ...more]).map(({ kind }) => kind)).toEqual(['rule-missing']);
  });

  it('are no fault behind a proxy that is known, where it opened its tunnels', () => {
    const [finding, ...others] = found((node, { protocol }) => {
      if (protocol !== 'https') return {};
      return node === 'node1' ? silent(PROXY) : PROXY;
    });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      ...{ kind: 'tls-silent', owner: 'proxy' },
      title:
        'From node1 through the proxy proxy.example:8080, connections to 6 endpoints come about, and their TLS handshakes are not answered in time.',
    });
  });

  it('are a matter of DNS where they are all at one address that names were given', () => {
    const lied = { addresses: ['198.51.100.9'] };
    const kinds = found((node, { protocol }) =>
      node === 'node1' && protocol === 'https' ? silent(lied) : {},
    ).map(({ kind }) => kind);
    expect(kinds).toEqual(['one-address']);
  });
});
