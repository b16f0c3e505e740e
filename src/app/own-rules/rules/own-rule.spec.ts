import fc from 'fast-check';
import { englishStrings } from '../../../../test/jest/strings';
import { type HostProblem, readHost } from './own-host';
import { type OwnRule, type OwnRuleDraft, readOwnRule } from './own-rule';

// Hundreds of generated cases: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

const DRAFT: OwnRuleDraft = {
  host: 'wsus.contoso.com',
  port: '8531',
  protocol: 'https',
  requirement: 'required',
  purpose: 'Updates.',
};
const RULE: OwnRule = {
  host: 'wsus.contoso.com',
  port: 8531,
  protocol: 'https',
  requirement: 'required',
  purpose: 'Updates.',
};
const strings = englishStrings();

describe('readHost', () => {
  it.each([
    ['wsus.contoso.com', 'wsus.contoso.com'],
    [' WSUS.Contoso.com. ', 'wsus.contoso.com'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['*.contoso.com', '*.contoso.com'],
    ['*.münchen.example', '*.xn--mnchen-3ya.example'],
    ['azgn*.contoso.com', 'azgn*.contoso.com'],
    ['192.0.2.7', '192.0.2.7'],
    ['10.127.0.1', '10.127.0.1'],
    ['localhost.contoso.com', 'localhost.contoso.com'],
    ['yourname.com', 'yourname.com'],
  ])('reads %j as %s', (entry, host) => {
    expect(readHost(entry)).toEqual({ ok: true, host });
  });

  it.each<[string, HostProblem]>([
    ['', 'missing'],
    ['   ', 'missing'],
    ['https://contoso.com', 'scheme'],
    ['contoso.com/path', 'path'],
    ['contoso.com?x', 'path'],
    ['contoso.com:443', 'port'],
    ['contoso com', 'spaces'],
    ['[name].contoso.com', 'placeholder'],
    ['a.*.contoso.com', 'wildcard'],
    ['*contoso.com', 'wildcard'],
    ['*a.contoso.com', 'wildcard'],
    ['*.*.contoso.com', 'wildcard'],
    ['*', 'wildcard'],
    ['wsus', 'not-full'],
    [`${'a'.repeat(64)}.contoso.com`, 'too-long'],
    [`${'a.'.repeat(130)}com`, 'too-long'],
    ['-a.contoso.com', 'characters'],
    ['a..contoso.com', 'characters'],
    ['under_score.contoso.com', 'characters'],
    ['user@contoso.com', 'characters'],
    ['a%2eb.com', 'characters'],
    ['fe80::1', 'ipv6'],
    ['2001:db8::10', 'ipv6'],
    ['[2001:db8::10]', 'ipv6'],
    ['[2001:db8::10]:443', 'ipv6'],
    ['::ffff:192.0.2.7', 'ipv6'],
    ['fe80::1%12', 'ipv6'],
    ['10.0.0.0/24', 'network'],
    ['192.168.0.0/255', 'network'],
    ['10.0/16', 'network'],
    ['2001:db8::/32', 'network'],
    ['127.0.0.1', 'loopback'],
    ['127.0.0.1:8080', 'loopback'],
    ['127.0.0.0/8', 'loopback'],
    ['localhost', 'loopback'],
    ['wac.localhost', 'loopback'],
    ['::1', 'loopback'],
    ['[::1]:443', 'loopback'],
    ['0.0.0.0', 'loopback'],
    ['yourhcikeyvaultname.vault.azure.net', 'published-placeholder'],
    ['yourarcgatewayendpointid.gw.arc.azure.com', 'published-placeholder'],
    ['myblobstorage.blob.core.windows.net', 'published-placeholder'],
    ['<region>.dp.example.com', 'placeholder'],
    ['1.2', 'characters'],
    ['0x7f.0.0.1', 'characters'],
    ['999.1.1.1', 'characters'],
    ['*.192.0.2.7', 'characters'],
    ['xn--a.example', 'characters'],
  ])('refuses %j: %s', (entry, problem) => {
    expect(readHost(entry)).toEqual({ ok: false, problem });
    expect(strings[`ownRules.problem.host.${problem}`]).toMatch(/\.$/);
  });

  it('gives nothing but plain host names, and reads its own answer alike', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.domain(), fc.webAuthority()), entry => {
        const read = readHost(entry);
        if (!read.ok) return;
        expect(read.host).toMatch(/^(?:\*|[a-z0-9-]+\*?)(?:\.[a-z0-9-]+)+$/);
        expect(readHost(read.host)).toEqual(read);
      }),
    );
  });
});

describe('readOwnRule', () => {
  it('reads a rule, in any case and spacing', () => {
    const draft = {
      ...DRAFT,
      port: ' 8531 ',
      protocol: 'HTTPS',
      requirement: 'Required',
      purpose: ' Up\r\ndates. ',
    };
    expect(readOwnRule(draft, [])).toEqual({ ok: true, rule: { ...RULE, purpose: 'Up dates.' } });
  });

  it.each([
    [{ port: '' }, { port: 'missing' }],
    [{ port: '0' }, { port: 'range' }],
    [{ port: '65536' }, { port: 'range' }],
    [{ port: '80-90' }, { port: 'range' }],
    [{ port: '4.5' }, { port: 'range' }],
    [{ protocol: 'icmp' }, { protocol: 'unknown' }],
    [{ requirement: 'must' }, { requirement: 'unknown' }],
    [{ purpose: '  ' }, { purpose: 'missing' }],
    [{ purpose: 'a'.repeat(501) }, { purpose: 'too-long' }],
    [
      { host: 'a b', port: 'x', protocol: '', requirement: '', purpose: '' },
      { host: 'spaces', port: 'range', protocol: 'unknown', requirement: 'unknown', purpose: 'missing' },
    ],
  ])('says of %j what is wrong with each field', (change, problems) => {
    expect(readOwnRule({ ...DRAFT, ...change }, [])).toEqual({ ok: false, problems });
    for (const [field, code] of Object.entries(problems))
      expect(strings[`ownRules.problem.${field}.${code}`]).toMatch(/\.$/);
  });

  it('refuses a second rule for one door', () => {
    expect(readOwnRule({ ...DRAFT, host: 'WSUS.contoso.com', purpose: 'Again.' }, [RULE])).toEqual({
      ok: false,
      problems: { host: 'duplicate' },
    });
    expect(strings['ownRules.problem.host.duplicate']).toMatch(/\.$/);
    expect(readOwnRule({ ...DRAFT, protocol: 'tcp' }, [RULE]).ok).toBe(true);
    expect(readOwnRule({ ...DRAFT, port: '8530' }, [RULE]).ok).toBe(true);
  });
});
