import fc from 'fast-check';
import { have } from '../../../../test/jest/have';
import { readHave, textOf } from './read-have';

/** Entries as short texts. */
function entries(text: string): readonly string[] {
  return have(text).entries.map(({ pattern, port, protocol }) => {
    const host =
      pattern.kind === 'all'
        ? '*'
        : pattern.kind === 'ends'
          ? `*${pattern.text}`
          : pattern.kind === 'exact'
            ? pattern.name
            : pattern.kind === 'part'
              ? `${pattern.start}*.${pattern.name}`
              : pattern.kind === 'label'
                ? `^.${pattern.name}`
                : `${pattern.apex ? '.' : '*.'}${pattern.name}`;
    const where = typeof port === 'object' ? `${port.from}-${port.to}` : String(port ?? 'any');
    return `${host} ${where} ${protocol ?? 'any'}`;
  });
}
const unread = (text: string) => have(text).unread.map(({ line, reason }) => `${line ?? 0} ${reason}`);

describe('reading what the network team has', () => {
  it('takes lists with URLs, ports, comments and addresses, and names what is no host', () => {
    const text =
      '# our list\nhttps://a.example.com/x\n*.b.example.com/\nc.example.com 8084\n\n10.0.0.0/8\n10.1.2.3\n<placeholder>\n';
    expect(readHave(text).kind).toBe('list');
    expect(entries(text)).toEqual([
      ...['a.example.com 443 https', '*.b.example.com any any', 'c.example.com 8084 any', '10.1.2.3 any any'],
    ]);
    expect(unread(text)).toEqual(['6 network', '8 no-host']);
  });

  it.each([',', ';', '\t'])('takes a table separated by %j', separator => {
    const text = [
      ['Name', 'FQDN', 'Protocols', 'Action'],
      ['one', 'a.example.com', 'Https:443', 'Allow'],
      ['two', 'b.example.com', 'Http:80', 'Allow'],
      ['no', 'c.example.com', 'Https:443', 'Deny'],
      ['gone', '', 'Https:443', 'Allow'],
    ]
      .map(cells => cells.join(separator))
      .join('\r\n');
    expect(entries(text)).toEqual(['a.example.com 443 https', 'b.example.com 80 http']);
    expect(unread(text)).toEqual(['4 denies', '5 no-host']);
  });

  it('takes Squid lists with what http_access makes of them', () => {
    const text = [
      'acl ports port 443 8084',
      'acl connect method CONNECT',
      'acl names dstdomain .a.example.com b.example.com',
      'acl apex dstdomain a.example.com',
      'acl more dstdomain "/etc/squid/list.txt"',
      'acl odd dstdom_regex ^x.*$',
      'http_access deny connect !ports',
      'http_access allow connect ports names !apex',
      'http_access deny all',
    ].join('\n');
    expect(entries(text)).toEqual([
      ...[
        '*.a.example.com 443 tunnel',
        '*.a.example.com 8084 tunnel',
        'b.example.com 443 tunnel',
        'b.example.com 8084 tunnel',
      ],
    ]);
    expect(unread(text)).toEqual(['5 elsewhere', '6 expression']);
    expect(entries('acl names dstdomain .a.example.com\nacl names dstdomain b.example.com')).toEqual([
      ...['.a.example.com any tcp', 'b.example.com any tcp'],
    ]);
  });

  it('takes FortiGate objects as they are shown', () => {
    const text = `config firewall address
    edit "wild"
        set uuid 1234
        set type fqdn
        set fqdn "*.a.example.com"
    next
    edit "net"
        set subnet 10.0.0.0 255.0.0.0
    next
    edit "one"
        set subnet 10.1.2.3 255.255.255.255
    next
end`;
    expect(entries(text)).toEqual(['*.a.example.com any any', '10.1.2.3 any any']);
    expect(unread(text)).toEqual(['8 network']);
  });

  it('takes ARM, Bicep and Terraform of any hand, without variables, tags and rules that deny', () => {
    const arm = JSON.stringify(
      {
        resources: [
          {
            properties: {
              ruleCollections: [
                {
                  action: { type: 'Allow' },
                  rules: [
                    {
                      ruleType: 'ApplicationRule',
                      protocols: [{ protocolType: 'Https', port: 443 }],
                      targetFqdns: ['a.example.com', "[parameters('x')]"],
                      fqdnTags: ['WindowsUpdate'],
                    },
                    {
                      ruleType: 'NetworkRule',
                      ipProtocols: ['TCP'],
                      destinationFqdns: ['b.example.com'],
                      destinationPorts: ['5671', '8000-8100'],
                    },
                  ],
                },
                {
                  action: { type: 'Deny' },
                  rules: [
                    { targetFqdns: ['c.example.com'], protocols: [{ protocolType: 'Https', port: 443 }] },
                  ],
                },
              ],
            },
          },
        ],
      },
      null,
      2,
    );
    const expected = ['a.example.com 443 https', 'b.example.com 5671 tcp', 'b.example.com 8000-8100 tcp'];
    expect(entries(arm)).toEqual(expected);
    expect(
      have(arm)
        .unread.map(({ reason }) => reason)
        .sort(),
    ).toEqual(['denies', 'elsewhere', 'elsewhere']);
    const bicep = `param x string
resource r 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2023-04-01' = {
  properties: {
    ruleCollections: [
      { action: { type: 'Allow' }
        rules: [
          { ruleType: 'ApplicationRule'
            protocols: [ { protocolType: 'Https', port: 443 } ]
            targetFqdns: [ 'a.example.com', x, '\${x}.example.com' ] // comment with 'quote
          }
          { ruleType: 'NetworkRule', ipProtocols: ['TCP'], destinationFqdns: ['b.example.com'], destinationPorts: ['5671', '8000-8100'] }
        ] }
      { action: { type: 'Deny' }, rules: [ { targetFqdns: ['c.example.com'] } ] }
    ]
  }
}`;
    expect(readHave(bicep).kind).toBe('bicep');
    expect(entries(bicep)).toEqual(expected);
    expect(unread(bicep)).toEqual(['9 elsewhere', '9 elsewhere', '13 denies']);
    const terraform = `resource "azurerm_firewall_application_rule_collection" "old" {
  action = "Allow"
  rule {
    target_fqdns = ["a.example.com", var.x, "\${var.x}.example.com"]
    protocol {
      port = "443"
      type = "Https"
    }
  }
}
resource "azurerm_firewall_policy_rule_collection_group" "new" {
  network_rule_collection {
    action = "Allow"
    rule {
      protocols         = ["TCP"]
      destination_fqdns = ["b.example.com"] # comment "
      destination_ports = ["5671", "8000-8100"]
    }
  }
  application_rule_collection {
    action = "Deny"
    rule { destination_fqdns = ["c.example.com"] }
  }
}`;
    expect(readHave(terraform).kind).toBe('terraform');
    expect(entries(terraform)).toEqual(expected);
    expect(unread(terraform)).toEqual(['4 elsewhere', '4 elsewhere', '22 denies']);
  });

  it.each([
    ['PK\u0003\u0004', 'binary'],
    ['<!doctype html><p>login.example.com</p>', 'page'],
    [' \n\t', 'empty'],
    ['{"a": [1, 2', 'damaged'],
    ['['.repeat(200_000) + ']'.repeat(200_000), 'damaged'],
    [`param x string\nvar y = ${'['.repeat(200_000)}`, 'damaged'],
    ['a.example.com\n'.repeat(800_000), 'too-large'],
  ])('refuses what is no list, with the reason (%#)', (text, why) => {
    expect(readHave(text)).toEqual({ kind: 'refused', why });
  });

  it('takes what Windows PowerShell writes, which is UTF-16', () => {
    const wide = Array.from('a.b.example\r\n', sign => [sign.charCodeAt(0), 0]).flat();
    const bytes = Uint8Array.from([0xff, 0xfe, ...wide]);
    expect(entries(textOf(bytes))).toEqual(['a.b.example any any']);
    expect(entries(textOf(new TextEncoder().encode('\uFEFFa.b.example')))).toEqual(['a.b.example any any']);
  });

  it('never throws, whatever it is given', () => {
    const piece = fc.constantFrom(
      ...[
        'resource x {',
        "'",
        '"',
        '{',
        '}',
        '[',
        ']',
        ':',
        '=',
        'acl a dstdomain ',
        'http_access allow a',
        '\n',
        '*.',
        'a.b',
        '443',
      ],
      ...[
        'config firewall address',
        'edit "x"',
        'set fqdn',
        'end',
        '${',
        '\\',
        '//',
        '#',
        ',',
        ';',
        '|',
        'host,port',
        '[{"URL":1}]',
      ],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map(parts => parts.join(' ')),
        ),
        text => {
          expect(() => readHave(text)).not.toThrow();
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});
