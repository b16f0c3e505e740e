import { EMPTY, lastValueFrom, type Observable, of, Subject, throwError, toArray } from 'rxjs';
import { RemoteError, type RemoteCommand } from '../../../wac/remote-shell';
import { makePlan } from '../../plan/probe-plan';
import { ProxyScriptReport } from '../../probe/proxy-script-report';
import { checkNode, type Measuring } from './node-check';
import { forced, type ProxyUse, readUse } from './proxy-use';
import { tryWays } from './way-check';

const NODE = { name: 'node1', fqdn: 'node1.contoso.local', state: 'up' } as const;
const SETTING = {
  ...{ machineWide: true, server: '', bypass: [], pacUrl: '', autoDetect: true, readable: true },
  ...{ detects: true, languageMode: 'ConstrainedLanguage' },
};
const plan = makePlan([{ host: 'a.example', port: 443, protocol: 'https', rule: { id: 'a' } }]);
/** Of the endpoint, as its own. */
const REPORT = { id: 'a.example:443/https' };
const NAME = 'wpad.contoso.local';
const absent = (name: string) => `W\t${name}\tDNS_ERROR_RCODE_NAME_ERROR\t`;
const there = (name: string) => `W\t${name}\t\t10.0.0.9`;
const NOTHING = ['D\tnone', absent(NAME), absent('wpad')].join('\n');
const PAC = `P\t0\t200\t70\t1\t\n${JSON.stringify('function FindProxyForURL() { return "PROXY p.example:8080"; }')}`;

/** A node that answers as it is told; scripts by their address. */
class FakeShell {
  readonly fetched: unknown[] = [];
  readonly asked: string[] = [];
  stopped = 0;
  constructor(
    private readonly setting: object,
    private readonly found: Observable<unknown>,
    private readonly scripts: Readonly<Record<string, unknown>> = {},
  ) {}
  run(_: string, { name, parameters }: RemoteCommand): Observable<unknown> {
    this.asked.push(name);
    if (name === 'Get-ProxySetting') return of(this.setting);
    if (name === 'Find-ProxyScript') return this.found;
    if (name === 'Test-EndpointByCurl') return of('one', REPORT);
    if (name !== 'Get-ProxyScript') return EMPTY;
    const address = parameters?.['Address'] as string;
    this.fetched.push(address);
    return of(this.scripts[address]);
  }
}

async function checked(shell: FakeShell, measuring: Measuring = { timeoutMs: 5000 }) {
  const uses: ProxyUse[] = [];
  const written = await lastValueFrom(
    checkNode(shell, NODE, plan.targets, measuring, use => uses.push(use)).pipe(toArray()),
  );
  const scripts = written.flatMap(value => (value instanceof ProxyScriptReport ? [value.script] : []));
  return { uses, scripts, results: written.filter(value => !(value instanceof ProxyScriptReport)) };
}

