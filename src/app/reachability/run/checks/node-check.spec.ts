import {
  concat,
  defer,
  EMPTY,
  finalize,
  from,
  ignoreElements,
  lastValueFrom,
  NEVER,
  Observable,
  of,
  Subject,
  throwError,
  timer,
  toArray,
} from 'rxjs';
import type { ProxySetting } from '../../../proxy/setting/proxy-setting';
import { type RemoteCommand, RemoteError, type RemoteErrorKind } from '../../../wac/remote-shell';
import { callsAtOnce } from './calls-at-once';
import { CheckFailure, failureOf } from './check-failure';
import { checkNode } from './node-check';
import { forced, proxyUse, type ProxyUse, readProxy, readUse } from './proxy-use';
import { endedAt, observed } from '../../../../../test/jest/observations';
import { NameReport } from '../../probe/name-report';
import { makePlan } from '../../plan/probe-plan';
import type { Way } from '../../plan/way';

const NODE = { name: 'node1', fqdn: 'node1.contoso.local', state: 'up' } as const;
const SETTING: ProxySetting = {
  machineWide: true,
  perUserPolicy: 0,
  server: 'proxy.contoso.com:8080',
  bypass: ['<local>', '*.contoso.local'],
  pacUrl: '',
  autoDetect: false,
  moduleVersion: null,
  readable: true,
  leftoverServer: '',
};
const { targets } = makePlan([{ host: 'a.example', port: 443, protocol: 'https', rule: { id: 'a' } }]);

const REPORT = { id: 'a.example:443/https' };

class FakeShell {
  readonly calls: { readonly node: string; readonly command: RemoteCommand; readonly timeoutMs: number }[] =
    [];
  constructor(
    private readonly answers: Readonly<Partial<Record<RemoteCommand['name'], Observable<unknown>>>>,
  ) {}
  run(node: string, command: RemoteCommand, timeoutMs: number): Observable<unknown> {
    this.calls.push({ node, command, timeoutMs });
    return this.answers[command.name] ?? (command.name === 'Resolve-EndpointName' ? EMPTY : NEVER);
  }
}

/** Answers the first reading so, and each later one so. */
function inTurn(...answers: readonly Observable<unknown>[]): Observable<unknown> {
  let asked = 0;
  return defer(() => answers[Math.min(asked++, answers.length - 1)] ?? EMPTY);
}

describe('The Arc agent of a node', () => {
  it('that never answers does not hide how the others go, and of its own way nothing is said', async () => {
    const silent = { ...SETTING, values: ['winhttp=absent'], arcAgent: { unread: '' } };
    const late = throwError(() => new RemoteError('timeout', NODE.fqdn, ''));
    const shell = new FakeShell({ 'Get-ProxySetting': inTurn(late, of(silent)) });
    const use = await lastValueFrom(readProxy(shell, NODE));
    expect(shell.calls.map(({ command }) => command.parameters)).toEqual([
      { Routes: true },
      { Routes: true, SkipAgent: true },
    ]);
    expect([use.server, use.notices]).toEqual([SETTING.server, ['winhttp-direct', 'agent-unread']]);
    expect(use.clients?.agent?.({ host: 'a.example', port: 443, protocol: 'https' })).toBeUndefined();
    expect(() => forced(use, { kind: 'agent' })).toThrow(CheckFailure);
    expect(forced(use, { kind: 'wininet' }).notices).toEqual([]);
  });

  it('is not asked for again where the node itself is what gives no answer', async () => {
    const late = throwError(() => new RemoteError('timeout', NODE.fqdn, ''));
    const shell = new FakeShell({ 'Get-ProxySetting': late });
    await expect(lastValueFrom(readProxy(shell, NODE))).rejects.toMatchObject({ kind: 'timeout' });
    expect(shell.calls).toHaveLength(2);
    const gone = throwError(() => new RemoteError('unreachable', NODE.fqdn, ''));
    const down = new FakeShell({ 'Get-ProxySetting': gone });
    await expect(lastValueFrom(readProxy(down, NODE))).rejects.toMatchObject({ kind: 'unreachable' });
    expect(down.calls).toHaveLength(1);
  });

  it('that is not there, or answers, has no note', () => {
    for (const arcAgent of [null, { proxyUrl: '', proxyBypass: '', connectionType: 'direct' }])
      expect(readUse({ ...SETTING, values: [], arcAgent }).notices).toEqual([]);
    expect(readUse({ ...SETTING, values: [], arcAgent: { proxyUrl: 'Warning: no' } }).notices).toEqual([
      'agent-unread',
    ]);
  });

  it.each<[object, readonly string[]]>([
    [{ arcAgent: { proxyUrl: 'http://u:word@p:1' } }, ['agent-unclear']],
    [{ arcAgent: { proxyUrl: 'https://p:1' } }, ['agent-unclear']],
    [{ arcAgent: { proxyUrl: 'http://p:1', proxyBypass: 'AMPLS' } }, ['agent-unclear']],
    [{ arcAgent: { proxyUrl: '' }, values: ['env.HTTP_PROXY=String|socks5://p:1'] }, ['agent-unclear']],
    [{ arcAgent: { proxyUrl: 'http://p:1', proxyBypass: 'Arc' } }, []],
    [{ values: ['winhttp=String|x'] }, ['winhttp-unclear']],
    [{ server: 'u:word@p:1' }, ['proxy-unclear']],
    [{ server: 'http=p:1' }, []],
    [{ server: 'socks=s:1' }, ['socks']],
  ])(
    'whose way this check cannot follow is told with its node, as other clients are: %j',
    (told, notices) => {
      expect(readUse({ ...SETTING, values: [], ...told }).notices).toEqual(notices);
    },
  );
});

