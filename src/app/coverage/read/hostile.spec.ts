import type { Protocol } from '../../allowlist/catalog/catalog';
import { have } from '../../../../test/jest/have';
import { coverageOf } from '../compare/coverage';
import { readHave } from './read-have';

/** What is said of one needed door, given a file. */
function said(file: string, host = 'login.example.com', port = 443, protocol: Protocol = 'https'): string {
  const [only] = coverageOf([{ host, port, protocol }], have(file)).rows;
  return only?.state === 'half' ? `half: ${only.half}` : (only?.state ?? 'nothing');
}
const reasons = (file: string) => have(file).unread.map(({ reason }) => reason);

const arm = (rule: object, collection: object = {}) =>
  JSON.stringify({
    ruleCollections: [{ action: { type: 'Allow' }, ...collection, rules: [rule] }],
  });
const web = { targetFqdns: ['login.example.com'], protocols: [{ protocolType: 'Https', port: 443 }] };

describe('what is not plainly open is never called covered', () => {
  it.each([
    ['a rule with ports that are a parameter', arm({ ...web, protocols: "[parameters('p')]" }), 'elsewhere'],
    [
      'a port that is a parameter',
      arm({ ...web, protocols: [{ protocolType: 'Https', port: "[parameters('p')]" }] }),
      'port',
    ],
    ['another protocol', arm({ ...web, protocols: [{ protocolType: 'Mssql', port: 443 }] }), 'port'],
    ['an action that is a parameter', arm(web, { action: { type: "[parameters('a')]" } }), 'condition'],
    ['a collection under a condition', arm(web, { condition: '[equals(1, 2)]' }), 'condition'],
    [
      'a service tag',
      arm({ destinationAddresses: ['AzureCloud'], destinationPorts: ['443'], ipProtocols: ['TCP'] }),
      'elsewhere',
    ],
    [
      'names beside all addresses',
      arm({ targetFqdns: ['other.example.com'], destinationAddresses: ['*'], protocols: ['Https:443'] }),
      undefined,
    ],
    [
      'ping alone',
      arm({ destinationFqdns: ['login.example.com'], ipProtocols: ['ICMP'], destinationPorts: ['*'] }),
      'port',
    ],
    [
      'translation of addresses',
      JSON.stringify({
        natRuleCollections: [{ rules: [{ destinationAddresses: ['*'], protocols: ['Any'] }] }],
      }),
      'condition',
    ],
  ])('ARM: %s', (_, file, reason) => {
    expect(said(file)).toBe('missing');
    if (reason !== undefined) expect(reasons(file)).toContain(reason);
  });

  const bicepRule = `{ ruleType: 'ApplicationRule', protocols: [ { protocolType: 'Https', port: 443 } ], targetFqdns: [ 'login.example.com' ] }`;
  it.each([
    [
      'a resource under a condition',
      `resource r 'x@1' = if (deploy) {\n rules: [ ${bicepRule} ]\n}`,
      'missing',
    ],
    ['rules made in a loop', `resource r 'x@1' = {\n rules: [for x in xs: ${bicepRule}]\n}`, 'missing'],
    ['rules that are one of two', `resource r 'x@1' = {\n rules: a ? [ ${bicepRule} ] : []\n}`, 'missing'],
    ['a comment', `resource r 'x@1' = {\n// rules: [ ${bicepRule} ]\n/* ${bicepRule} */\n}`, 'missing'],
    ['a text in three quotes', `resource r 'x@1' = {\n note: '''\n' } ${bicepRule}\n'''\n}`, 'missing'],
    [
      'a variable that the file says',
      `var hosts = [\n 'login.example.com'\n]\nresource r 'x@1' = {\n rules: [ { protocols: [ { protocolType: 'Https', port: 443 } ]\n targetFqdns: hosts } ]\n}`,
      'covered',
    ],
    [
      'a parameter with a default',
      `param hosts array = [ 'login.example.com' ]\nresource r 'x@1' = {\n rules: [ { targetFqdns: hosts } ]\n}`,
      'missing',
    ],
  ])('Bicep: %s', (_, file, expected) => {
    expect(said(file)).toBe(expected);
  });

  const block = `application_rule_collection {\n action = "Allow"\n rule {\n protocols {\n type = "Https"\n port = 443\n }\n destination_fqdns = ["login.example.com"]\n }\n}`;
  it.each([
    ['as it is', `resource "a" "b" {\n${block}\n}`, 'covered'],
    ['a count of none', `resource "a" "b" {\ncount = 0\n${block}\n}`, 'missing'],
    ['a count that is a variable', `resource "a" "b" {\ncount = var.on ? 1 : 0\n${block}\n}`, 'missing'],
    ['for each', `resource "a" "b" {\nfor_each = var.x\n${block}\n}`, 'missing'],
    [
      'a dynamic block',
      `resource "a" "b" {\ndynamic "x" {\nfor_each = []\ncontent {\n${block}\n}\n}\n}`,
      'missing',
    ],
    ['a long text', `resource "a" "b" {\nnote = <<EOT\n${block}\nEOT\n}`, 'missing'],
    ['a brace too many', `resource "a" "b" {\n}\n}\nresource "a" "c" {\n${block}\n}`, 'covered'],
    [
      'locals',
      `locals {\n hosts = ["login.example.com"]\n}\nresource "a" "b" {\n rule {\n destination_fqdns = local.hosts\n }\n}`,
      'covered',
    ],
    [
      'a part of locals',
      `locals {\n hosts = ["login.example.com"]\n}\nresource "a" "b" {\n rule {\n destination_fqdns = local.hosts[1]\n }\n}`,
      'missing',
    ],
  ])('Terraform: %s', (_, file, expected) => {
    expect(said(file)).toBe(expected);
  });

  const names = 'acl azl dstdomain login.example.com\nacl Safe port 80 443 1025-65535\nacl SSL port 443\n';
  it.each([
    [
      'the usual configuration',
      'http_access deny !Safe\nhttp_access deny CONNECT !SSL\nhttp_access allow azl',
      443,
      'https',
      'covered',
    ],
    [
      'a port that no tunnel may go to',
      'http_access deny CONNECT !SSL\nhttp_access allow azl',
      8084,
      'https',
      'half: port',
    ],
    [
      'plain HTTP at that port',
      'http_access deny CONNECT !SSL\nhttp_access allow azl',
      8084,
      'http',
      'covered',
    ],
    ['UDP', 'http_access allow azl', 123, 'udp', 'half: port'],
    ['a tunnel alone', 'http_access allow CONNECT azl', 443, 'http', 'half: port'],
    ['only the proxy itself', 'http_access allow localhost', 443, 'https', 'missing'],
    ['everything, from some', 'acl inside src 10.0.0.0/8\nhttp_access allow inside', 443, 'https', 'covered'],
    ['at some hours', 'acl day time 09:00-17:00\nhttp_access allow day azl', 443, 'https', 'missing'],
    ['a list that is not there', 'http_access allow nowhere azl', 443, 'https', 'missing'],
    ['behind a line that denies all', 'http_access deny all\nhttp_access allow azl', 443, 'https', 'missing'],
    [
      'behind one that denies the name',
      'acl bad dstdomain .example.com\nhttp_access deny bad\nhttp_access allow azl',
      443,
      'https',
      'missing',
    ],
    [
      'before one that denies the name',
      'acl bad dstdomain .example.com\nhttp_access allow azl\nhttp_access deny bad',
      443,
      'https',
      'covered',
    ],
    ['nothing but the list', 'http_access deny !azl\nhttp_access allow all', 443, 'https', 'covered'],
    [
      'nothing but another list',
      'acl b dstdomain .example.org\nhttp_access deny !b\nhttp_access allow all',
      443,
      'https',
      'missing',
    ],
    [
      'a star, which Squid does not know',
      'acl s dstdomain *.example.com\nhttp_access allow s',
      443,
      'https',
      'missing',
    ],
    ['two lists at once', 'acl b dstdomain .example.org\nhttp_access allow azl b', 443, 'https', 'missing'],
    ['the list alone', '', 443, 'https', 'covered'],
    [
      'a line that goes on below',
      'acl b dstdomain \\\n  .example.com\nhttp_access allow b',
      443,
      'https',
      'covered',
    ],
    [
      'a refusal that goes on below',
      'http_access deny \\\n  azl\nhttp_access allow all',
      443,
      'https',
      'half: denied',
    ],
    [
      'everything but others',
      'acl bad dstdomain .example.org bad.example.com\nhttp_access deny bad\nhttp_access allow all',
      443,
      'https',
      'covered',
    ],
    [
      'everything below a name but another',
      'acl bad dstdomain bad.example.com\nacl site dstdomain .example.com\nhttp_access allow site !bad',
      443,
      'https',
      'covered',
    ],
    [
      'everything but it, in one line',
      'acl bad dstdomain .example.com\nhttp_access allow all !bad',
      443,
      'https',
      'half: denied',
    ],
  ] as const)('Squid: %s', (_, lines, port, protocol, expected) => {
    expect(said(`${names}${lines}\n`, 'login.example.com', port, protocol)).toBe(expected);
  });

  it('Squid: takes a wildcard for half open where a part of it is refused', () => {
    const lines = 'acl bad dstdomain a.blob.example.com\nhttp_access deny bad\nhttp_access allow all\n';
    expect(said(lines, '*.blob.example.com')).toBe('half: denied');
    expect(said(lines, '*.bus.example.com')).toBe('covered');
  });

  it('Squid: knows no more of a name that is refused under a condition', () => {
    const lines = 'acl day time 09:00-17:00\nhttp_access deny day azl\nhttp_access allow azl\n';
    expect(said(`${names}${lines}`)).toBe('missing');
    expect(reasons(`${names}${lines}`)).toEqual(['condition']);
    expect(reasons(`${names}http_access deny azl\nhttp_access allow azl\n`)).toEqual(['denies']);
  });

  const objects = `config firewall address
  edit "login"
    set type fqdn
    set fqdn "login.example.com"
  next
end
config firewall addrgrp
  edit "grp"
    set member "login"
  next
end
`;
  const policy = (settings: string) =>
    `${objects}config firewall policy\n edit 1\n set srcaddr "all"\n set schedule "always"\n set service "HTTPS"\n set dstaddr "grp"\n ${settings}\n next\nend\n`;
  it.each([
    ['objects alone', objects, 'covered'],
    ['a policy', policy('set action accept'), 'covered'],
    [
      'a policy to everywhere',
      policy('set action accept').replace('dstaddr "grp"', 'dstaddr "all"'),
      'covered',
    ],
    [
      'a policy to a network of all addresses',
      policy('set action accept')
        .replace('dstaddr "grp"', 'dstaddr "net"')
        .replace('  edit "login"', '  edit "net"\n    set subnet 0.0.0.0 0.0.0.0\n  next\n  edit "login"'),
      'covered',
    ],
    [
      'an object for all addresses, which every device has',
      'config firewall address\n edit "all"\n set subnet 0.0.0.0 0.0.0.0\n next\n edit "x"\n set fqdn "x.example.com"\n next\nend\n',
      'missing',
    ],
    [
      'an object of another virtual domain',
      `config vdom\nedit one\n${objects.replace('login.example.com', 'x.example.com')}end\nconfig vdom\nedit two\n${policy('set action accept')}end\n`,
      'covered',
    ],
    [
      'an object of another virtual domain that has the name',
      `config vdom\nedit one\n${objects}end\nconfig vdom\nedit two\n${policy('set action accept').replace('login.example.com', 'x.example.com')}end\n`,
      'missing',
    ],
    [
      'an object that only another virtual domain has',
      `config vdom\nedit one\n${objects}end\nconfig vdom\nedit two\n${policy('set action accept').replace(objects, '')}end\n`,
      'missing',
    ],
    ['no action, which denies', policy(''), 'missing'],
    ['switched off', policy('set action accept\n set status disable'), 'missing'],
    ['all but the group', policy('set action accept\n set dstaddr-negate enable'), 'missing'],
    ['at some hours', policy('set action accept\n set schedule "day"'), 'missing'],
    ['another service', policy('set action accept\n set service "HTTP"'), 'half: port'],
    ['a service that is not in the file', policy('set action accept\n set service "own"'), 'missing'],
    [
      'a service of the file',
      `config firewall service custom\n edit "own"\n set tcp-portrange 440-450:1024-65535\n next\nend\n${policy('set action accept\n set service "own"')}`,
      'covered',
    ],
    [
      'a policy in front that denies',
      policy('set action accept').replace(
        ' edit 1\n',
        ' edit 9\n set srcaddr "all"\n set schedule "always"\n set service "ALL"\n set dstaddr "grp"\n next\n edit 1\n',
      ),
      'half: denied',
    ],
  ])('FortiGate: %s', (_, file, expected) => {
    expect(said(file)).toBe(expected);
  });

  const sni = 'tls.sni; content:"login.example.com"; nocase; startswith; endswith; ';
  it.each([
    [
      'as this tool writes it',
      `pass tls $HOME_NET any -> $EXTERNAL_NET 443 (msg:"x"; ${sni}sid:1;)`,
      'covered',
    ],
    ['several ports', `pass tls any any -> any [443,8443] (${sni}sid:1;)`, 'covered'],
    ['not the name', `pass tls any any -> any 443 (${sni.replace('"login', '!"login')}sid:1;)`, 'missing'],
    ['something else as well', `pass tls any any -> any 443 (${sni}tls.version:1.3; sid:1;)`, 'missing'],
    [
      'in another place',
      `pass tls any any -> any 443 (${sni.replace('tls.sni', 'tls.cert_subject')}sid:1;)`,
      'missing',
    ],
    ['another network', `pass tls any any -> 10.0.0.0/8 443 (${sni}sid:1;)`, 'missing'],
    [
      'another end',
      `pass tls any any -> any 443 (tls.sni; content:"login.example.com"; startswith; sid:1;)`,
      'missing',
    ],
    ['watched only', `alert tls any any -> any 443 (${sni}sid:1;)`, 'missing'],
    [
      'dropped',
      `pass ip any any -> any any (sid:2;)\ndrop tls any any -> any 443 (${sni}sid:1;)`,
      'half: denied',
    ],
    [
      'the domain and what is below it',
      'pass tls any any -> any 443 (tls.sni; dotprefix; content:".login.example.com"; nocase; endswith; sid:1;)',
      'covered',
    ],
    [
      'only what is below',
      'pass tls any any -> any 443 (tls.sni; content:".login.example.com"; nocase; endswith; sid:1;)',
      'half: apex-missing',
    ],
    [
      'the whole name behind the dot',
      `pass tls any any -> any 443 (${sni.replace('content:"', 'dotprefix; content:".')}sid:1;)`,
      'covered',
    ],
    [
      'a whole name without the dot, which never matches',
      `pass tls any any -> any 443 (${sni.replace('content', 'dotprefix; content')}sid:1;)`,
      'missing',
    ],
    [
      'a dot for another buffer',
      'pass tls any any -> any 443 (dotprefix; tls.sni; content:".login.example.com"; endswith; sid:1;)',
      'missing',
    ],
    ['a variable for ports', `pass tls any any -> any $PORTS (${sni}sid:1;)`, 'missing'],
  ])('Suricata: %s', (_, file, expected) => {
    expect(said(file)).toBe(expected);
  });

  it.each([
    [
      'Squid',
      'acl a dstdomain .example.com\nacl net src 10.0.0.0/8\nhttp_access allow net a\n',
      'net (10.0.0.0/8)',
    ],
    [
      'FortiGate',
      policy('set action accept').replace('srcaddr "all"', 'srcaddr "nodes"\n set srcintf "port1"'),
      'port1 nodes',
    ],
    ['a table', 'host,source\nlogin.example.com,10.0.0.0/8\n', '10.0.0.0/8'],
  ])('says from where alone, of %s', (_, file, sources) => {
    expect(new Set(have(file).entries.map(each => each.sources))).toEqual(new Set([sources]));
  });

  it('takes what Squid says of its own computer for no doubt', () => {
    const lines =
      'http_access deny manager\nhttp_access deny to_localhost\nhttp_access deny !localhost manager\n';
    expect(reasons(`${names}${lines}http_access allow azl\n`)).toEqual([]);
    expect(reasons(`acl manager src 10.0.0.0/8\n${names}${lines}http_access allow azl\n`)).toContain(
      'may-deny',
    );
  });

  it.each([
    ['a table, an address', 'host,port,action\nlogin.example.com,443,allow\n203.0.113.0/24,443,deny\n', 1],
    [
      'a table, an action that is not known',
      'host,port,action\nlogin.example.com,443,allow\nx.example.com,443,log\n',
      1,
    ],
    ['a table, a name', 'host,port,action\nlogin.example.com,443,allow\nx.example.com,443,deny\n', 0],
    ['Squid, a user', `acl u proxy_auth REQUIRED\n${names}http_access deny u\nhttp_access allow azl\n`, 1],
    [
      'Squid, a name',
      `acl u dstdomain x.example.com\n${names}http_access deny u\nhttp_access allow azl\n`,
      0,
    ],
    [
      'FortiGate, an address of elsewhere',
      policy('set action accept').replace(
        ' edit 1\n',
        ' edit 9\n set service "ALL"\n set dstaddr "gone"\n next\n edit 1\n',
      ),
      1,
    ],
    [
      'FortiGate, at some hours',
      policy('set action accept').replace(
        ' edit 1\n',
        ' edit 9\n set service "ALL"\n set schedule "day"\n set dstaddr "grp"\n next\n edit 1\n',
      ),
      1,
    ],
    [
      'ARM, a tag',
      `[${arm(web)},${arm({ fqdnTags: ['WindowsUpdate'] }, { action: { type: 'Deny' } })},${arm({ destinationAddresses: ['AzureCloud'] }, { action: { type: 'Deny' } })}]`,
      2,
    ],
    [
      'Squid, answers',
      `${names}http_access allow azl\nhttp_reply_access deny azl\nssl_bump terminate all\n`,
      2,
    ],
    [
      'FortiGate, a filter of pages',
      policy('set action accept\n set webfilter-profile "most"\n set ssl-ssh-profile "deep-inspection"'),
      2,
    ],
    [
      'FortiGate, certificates looked at',
      policy('set action accept\n set ssl-ssh-profile "certificate-inspection"'),
      0,
    ],
    [
      'Suricata, more than a name',
      `pass tls any any -> any 443 (${sni}sid:1;)\ndrop tls any any -> any 443 (ja3.hash; content:"x"; sid:2;)\n`,
      1,
    ],
  ])('says what may deny and cannot be compared: %s', (_, file, count) => {
    expect(said(file)).toBe('covered');
    expect(reasons(file).filter(reason => reason === 'may-deny')).toHaveLength(count);
  });

  it('takes a path for a part, in JSON too', () => {
    expect(said('["https://login.example.com/x"]')).toBe('half: path');
    expect(said('host;port\nhttps://login.example.com/x;443\n')).toBe('half: path');
  });

  it('names the place of what it cannot read', () => {
    const file = 'login.*.com\n2001:db8::/32\nx.example.com, y.example.com 8443\nx.example.com 99999\n';
    expect(have(file).unread.map(({ line, reason }) => `${line ?? 0} ${reason}`)).toEqual([
      ...['1 star', '2 network', '4 port'],
    ]);
    expect(said(file, 'y.example.com', 8443)).toBe('covered');
  });

  it.each([
    ['an array of names', '["login.example.com", "*.other.example"]'],
    ['flat objects of any hand', '[{"fqdn":"login.example.com","ports":"80,443","proto":"x"}]'],
    [
      'flat objects with what is switched off',
      '[{"host":"x.example.com","enabled":false},{"host":"login.example.com","enabled":true}]',
    ],
    ['a table that names its separator', 'sep=;\r\nFQDN;Ports;Action\r\nlogin.example.com;443;Allow\r\n'],
    ['an export of the command line of Azure', `[${arm(web)}]`],
  ])('still takes %s', (_, file) => {
    expect(said(file)).toBe('covered');
    expect(said(file, 'x.example.com')).toBe('missing');
  });

  it.each([
    ['another kind of rules', '{"RulesSource":{"RulesSourceList":{"Targets":[".example.com"]}}}'],
    ['variables alone', 'variable "x" {\n  default = ["login.example.com"]\n}\n'],
    ['an empty template', '{"resources":[]}'],
    ['a heading alone', 'host,port\r\n'],
    ['comments alone', '# nothing here\n'],
  ])('says that %s has no rules', (_, file) => {
    expect(readHave(file)).toEqual({ kind: 'refused', why: 'no-rules' });
  });
});