describe('Automatic proxy detection', () => {
  it.each<[string, string | undefined, Readonly<Record<string, unknown>>, string, readonly string[]]>([
    ['nothing anywhere', NOTHING, {}, 'nothing', []],
    [
      'a script of DHCP',
      `D\thttp://dhcp.example/p\n${absent('wpad')}`,
      { 'http://dhcp.example/p': PAC },
      'script',
      ['http://dhcp.example/p'],
    ],
    [
      'a host of the domain',
      `D\tnone\n${there(NAME)}\n${absent('wpad')}`,
      { [`http://${NAME}/wpad.dat`]: PAC },
      'script',
      [`http://${NAME}/wpad.dat`],
    ],
    [
      'a host without a script, then one with',
      `D\tnone\n${there(NAME)}\n${there('wpad')}`,
      { [`http://${NAME}/wpad.dat`]: 'P\t0\t404\t0\t0\t\n""', 'http://wpad/wpad.dat': PAC },
      'script',
      [`http://${NAME}/wpad.dat`, 'http://wpad/wpad.dat'],
    ],
    [
      'a page in its place',
      `D\tnone\n${there(NAME)}\n${absent('wpad')}`,
      { [`http://${NAME}/wpad.dat`]: 'P\t0\t200\t9\t0\t\n"<html>"' },
      'nothing',
      [`http://${NAME}/wpad.dat`],
    ],
    [
      'a host that refuses',
      `D\tnone\n${there(NAME)}\n${absent('wpad')}`,
      { [`http://${NAME}/wpad.dat`]: 'P\t7\t000\t0\t0\trefused\n""' },
      'unknown',
      [`http://${NAME}/wpad.dat`],
    ],
    [
      'a server that fails',
      `D\tnone\n${there(NAME)}\n${absent('wpad')}`,
      { [`http://${NAME}/wpad.dat`]: 'P\t0\t503\t0\t0\t\n""' },
      'unknown',
      [`http://${NAME}/wpad.dat`],
    ],
    ['DHCP that does not tell', `D\tunread\n${absent('wpad')}`, {}, 'dhcp-unread', []],
    [
      'DHCP that does not tell, and a page',
      `D\tunread\n${there('wpad')}`,
      { 'http://wpad/wpad.dat': 'P\t0\t404\t0\t0\t\n""' },
      'dhcp-unread',
      ['http://wpad/wpad.dat'],
    ],
    [
      'a silent name server',
      `D\tnone\nW\t${NAME}\tERROR_TIMEOUT\t\n${absent('wpad')}`,
      {},
      'name-unclear',
      [],
    ],
    ['a name server that refuses', `D\tnone\nW\t${NAME}\tDNS_ERROR_RCODE_REFUSED\t`, {}, 'name-unclear', []],
    ['no name asked', 'D\tnone', {}, 'name-unclear', []],
    ['an address that is none', `D\tfile://x\n${absent('wpad')}`, {}, 'unknown', []],
    ['another text', 'nonsense', {}, 'unknown', []],
    ['no text', undefined, {}, 'unknown', []],
  ])('is told apart: %s', async (_, text, scripts, found, fetched) => {
    const shell = new FakeShell(SETTING, of(text), scripts);
    const { uses, results } = await checked(shell);
    const notices = {
      nothing: 'detection-none',
      script: 'detection-found',
      unknown: 'detection',
      'dhcp-unread': 'detection-dhcp',
      'name-unclear': 'detection-name',
    };
    expect(uses).toHaveLength(1);
    expect(uses[0]?.notices).toContain(notices[found as keyof typeof notices]);
    expect(uses[0]?.byScript).toBe(found === 'nothing' ? undefined : true);
    expect(shell.fetched).toEqual(fetched);
    expect(results).toEqual(['one', REPORT]);
  });

  it('leaves what it would find unknown where the node cannot look', async () => {
    const shell = new FakeShell(
      SETTING,
      throwError(() => new RemoteError('script', 'node1', 'no')),
    );
    const { uses, results } = await checked(shell);
    expect(uses[0]).toMatchObject({ byScript: true, notices: ['constrained', 'detection'] });
    expect(results).toEqual(['one', REPORT]);
  });

  it('holds results back until it is known whether the client goes so', () => {
    const found = new Subject<unknown>();
    const seen: unknown[] = [];
    const steps = checkNode(new FakeShell(SETTING, found), NODE, plan.targets, { timeoutMs: 5000 }, use =>
      seen.push(use.byScript ?? 'fixed'),
    ).subscribe(value => seen.push(value));
    expect(seen).toEqual([]);
    found.next(NOTHING);
    found.complete();
    expect(seen).toEqual(['fixed', 'one', REPORT]);
    steps.unsubscribe();
  });

  it('ends on the node when nobody listens any more', () => {
    const found = new Subject<unknown>();
    const steps = checkNode(
      new FakeShell(SETTING, found),
      NODE,
      plan.targets,
      { timeoutMs: 5000 },
      () => undefined,
    ).subscribe();
    expect(found.observed).toBe(true);
    steps.unsubscribe();
    expect(found.observed).toBe(false);
  });

  it('comes before a script that is set, and is not asked for where it does not count', async () => {
    const pacUrl = 'http://set.example/p';
    const set = { ...SETTING, pacUrl };
    const dhcp = `D\thttp://dhcp.example/p\n${absent('wpad')}`;
    const both = await checked(new FakeShell(set, of(dhcp), { 'http://dhcp.example/p': PAC, [pacUrl]: PAC }));
    expect(both.scripts.map(({ address }) => address)).toEqual(['http://dhcp.example/p']);
    const none = await checked(new FakeShell(set, of(NOTHING), { [pacUrl]: PAC }));
    expect(none.scripts.map(({ address }) => address)).toEqual([pacUrl]);
    expect(none.uses[0]?.byScript).toBe(true);

    for (const [setting, way] of [
      [{ ...SETTING, detects: false }, undefined],
      [SETTING, { kind: 'direct' }],
      [SETTING, { kind: 'proxy', proxy: 'p:1' }],
    ] as const) {
      const shell = new FakeShell(setting, of(dhcp));
      const { uses } = await checked(shell, { timeoutMs: 5000, ...(way && { way }) });
      expect(shell.asked).not.toContain('Find-ProxyScript');
      expect(uses[0]?.byScript).toBeUndefined();
      expect(uses[0]?.notices.filter(notice => notice.startsWith('detection'))).toEqual([]);
    }
  });

  it('finding nothing proves no way of services whose accounts have a proxy of their own', async () => {
    const perUser = { ...SETTING, machineWide: false, autoDetect: false };
    for (const serviceProxies of [['LocalSystem=p:1'], ['NetworkService=?'], 'LocalService=http://x/p']) {
      const { uses } = await checked(new FakeShell({ ...perUser, serviceProxies }, of(NOTHING)));
      expect(uses[0]).toMatchObject({
        byScript: true,
        notices: ['service-proxy', 'constrained', 'detection-none'],
      });
      const still = await checked(new FakeShell({ ...perUser, detects: false, serviceProxies }, of('')));
      expect(still.uses[0]).toMatchObject({ byScript: true, notices: ['service-proxy', 'constrained'] });
      const told = readUse({ ...perUser, serviceProxies });
      expect(forced(told, { kind: 'wininet' })).toMatchObject({ byScript: true });
      expect(forced(told, { kind: 'direct' })).toEqual({ server: '', bypass: [], notices: ['constrained'] });
    }
    for (const serviceProxies of [[], '', undefined, null])
      expect(readUse({ ...perUser, serviceProxies }).byScript).toBeUndefined();
  });

  it('is unclear of a node whose script is older and does not tell', () => {
    const { detects, ...older } = SETTING;
    expect(detects).toBe(true);
    expect(readUse(older)).toMatchObject({ byScript: true, notices: ['detection', 'constrained'] });
    expect(readUse({ ...older, machineWide: false }).byScript).toBeUndefined();
    expect(readUse({ ...older, autoDetect: false }).notices).toEqual(['constrained']);
  });

  it('tries the way of WinINet in the pane only where it is known', async () => {
    const ways = async (text: string) => {
      const [entry] = plan.targets;
      if (entry === undefined) throw new Error();
      const told = await lastValueFrom(tryWays(new FakeShell(SETTING, of(text)), NODE, entry, plan, 5000));
      return told.find(({ kind }) => kind === 'wininet')?.proxy;
    };
    expect(await ways(NOTHING)).toBe('');
    expect(await ways('D\tunread')).toBeUndefined();
  });
});