describe('Checking a node', () => {
  it('reads the proxy first, then tests with it', async () => {
    const shell = new FakeShell({ 'Get-ProxySetting': of(SETTING), 'Test-EndpointByCurl': of(1, REPORT) });
    const uses: ProxyUse[] = [];
    const written = await lastValueFrom(
      checkNode(shell, NODE, targets, { timeoutMs: 5000 }, use => uses.push(use)).pipe(toArray()),
    );
    expect(written).toEqual([1, REPORT]);
    expect(uses).toEqual([
      { server: 'proxy.contoso.com:8080', bypass: ['<local>', '*.contoso.local'], notices: [] },
    ]);
    expect(shell.calls.map(call => call.node)).toEqual(['node1.contoso.local', 'node1.contoso.local']);
    const { command, timeoutMs } = shell.calls[1] ?? {};
    expect(command).toMatchObject({
      name: 'Test-EndpointByCurl',
      parameters: {
        Endpoints: [
          {
            id: 'a.example:443/https',
            host: 'a.example',
            port: 443,
            protocol: 'https',
            proxy: 'proxy.contoso.com:8080',
          },
        ],
        TimeoutMs: 5000,
      },
    });
    const deadline = command?.parameters?.['DeadlineMs'] as number;
    // Room for time that a starved node gives back to its endpoints.
    expect(deadline).toBeGreaterThanOrEqual(20_000);
    expect(timeoutMs).toBeGreaterThan(deadline);
  });

  it('goes the way of the client that connects, where the node tells it', async () => {
    const rows = [
      { host: 'agent.example', connects: 'agent' },
      { host: 'http.example', connects: 'winhttp' },
      { host: 'own.example' },
      { host: 'both.example', connects: 'agent' },
      { host: 'both.example', connects: 'winhttp' },
    ] as const;
    const plan = makePlan(
      rows.map(row => ({ ...row, port: 443, protocol: 'https', rule: { id: row.host } }) as const),
    );
    const asked = async (told: object) => {
      const shell = new FakeShell({
        'Get-ProxySetting': of({ ...SETTING, ...told }),
        'Test-EndpointByCurl': EMPTY,
      });
      await lastValueFrom(
        checkNode(shell, NODE, plan.targets, { timeoutMs: 5000 }, () => undefined).pipe(toArray()),
      );
      const endpoints = shell.calls[1]?.command.parameters?.['Endpoints'] as {
        host: string;
        proxy: string;
        client?: string;
      }[];
      return endpoints.map(({ host, proxy, client }) => [host, proxy, client]);
    };
    const machine = 'proxy.contoso.com:8080';
    expect(
      await asked({
        values: ['winhttp=absent'],
        arcAgent: { proxyUrl: 'http://localhost:40343', proxyBypass: '' },
      }),
    ).toEqual([
      // WinHTTP has none of its own: tried the machine's way, which is not called WinHTTP's.
      ['http.example', machine, undefined],
      ['own.example', machine, undefined],
      ['both.example', machine, undefined],
      // By a way of its own: told to curl after those that are alike.
      ['agent.example', 'localhost:40343', 'agent'],
    ]);
    // Nobody says that a way was gone which is not known.
    expect(new Set((await asked({})).map(([, proxy, client]) => `${proxy} ${client}`))).toEqual(
      new Set([`${machine} undefined`]),
    );
  });

  it.each(['curl-missing: This node has no curl.exe.', 'curl-failed: curl 7.55.1'])(
    'measures with the interpreted probe where curl.exe cannot: %s',
    async message => {
      const shell = new FakeShell({
        'Get-ProxySetting': of(SETTING),
        'Test-EndpointByCurl': throwError(() => new RemoteError('script', 'node1', message)),
        'Test-Endpoint': of(REPORT),
      });
      const written = await lastValueFrom(
        checkNode(shell, NODE, targets, { timeoutMs: 5000 }, () => undefined).pipe(toArray()),
      );
      expect(written).toEqual([REPORT]);
      expect(shell.calls.at(-1)?.command.parameters).toMatchObject({
        Endpoints: [{ id: 'a.example:443/https', host: 'a.example', port: 443, protocol: 'https' }],
        ProxyServer: 'proxy.contoso.com:8080',
        ProxyBypass: ['<local>', '*.contoso.local'],
        TimeoutMs: 5000,
      });
    },
  );

  it('says what curl.exe said where the interpreted probe is refused, too', async () => {
    const refused = new RemoteError('constrained-language', 'node1', 'LanguageMode: ConstrainedLanguage');
    const shell = new FakeShell({
      'Get-ProxySetting': of(SETTING),
      'Test-EndpointByCurl': throwError(() => new RemoteError('script', 'node1', 'curl-failed: it crashed')),
      'Test-Endpoint': throwError(() => refused),
    });
    const check = checkNode(shell, NODE, targets, { timeoutMs: 5000 }, () => undefined);
    await expect(lastValueFrom(check)).rejects.toMatchObject({
      reason: 'constrained-language',
      message: 'curl-failed: it crashed\nLanguageMode: ConstrainedLanguage',
    });
  });

  it('goes round by each proxy where the interpreted probe must take several ways', async () => {
    const plan = makePlan([
      { host: 'agent.example', port: 443, protocol: 'https', connects: 'agent', rule: { id: 'x' } },
      { host: 'own.example', port: 443, protocol: 'https', rule: { id: 'y' } },
    ]);
    const shell = new FakeShell({
      'Get-ProxySetting': of({
        ...SETTING,
        arcAgent: { proxyUrl: 'http://localhost:40343', proxyBypass: '' },
      }),
      'Test-EndpointByCurl': throwError(() => new RemoteError('script', 'node1', 'curl-missing: none')),
      'Test-Endpoint': of({ id: 'agent.example:443/https' }, { id: 'own.example:443/https' }),
    });
    const written = await lastValueFrom(
      checkNode(shell, NODE, plan.targets, { timeoutMs: 5000 }, () => undefined).pipe(toArray()),
    );
    const interpreted = shell.calls.filter(({ command }) => command.name === 'Test-Endpoint');
    expect(interpreted.map(({ command }) => command.parameters?.['ProxyServer'])).toEqual([
      'localhost:40343',
      'proxy.contoso.com:8080',
    ]);
    expect(written[0]).toEqual({ id: 'agent.example:443/https', client: 'agent' });
  });

  it('asks for all addresses of what was resolved on the node, and what fails there takes nothing away', async () => {
    const hosts = ['direct.example', 'proxied.example', 'unknown.example'];
    const plan = makePlan(
      hosts.map(host => ({ host, port: 443, protocol: 'https', rule: { id: host } }) as const),
    );
    const observations = hosts.map((host, index) =>
      observed({
        ...{ id: `${host}:443/https`, host },
        ...(index === 1 && { route: 'proxy', proxy: 'p:1' }),
        ...(index === 2 && endedAt({ phase: 'name', outcome: 'failed', code: 'HostNotFound' })),
        ...{ id: `${host}:443/https`, host },
      }),
    );
    const check = async (names: Observable<unknown>) => {
      const shell = new FakeShell({
        'Get-ProxySetting': of(SETTING),
        'Test-EndpointByCurl': from(observations),
        'Resolve-EndpointName': names,
      });
      const written = await lastValueFrom(
        checkNode(shell, NODE, plan.targets, { timeoutMs: 5000 }, () => undefined).pipe(toArray()),
      );
      const asked = shell.calls.find(({ command }) => command.name === 'Resolve-EndpointName');
      return { written, names: asked?.command.parameters?.['Names'] };
    };
    const told = await check(of('S\t10.0.0.53', 'R\tdirect.example\t\t1.1.1.1', 'noise'));
    expect(told.names).toEqual(['direct.example']);
    expect(told.written.slice(3)).toEqual([expect.any(NameReport), expect.any(NameReport)]);
    const failed = await check(throwError(() => new RemoteError('gateway', 'node1', 'gone')));
    expect(failed.written).toEqual(observations);
  });

  it('asks time servers in a call of their own, beside the other endpoints', async () => {
    const plan = makePlan([
      { host: 'time.example', port: 123, protocol: 'udp', rule: { id: 't' } },
      { host: 'a.example', port: 443, protocol: 'https', rule: { id: 'a' } },
    ]);
    const answer = 'M0\t\t10.0.0.1\t1\t2\t10:00:00, +00.0000001s';
    const check = async (targets: typeof plan.targets, time: Observable<unknown>) => {
      const shell = new FakeShell({
        'Get-ProxySetting': of(SETTING),
        'Test-EndpointByCurl': of(REPORT),
        'Test-TimeServer': time,
      });
      const written = await lastValueFrom(
        checkNode(shell, NODE, targets, { timeoutMs: 5000 }, () => undefined).pipe(toArray()),
      );
      return {
        written,
        names: shell.calls.map(({ command }) => command.name).filter(name => name !== 'Resolve-EndpointName'),
      };
    };
    const both = await check(plan.targets, of(answer));
    expect(both.written).toEqual([
      REPORT,
      expect.objectContaining({ id: 'time.example:123/udp', route: 'direct' }),
    ]);
    expect(both.names).toEqual(['Get-ProxySetting', 'Test-EndpointByCurl', 'Test-TimeServer']);
    const alone = await check(plan.targets.slice(0, 1), of(answer));
    expect(alone.names).toEqual(['Get-ProxySetting', 'Test-TimeServer']);
    // A script that fails there takes nothing from the others; it is tried once more.
    const failing = throwError(() => new RemoteError('script', 'node1', 'no'));
    const failed = await check(plan.targets, failing);
    expect(failed.written).toEqual([REPORT]);
    expect(failed.names.slice(2)).toEqual(['Test-TimeServer', 'Test-TimeServer']);
  });

  it.each([1, 4])('measures all of it with at most %s calls of the node at once', async limit => {
    const plan = makePlan([
      { host: 'time.example', port: 123, protocol: 'udp', rule: { id: 't' } },
      { host: 'a.example', port: 443, protocol: 'https', rule: { id: 'a' } },
    ]);
    let running = 0;
    let seen = 0;
    const lasting = (output: unknown): Observable<unknown> =>
      defer(() => {
        seen = Math.max(seen, (running += 1));
        return concat(timer(0).pipe(ignoreElements()), of(output)).pipe(finalize(() => (running -= 1)));
      });
    const shell = new FakeShell({
      'Get-ProxySetting': lasting({ ...SETTING, server: '' }),
      'Test-EndpointByCurl': lasting({ ...observed(), ...REPORT }),
      'Test-TimeServer': lasting('M0\t\t10.0.0.1\t1\t2\t10:00:00, +00.0000001s'),
      'Resolve-EndpointName': lasting({ name: 'a.example', addresses: ['192.0.2.1'] }),
    });
    await lastValueFrom(
      checkNode(callsAtOnce(shell, limit), NODE, plan.targets, { timeoutMs: 5000 }, () => undefined),
    );
    expect(new Set(shell.calls.map(({ command }) => command.name)).size).toBe(4);
    expect([running, seen > 1, seen <= limit]).toEqual([0, limit > 1, true]);
  });

  it('forces a way on every endpoint, and says where a node has no such way', async () => {
    const asked = async (way: Way, told: object = {}) => {
      const shell = new FakeShell({
        'Get-ProxySetting': of({ ...SETTING, pacUrl: 'http://wpad/x.pac', ...told }),
        'Test-EndpointByCurl': of(REPORT),
        'Get-ProxyScript': EMPTY,
      });
      const uses: ProxyUse[] = [];
      const outcome: unknown = await lastValueFrom(
        checkNode(shell, NODE, targets, { timeoutMs: 5000, way }, use => uses.push(use)).pipe(toArray()),
      ).catch((error: unknown) => failureOf(error).cause);
      const [endpoint] = (shell.calls[1]?.command.parameters?.['Endpoints'] ?? []) as { proxy: string }[];
      return { proxy: endpoint?.proxy, notices: uses[0]?.notices, outcome };
    };
    expect(await asked({ kind: 'direct' })).toMatchObject({ proxy: '', notices: [] });
    expect(await asked({ kind: 'proxy', proxy: 'p:3' })).toMatchObject({ proxy: 'p:3', notices: [] });
    expect(await asked({ kind: 'wininet' })).toMatchObject({ notices: ['script'] });
    expect(await asked({ kind: 'agent' })).toEqual({ outcome: 'way-unknown' });
    expect(await asked({ kind: 'winhttp' }, { values: ['winhttp=absent'] })).toMatchObject({ proxy: '' });
  });

  it('asks once more for what was lost on the way, and only for that', async () => {
    const two = makePlan(
      ['a.example', 'b.example'].map(host => ({ host, port: 443, protocol: 'https', rule: { id: host } })),
    ).targets;
    const gone = throwError(() => new RemoteError('gateway', 'node1', 'gone'));
    const asked = async (end: Observable<never>) => {
      const shell = new FakeShell({
        'Get-ProxySetting': of(SETTING),
        'Test-EndpointByCurl': concat(of(REPORT), end),
      });
      const outcome: unknown = await lastValueFrom(
        checkNode(shell, NODE, two, { timeoutMs: 5000 }, () => undefined).pipe(toArray()),
      ).catch((error: unknown) => error);
      const endpoints = shell.calls.slice(1).map(({ command }) => command.parameters?.['Endpoints']);
      return { outcome, hosts: endpoints.map(each => (each as { host: string }[]).map(({ host }) => host)) };
    };
    const hosts = [['a.example', 'b.example'], ['b.example']];
    expect(await asked(EMPTY)).toEqual({ outcome: [REPORT, REPORT], hosts });
    const lost = await asked(gone);
    expect(lost.hosts).toEqual(hosts);
    expect(failureOf(lost.outcome).cause).toBe('gateway-failed');
    const broken = await asked(throwError(() => new RemoteError('script', 'node1', 'broken')));
    expect(broken.hosts).toEqual([['a.example', 'b.example']]);
  });

  it('asks for the names of every answer, also of those that come after a pause', () => {
    jest.useFakeTimers();
    const answers = new Subject<unknown>();
    const shell = new FakeShell({
      'Get-ProxySetting': of({ ...SETTING, machineWide: false, server: '' }),
      'Test-EndpointByCurl': answers,
      'Resolve-EndpointName': EMPTY,
    });
    const rows = ['a.example', 'b.example', 'c.example'].map(
      host => ({ host, port: 443, protocol: 'https', rule: { id: host } }) as const,
    );
    checkNode(shell, NODE, makePlan(rows).targets, { timeoutMs: 5000 }, () => undefined).subscribe();
    const answer = (number: number): void =>
      answers.next(`T${number}\t0\t200\t000\t192.0.2.1\t0.01\t0.02\t0.03\t0.04\t0.05\t0\t`);
    answer(0);
    jest.advanceTimersByTime(600);
    answer(1);
    jest.advanceTimersByTime(600);
    answers.complete();
    const named = shell.calls.filter(({ command }) => command.name === 'Resolve-EndpointName');
    expect(named.map(({ command }) => command.parameters?.['Names'])).toEqual([['a.example'], ['b.example']]);
    jest.useRealTimers();
  });

  it('gives every round of many endpoints its time', () => {
    const shell = new FakeShell({ 'Get-ProxySetting': of(SETTING) });
    const many = Array.from({ length: 500 }, () => targets[0]).filter(each => each !== undefined);
    checkNode(shell, NODE, many, { timeoutMs: 5000 }, () => undefined).subscribe();
    expect(shell.calls[1]?.command.parameters?.['DeadlineMs']).toBeGreaterThan(15_000);
  });

  it.each([{ ...SETTING, readable: false }, { nonsense: 1 }, undefined])(
    'measures nothing when the proxy setting is unclear: %j',
    async setting => {
      const shell = new FakeShell({ 'Get-ProxySetting': of(setting) });
      const thrown: unknown = await lastValueFrom(
        checkNode(shell, NODE, targets, { timeoutMs: 5000 }, () => undefined),
      ).catch((error: unknown) => error);
      expect(failureOf(thrown).cause).toBe('proxy-setting-unreadable');
      expect(shell.calls).toHaveLength(1);
    },
  );

  it('stops the work on the node when nobody listens any more', () => {
    let stopped = false;
    const endless = new Observable(() => () => (stopped = true));
    const shell = new FakeShell({ 'Get-ProxySetting': of(SETTING), 'Test-EndpointByCurl': endless });
    const subscription = checkNode(shell, NODE, targets, { timeoutMs: 5000 }, () => undefined).subscribe();
    expect(stopped).toBe(false);
    subscription.unsubscribe();
    expect(stopped).toBe(true);
  });

  it.each<[Partial<ProxySetting>, ProxyUse]>([
    [{ machineWide: false }, { server: '', bypass: [], notices: ['per-user'] }],
    [
      { machineWide: false, server: '', bypass: ['x'] },
      { server: '', bypass: [], notices: [] },
    ],
    [
      { server: '', pacUrl: 'http://wpad/x.pac', autoDetect: true },
      { server: '', bypass: SETTING.bypass, notices: ['script'], byScript: true },
    ],
    [{ server: 'socks=s:1080' }, { server: 'socks=s:1080', bypass: SETTING.bypass, notices: ['socks'] }],
  ])('uses the proxy of the machine only and says what it does not follow: %j', (change, use) => {
    expect(proxyUse({ ...SETTING, ...change })).toEqual(use);
  });

  it.each<[RemoteErrorKind, string]>([
    ['unreachable', 'node-unreachable'],
    ['access-denied', 'access-denied'],
    ['script', 'script-failed'],
    ['constrained-language', 'constrained-language'],
    ['timeout', 'call-timed-out'],
    ['gateway', 'gateway-failed'],
  ])('explains the failure %s', async (kind, cause) => {
    const shell = new FakeShell({
      'Get-ProxySetting': throwError(() => new RemoteError(kind, 'node1', 'words')),
    });
    const thrown: unknown = await lastValueFrom(
      checkNode(shell, NODE, targets, { timeoutMs: 5000 }, () => undefined),
    ).catch((error: unknown) => error);
    expect(failureOf(thrown)).toEqual({ cause, message: 'words' });
  });
});
