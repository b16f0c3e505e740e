import { guessedOf, routeOf, typedProxy, WAY_KINDS, type Way } from './way';

const routes = {
  server: 'machine:8080',
  bypass: ['*.bypassed.example'],
  clients: {
    winhttp: ({ host }: { readonly host: string }) => (host === 'round.example' ? '' : 'winhttp:1'),
    agent: () => 'agent:2',
  },
};
const target = (host: string, connects?: 'winhttp' | 'agent') => ({
  ...{ host, port: 443, protocol: 'https' },
  ...(connects && { connects }),
});
const go = (way: Way, ...of: Parameters<typeof target>) => routeOf(target(...of), routes, way);

describe('The way of an endpoint', () => {
  it('is its own client’s unless another is forced', () => {
    expect(go({ kind: 'own' }, 'a.example')).toEqual({ proxy: 'machine:8080' });
    expect(go({ kind: 'own' }, 'a.example', 'agent')).toEqual({ proxy: 'agent:2', client: 'agent' });
    expect(go({ kind: 'own' }, 'a.example', 'winhttp')).toEqual({ proxy: 'winhttp:1', client: 'winhttp' });
  });

  it('proves nothing by the machine’s proxy of a client that has none of its own, or is not told of', () => {
    const instead = { proxy: 'machine:8080', isGuess: true };
    const { clients, ...silent } = routes;
    expect(routeOf(target('round.example', 'winhttp'), routes)).toEqual(instead);
    expect(routeOf(target('a.example', 'winhttp'), silent)).toEqual(instead);
    const unread = { ...silent, clients: { agent: () => undefined } };
    expect(routeOf(target('a.example', 'agent'), unread)).toEqual(instead);
    // A node without an agent has none that goes otherwise.
    expect(routeOf(target('a.example', 'agent'), silent)).toEqual({ proxy: 'machine:8080' });
    // Where neither has a proxy, both go direct.
    for (const connects of Object.keys(clients) as ('winhttp' | 'agent')[])
      expect(routeOf(target('x.bypassed.example', connects), silent)).toEqual({ proxy: '' });
    expect(routeOf(target('round.example', 'winhttp'), { ...routes, server: '' })).toEqual({
      ...{ proxy: '', client: 'winhttp' },
    });
    expect(routeOf(target('round.example', 'winhttp'), routes, { kind: 'wininet' })).toEqual({
      proxy: 'machine:8080',
    });
  });

  it('is the forced one, whoever connects and whatever is bypassed elsewhere', () => {
    for (const connects of ['winhttp', 'agent', undefined] as const) {
      expect(go({ kind: 'direct' }, 'a.example', connects)).toEqual({ proxy: '' });
      expect(go({ kind: 'proxy', proxy: 'p:3' }, 'x.bypassed.example', connects)).toEqual({ proxy: 'p:3' });
      expect(go({ kind: 'wininet' }, 'a.example', connects)).toEqual({ proxy: 'machine:8080' });
      expect(go({ kind: 'wininet' }, 'x.bypassed.example', connects)).toEqual({ proxy: '' });
      expect(go({ kind: 'agent' }, 'a.example', connects)).toEqual({ proxy: 'agent:2', client: 'agent' });
    }
    // Forced, WinHTTP's direct way is direct: that is what shall be seen.
    expect(go({ kind: 'winhttp' }, 'round.example')).toEqual({ proxy: '', client: 'winhttp' });
  });

  it('is a guess where WinINet follows a script, and no other client goes there', () => {
    const scripted = {
      server: '',
      bypass: [],
      byScript: true,
      clients: { winhttp: () => '', agent: () => '' },
    } as const;
    const guessed = (kind: Way['kind']) => {
      const targets = (['winhttp', 'agent', undefined] as const).map(connects => ({
        ...target('a.example', connects),
        id: connects ?? 'any',
      }));
      const time = { id: 'time', host: 'time.example', port: 123, protocol: 'udp' };
      return [...(guessedOf([...targets, time], scripted, { kind, proxy: 'p:3' }) ?? [])];
    };
    // WinHTTP without a proxy of its own asks for the machine's script.
    expect(guessed('own')).toEqual(['winhttp', 'any']);
    expect(guessed('wininet')).toEqual(['winhttp', 'agent', 'any']);
    for (const kind of ['direct', 'proxy', 'winhttp', 'agent'] as const) expect(guessed(kind)).toEqual([]);
    expect(guessedOf([{ ...target('a.example'), id: 'a' }], routes)).toBeUndefined();
  });

  /** Of clients whose way is not known a success by another way proves nothing. */
  it('is a guess where its client has a way that is not known, and for no other', () => {
    const unknown = {
      server: 'machine:8080',
      bypass: [],
      clients: { winhttp: () => '', agent: () => undefined },
    };
    const targets = (['winhttp', 'agent', undefined] as const).map(connects => ({
      ...target('a.example', connects),
      id: connects ?? 'any',
    }));
    expect([...(guessedOf(targets, unknown) ?? [])]).toEqual(['winhttp', 'agent']);
    expect([...(guessedOf(targets, { ...unknown, server: '' }) ?? [])]).toEqual(['agent']);
    expect(guessedOf(targets, unknown, { kind: 'direct' })).toBeUndefined();
    expect(guessedOf(targets, { server: '', bypass: [] })).toBeUndefined();
  });

  it.each<[string, readonly string[], boolean]>([
    ['socks=s:1080', [], true],
    ['socks=s:1080;https=p:1', [], false],
    ['http=p:1', [], false],
    ['https=', [], false],
    ['u:word@p:1', [], true],
    ['https=u:word@p:1', ['a.example'], false],
    ['p:99999', [], true],
    ['', [], false],
  ])('is a guess where the machine is set to %j past %j: %s', (server, bypass, isGuess) => {
    const route = routeOf(target('a.example'), { server, bypass });
    expect(route?.isGuess === true).toBe(isGuess);
  });

  it('is not known where the node does not tell it', () => {
    const silent = { server: '', bypass: [] };
    for (const kind of WAY_KINDS) {
      const route = routeOf(target('a.example', 'agent'), silent, { kind });
      expect(route === undefined).toBe(kind === 'winhttp' || kind === 'agent');
    }
  });
});

describe('A proxy as typed', () => {
  it.each([
    ['proxy.contoso.com:8080', 'proxy.contoso.com:8080'],
    [' http://proxy.contoso.com:8080/ ', 'proxy.contoso.com:8080'],
    ['10.0.0.1:3128', '10.0.0.1:3128'],
    ['[2001:db8::1]:3128', '[2001:db8::1]:3128'],
  ])('%s is %s', (text, proxy) => {
    expect(typedProxy(text)).toBe(proxy);
  });

  it.each([
    '',
    'proxy',
    'proxy:',
    'proxy:0',
    'proxy:70000',
    'user:pw@proxy:80',
    'https=x:1',
    'a b:1',
    '"x":1',
    'socks5://x:1',
  ])('%s is none', text => {
    expect(typedProxy(text)).toBeUndefined();
  });
});
