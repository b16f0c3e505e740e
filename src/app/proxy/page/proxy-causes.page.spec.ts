import { of } from 'rxjs';
import { endedAt, observed } from '../../../../test/jest/observations';
import { FakeCluster, openProxyPage } from '../../../../test/jest/proxy-page-harness';
import { makePlan } from '../../reachability/plan/probe-plan';
import type { Observation, ObservedPhase } from '../../reachability/probe/observation';

const HOSTS = ['a.example', 'b.example'];
const PLAN = makePlan(HOSTS.map(host => ({ host, port: 443, protocol: 'https', rule: { id: host } })));

type Ending = 'answers' | readonly [last: Partial<ObservedPhase>, change?: Partial<Observation>];

/** Two endpoints end so through whatever proxy is asked for; without one they answer. */
function clusterOf(...endings: readonly Ending[]): FakeCluster {
  const cluster = new FakeCluster({ node1: 'up' });
  cluster.answers.set('node1', ({ name, parameters }) => {
    if (!name.startsWith('Test-Endpoint')) return undefined;
    const isThrough = JSON.stringify(parameters).includes('wrong');
    return of(
      ...HOSTS.map((host, index) => {
        const place = { id: `${host}:443/https`, host };
        const ending = endings[index] ?? endings[0] ?? 'answers';
        if (ending === 'answers') return observed(isThrough ? { route: 'proxy', ...place } : place);
        const [last, change] = ending;
        return isThrough ? endedAt(last, { route: 'proxy', ...change, ...place }) : observed(place);
      }),
    );
  });
  return cluster;
}

async function preview(cluster: FakeCluster): Promise<string> {
  const { type, click, rows } = await openProxyPage(cluster, undefined, PLAN);
  await type('oc-proxy-server', 'wrong:80');
  await click('Apply to all nodes');
  return rows('oc-proxy-preview')[0]?.[2] ?? '';
}

describe('What fails at the proxy itself, before a change', () => {
  it.each<readonly [string, Ending]>([
    ['The name of the proxy could not be resolved', [{ phase: 'name', code: 'HostNotFound' }]],
    ['The proxy did not accept the connection', [{ phase: 'connect', code: 'ConnectionRefused' }]],
    ['No answer came to the attempt to connect to the proxy', [{ phase: 'connect', outcome: 'timeout' }]],
    ['there is no way to the proxy', [{ phase: 'connect', code: 'HostUnreachable' }]],
    ['The proxy took the request but did not answer it in time', [{ phase: 'proxy', outcome: 'timeout' }]],
    ['The proxy wants a user name', [{ phase: 'proxy', code: 'Status' }, { proxyStatus: 407 }]],
    ['its policy does not allow it', [{ phase: 'proxy' }, { proxyStatus: 403 }]],
    ['it could not reach the endpoint itself', [{ phase: 'proxy' }, { proxyStatus: 502 }]],
  ])('is told of the proxy, and not of the endpoint: %s', async (words, ending) => {
    const told = await preview(clusterOf(ending));
    expect(told).toContain(words);
    expect(told).toContain('a.example:443, b.example:443');
    // Who reads this is there.
    expect(told).not.toContain('on the Proxy tab');
    // The words of an endpoint that fails itself.
    expect(told).not.toMatch(/443 \(/);
  });

  it('stands with the result, and says of a node that told no bytes that it keeps what was set', async () => {
    const cluster = clusterOf([{ phase: 'name', code: 'HostNotFound' }]);
    const { type, click, confirm, rows } = await openProxyPage(cluster, undefined, PLAN);
    await type('oc-proxy-server', 'wrong:80');
    await click('Apply to all nodes');
    await confirm('Apply');
    const end = rows('oc-proxy-results')[0]?.[3] ?? '';
    expect(end).toMatch(/^! Applied and read back, not proven/);
    expect(end).not.toContain('not the wanted one');
    expect(end).toContain('It could not be rolled back');
    expect(end).toContain('The name of the proxy could not be resolved');
  });

  it('stands apart from what fails behind it', async () => {
    const told = await preview(
      clusterOf([{ phase: 'proxy' }, { proxyStatus: 403 }], [{ phase: 'tls', outcome: 'timeout' }]),
    );
    expect(told).toContain('It is so for: a.example:443');
    expect(told).toContain('Not through it: b.example:443 (Timed out)');
  });

  it('is chosen with the node: before and after, what is lost is named, and the sign is not that of a success', async () => {
    const cluster = clusterOf([{ phase: 'proxy' }, { proxyStatus: 403 }], 'answers');
    const told = await chosen(cluster);
    expect(told.before).toContain('then it keeps the new setting without them');
    expect(told.before).toContain('It would lose: a.example:443');
    expect(told.after).toMatch(/^! Applied and read back, without needed endpoints that it had/);
    expect(told.after).toContain(
      'These needed endpoints are not reached, as the preview said: a.example:443.',
    );
    expect(told.after).not.toContain('fail now');
  });

  /** The preview and the result of a node that is chosen against the advice. */
  async function chosen(cluster: FakeCluster): Promise<{ readonly before: string; readonly after: string }> {
    const { type, click, confirm, rows, dialog } = await openProxyPage(cluster, undefined, PLAN);
    await type('oc-proxy-server', 'wrong:80');
    await click('Apply to all nodes');
    const before = rows('oc-proxy-preview')[0]?.[2] ?? '';
    dialog().querySelector<HTMLInputElement>('th input')?.click();
    await confirm('Apply');
    return { before, after: rows('oc-proxy-results')[0]?.[3] ?? '' };
  }
});

describe('The test before a change, through a proxy that lets everything through', () => {
  const asked = (host: string, port: number, protocol: 'https' | 'tcp' | 'udp') => ({
    ...{ host, port, protocol },
    rule: { id: host },
  });
  const plan = makePlan([
    asked('a.example', 443, 'https'),
    asked('beacon.example', 8443, 'tcp'),
    asked('time.windows.com', 123, 'udp'),
  ]);

  it('counts what can only be connected to as answered, leaves UDP out, and warns of nothing', async () => {
    const cluster = new FakeCluster({ node1: 'up' });
    const tried: string[] = [];
    cluster.answers.set('node1', ({ name, parameters }) => {
      if (!name.startsWith('Test-Endpoint')) return undefined;
      const endpoints = parameters?.['Endpoints'] as unknown as readonly { readonly id: string }[];
      return of(
        ...plan.targets
          .filter(target => endpoints.some(({ id }) => id === target.id))
          .map(({ id, host, port, protocol }) => {
            tried.push(id);
            return observed({ id, host, port, protocol });
          }),
      );
    });
    const { type, click, rows } = await openProxyPage(cluster, undefined, plan);
    await type('oc-proxy-server', 'good:80');
    await click('Apply to all nodes');
    const told = rows('oc-proxy-preview')[0]?.[2] ?? '';
    expect(told).toContain('Ready.');
    expect(told).toContain('Through it 2 of 2 needed endpoints answer.');
    expect(told).toContain('Of them answered, not proven: beacon.example:8443');
    expect(told).not.toContain('Not through it');
    expect(tried).not.toContain('time.windows.com:123/udp');
  });
});
