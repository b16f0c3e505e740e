import * as fc from 'fast-check';
import { isAgentRead, parseAgent } from './arc-agent';

describe('the Arc agent', () => {
  it.each([
    { proxyUrl: '', proxyBypass: '', connectionType: '' },
    { proxyUrl: 'http://proxy.contoso.com:8080', proxyBypass: '[]', connectionType: 'direct' },
    { proxyUrl: 'http://proxy.contoso.com', proxyBypass: 'Arc, ARM', connectionType: 'gateway' },
    { proxyUrl: 'HTTP://[fd00::1]:8080/', proxyBypass: '[Arc ARM]', connectionType: 'proxy' },
    { proxyUrl: 'localhost:40343', proxyBypass: '"Arc","ArcData"', connectionType: 'default' },
  ])('is read from what it answers: %j', agent => {
    expect(parseAgent(agent)).toEqual(agent);
    expect(isAgentRead(parseAgent(agent))).toBe(true);
  });

  it('is told without the name and password in its proxy, also where its answer is none', () => {
    const agent = {
      proxyUrl: 'http://user:word@proxy:8080',
      proxyBypass: 'Arc;ARM',
      connectionType: 'direct',
    };
    expect(parseAgent(agent)).toEqual({ ...agent, proxyUrl: 'http://***@proxy:8080' });
    expect(parseAgent({ ...agent, proxyUrl: 'http://user:wo rd@proxy' })).toEqual({ unread: '***' });
    expect(parseAgent({ unread: 'parse "http://user:wo rd@proxy"' })).toEqual({ unread: 'parse "***' });
  });

  it.each([null, undefined])('is not on a node that tells %j', told => {
    expect(parseAgent(told)).toBeUndefined();
  });

  it.each([
    ['what the node says of it', { unread: 'Program failed to run' }, 'Program failed to run'],
    ['silence', { unread: '' }, ''],
    ['a warning', { proxyUrl: 'Warning: no service' }, 'Warning: no service'],
    [
      'two lines',
      { proxyUrl: 'A newer version is there\nhttp://p:1' },
      'A newer version is there\nhttp://p:1',
    ],
    ['a word', { proxyUrl: 'null' }, 'null'],
    ['another kind of proxy', { proxyUrl: 'socks5://p:1' }, 'socks5://p:1'],
    ['an error as its list', { proxyUrl: '', proxyBypass: 'cannot read it' }, 'cannot read it'],
    ['an error as its type', { proxyUrl: '', connectionType: 'unknown property' }, 'unknown property'],
    ['no text', { proxyUrl: 1 }, ''],
    ['nothing', {}, ''],
    ['no object', 'here', 'here'],
  ])('is there, and nothing is known of it, by %s', (_, told, unread) => {
    expect(parseAgent(told)).toEqual({ unread });
    expect(isAgentRead(parseAgent(told))).toBe(false);
  });

  it('is never misread, whatever a node tells, and its words have an end', () => {
    expect(parseAgent({ unread: 'x'.repeat(9000) })).toEqual({ unread: 'x'.repeat(500) });
    fc.assert(
      fc.property(fc.jsonValue(), told => {
        const agent = parseAgent(told);
        if (isAgentRead(agent)) expect(agent.proxyUrl).not.toMatch(/\s/);
      }),
    );
  });
});
