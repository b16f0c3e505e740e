import { lastValueFrom, NEVER, type Observable, of, throwError, toArray } from 'rxjs';
import { endedAt, observed } from '../../../../../test/jest/observations';
import { nodeNamed } from '../../../../../test/jest/runs';
import { type RemoteCommand, RemoteError } from '../../../wac/remote-shell';
import { makePlan, type PlanEntry } from '../../plan/probe-plan';
import { compareWays, tryWays, waysOf } from './way-check';
import type { WayTried } from '../ways-tried';

const plan = makePlan([
  { host: 'a.example', port: 443, protocol: 'https', connects: 'agent', rule: { id: 'a' } },
]);
const ENTRY = plan.targets[0] as PlanEntry;
const SETTING = {
  ...{ machineWide: true, perUserPolicy: 0, server: 'proxy.example:8080', bypass: [], pacUrl: '' },
  ...{ autoDetect: false, moduleVersion: null, readable: true, leftoverServer: '' },
  values: ['winhttp=absent'],
  arcAgent: { proxyUrl: 'http://proxy.example:8080', proxyBypass: '' },
};

interface Asked {
  readonly proxy: string;
}

/** A node whose proxy denies what is reached without it. */
class Shell {
  readonly asked: string[] = [];
  constructor(
    private readonly setting: Observable<unknown>,
    private readonly answers: (proxy: string) => Observable<unknown> = proxy =>
      of(
        proxy === ''
          ? observed({ id: ENTRY.id })
          : {
              ...endedAt({ phase: 'proxy', code: 'Status403' }, { id: ENTRY.id, route: 'proxy', proxy }),
              proxyStatus: 403,
            },
      ),
  ) {}
  run(_: string, { name, parameters }: RemoteCommand): Observable<unknown> {
    if (name === 'Get-ProxySetting') return this.setting;
    if (name !== 'Test-EndpointByCurl') return NEVER;
    const [endpoint] = (parameters as unknown as { Endpoints: Asked[] }).Endpoints;
    const proxy = endpoint?.proxy ?? '?';
    this.asked.push(proxy);
    return this.answers(proxy);
  }
}

async function ways(shell: Shell, named?: string): Promise<readonly (readonly WayTried[])[]> {
  return lastValueFrom(tryWays(shell, nodeNamed('n1'), ENTRY, plan, 5000, named).pipe(toArray()));
}
const told = (tried: readonly WayTried[] = []) =>
  tried.map(({ kind, proxy, isOwn, result }) => [kind, proxy, isOwn, result?.cause]);

describe('Each way of one endpoint', () => {
  it('is tried, once for those that go the same, and shown as it comes', async () => {
    const shell = new Shell(of(SETTING));
    const seen = await ways(shell, 'other.example:3128');
    expect(shell.asked).toEqual(['', 'proxy.example:8080', 'other.example:3128']);
    expect(seen[0]?.every(({ result }) => result === undefined)).toBe(true);
    expect(told(seen.at(-1))).toEqual([
      ['direct', '', false, 'answered'],
      ['wininet', 'proxy.example:8080', false, 'proxy-policy'],
      ['winhttp', '', false, 'answered'],
      ['agent', 'proxy.example:8080', true, 'proxy-policy'],
      ['proxy', 'other.example:3128', false, 'proxy-policy'],
    ]);
    const { through, failing } = compareWays(seen.at(-1) ?? []);
    expect([through, failing].map(of => of.map(({ kind }) => kind))).toEqual([
      ['direct', 'winhttp'],
      ['wininet', 'agent', 'proxy'],
    ]);
  });

  it('of a client that the node does not tell of is not tried', async () => {
    const { values, arcAgent, ...silent } = SETTING;
    expect([values, arcAgent]).toHaveLength(2);
    const seen = await ways(new Shell(of(silent)));
    expect(told(seen.at(-1)).slice(2)).toEqual([
      ['winhttp', undefined, false, undefined],
      ['agent', undefined, false, undefined],
    ]);
  });

  it('is nobody’s own where the agent, which connects there, could not be asked', async () => {
    const unread = { ...SETTING, arcAgent: { unread: 'blocked' } };
    const seen = await ways(new Shell(of(unread)));
    expect(told(seen.at(-1)).map(([kind, proxy, isOwn]) => [kind, proxy, isOwn])).toEqual([
      ['direct', '', false],
      ['wininet', 'proxy.example:8080', false],
      ['winhttp', '', false],
      ['agent', undefined, false],
    ]);
  });

  it('is WinHTTP’s own where WinHTTP connects there without a proxy, unless a script may send it elsewhere', () => {
    const entry = { ...ENTRY, connects: 'winhttp' } as const;
    const routes = { server: 'proxy.example:8080', bypass: [], clients: { winhttp: () => '' } };
    const own = (of: Parameters<typeof waysOf>[1]) =>
      waysOf(entry, of, undefined).flatMap(({ kind, isOwn }) => (isOwn ? [kind] : []));
    expect(own(routes)).toEqual(['winhttp']);
    expect(own({ ...routes, byScript: true })).toEqual([]);
    expect(own({ ...routes, clients: {} })).toEqual([]);
  });

  it('of a client that follows a proxy configuration script is not tried past it', async () => {
    const shell = new Shell(of({ ...SETTING, server: '', pacUrl: 'http://wpad.example/proxy.pac' }));
    const tried = (await ways(shell)).at(-1) ?? [];
    expect(tried.find(({ kind }) => kind === 'wininet')).toEqual({ kind: 'wininet', isOwn: false });
    expect(shell.asked).toEqual(['', 'proxy.example:8080']);
  });

  it('is left to what needs no setting where the settings cannot be read', async () => {
    const shell = new Shell(of({ readable: false }));
    const seen = await ways(shell, 'other.example:3128');
    expect(shell.asked).toEqual(['', 'other.example:3128']);
    expect(told(seen.at(-1)).map(([kind, , , cause]) => [kind, cause])).toEqual([
      ['direct', 'answered'],
      ['wininet', undefined],
      ['winhttp', undefined],
      ['agent', undefined],
      ['proxy', 'proxy-policy'],
    ]);
  });

  it('says of a node that cannot be asked that nothing was learned', async () => {
    const gone = new RemoteError('unreachable', 'n1', 'gone');
    const seen = await ways(new Shell(throwError(() => gone)));
    expect(new Set(seen.at(-1)?.map(({ result }) => result?.cause))).toEqual(new Set(['node-unreachable']));
    expect(compareWays(seen.at(-1) ?? [])).toEqual({ through: [], failing: [] });
  });

  it('takes no other endpoint’s report, and none for a result', async () => {
    const wrong = new Shell(of(SETTING), () =>
      of(observed({ id: 'b.example:443/https', host: 'b.example' }), 7),
    );
    const seen = await ways(wrong);
    expect(new Set(seen.at(-1)?.map(({ result }) => result?.cause))).toEqual(new Set(['no-report']));
  });
});
