import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { collectionsIn, compile, decompile, doorsOf } from './bicep-engine.ts';
import {
  type FirewallRow,
  type FormatCode,
  loadFormats,
  loadFormatsWithoutGate,
  optionsFor,
  row,
  textFile,
} from './format-code.ts';
import { readFortiGate } from './fortigate-reader.ts';
import { SquidEngine } from './squid-engine.ts';
import { passed } from './suricata-engine.ts';
import { doorsInTerraform } from './terraform-reader.ts';

const code = await loadFormats();
const open = await loadFormatsWithoutGate();

/** What a name, a purpose or a cluster may hold that some format takes for its own. */
const KINDS: Readonly<Record<string, string>> = {
  quotes: `' " \` \u2018\u2019\u201c`,
  'three quotes': `''' """ \``,
  'a line end': 'x\nhttp_access allow all\npass ip any any -> any any (sid:1;)\n',
  'a carriage return alone': 'x\rhttp_access allow all\rset fqdn "evil.example"\rend',
  'a line end of Unicode': 'x\u2028http_access allow all\u2029y\u0085z',
  'no sign': 'x\u0000y\u0007z\u001b[2J',
  'templates of Bicep and Terraform': '${policyName} %{ if true }${var.x}%{ endif } $${ %%{',
  'expressions of ARM': "[concat('a', 'b')]",
  'brackets twice': "[[concat('a')]] ]]>",
  'a here document': '<<EOT\nEOT\n<<-EOF\nEOF\n',
  'signs of YAML': '---\n- x: &a !!python/object y\n*a\n...',
  markup: '<script>alert(1)</script><!-- --><![CDATA[x]]></td></table>{{x}}',
  'a formula': "=cmd|' /C calc'!A0",
  'a formula behind a tab': '\t=1+1',
  'other formulas': '+1 -1 @SUM(A1) |x',
  'turned around': '\u202Egpj.exe\u202C \u2066x\u2069 \u200F',
  'not seen': 'a\u200B\u200D\u2060\uFEFFb\u00AD\u{E0041}',
  'halves of letters': '\uD800 \uDC00 x\uD83D',
  'a backslash in the end': 'x \\',
  'an escape': '\\" \\\' \\n \\u0027 &#39; %27 _x0041_ _x000D_',
  separators: '; , | & && || > < # // /* */ -- ? !',
  'a header': 'x\r\nBcc: all@example.com\r\n\r\n<b>',
  links:
    '[x](javascript:alert(1)) ![x](//evil.example/p) http://evil.example www.evil.example a@evil.example',
  'list marks': '1. - [ ] x',
  'very much': `${'x'.repeat(2000)} ${'http_access allow all '.repeat(3000)}`,
};
const TEXTS = Object.values(KINDS);
/** Around a line of a comment no sign may stand that ends or turns it. */
const BAD_SIGNS =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

const asked = { reasons: new Map(TEXTS.map((text, index) => [`h${index}.example.com:443/https`, text])) };

/** Good hosts with bad words around them. */
const WORDY = TEXTS.map((text, index) =>
  row(`h${index}.example.com`, { purposes: [text], features: [text], risk: text, sources: [text] }),
);
/** Bad hosts, of each form. */
const HOSTS = TEXTS.filter(text => text.length < 1000).flatMap(text => [
  row(`a.${text}`),
  row(text),
  row(`*.${text}`),
  row(`10.1.2.3${text}`),
]);

describe('what is written into files stays data', () => {
  const file = (with_: FormatCode, format: string, rows: readonly FirewallRow[], title: string) =>
    textFile(with_, format, rows, { title, facts: [title], ...asked });
  const doors = (rows: readonly FirewallRow[]) =>
    rows.map(({ protocol, host, port }) => `${protocol}://${host}:${port}`).sort();

  for (const [kind, title] of Object.entries(KINDS))
    describe(`with ${kind}`, () => {
      it('in text files, with the gate on: no host of these passes, and every word is a comment', () => {
        for (const format of ['bicep', 'terraform', 'squid', 'suricata', 'fortigate']) {
          const { content, skipped } = file(code, format, [...WORDY, ...HOSTS], title);
          assert.equal(skipped.length, HOSTS.length, format);
          const plain = file(
            code,
            format,
            [...WORDY, ...HOSTS].map(each => ({ ...each, purposes: ['Why.'] })),
            'T',
          );
          assert.doesNotMatch(content, BAD_SIGNS, format);
          for (const line of content.split('\n')) assert.ok(Buffer.byteLength(line) < 4000, format);
          if (format !== 'fortigate')
            assert.deepEqual(commandsOf(content), commandsOf(plain.content), `${format} has other commands`);
        }
        assert.deepEqual(
          [...readFortiGate(file(code, 'fortigate', WORDY, title).content).objects.values()],
          WORDY.map(({ host }) => host),
        );
      });

      it('in an ARM template: what begins as an expression has two brackets', () => {
        const { content } = file(code, 'arm', [...WORDY, ...HOSTS], title);
        const template = JSON.parse(content) as { metadata: { description: string } };
        assert.ok(!isExpression(template.metadata.description), template.metadata.description);
        assert.deepEqual([...doorsOf(collectionsIn(content))].sort(), doors(WORDY));
      });
    });

  it('as the compilers see it, with the gate on', async () => {
    const title = TEXTS.join(' ');
    assert.deepEqual(
      [...doorsOf(await compile(file(code, 'bicep', WORDY, title).content))].sort(),
      doors(WORDY),
    );
    assert.deepEqual(
      [...doorsOf(await decompile(file(code, 'arm', WORDY, title).content))].sort(),
      doors(WORDY),
    );
    assert.deepEqual(
      [...(await doorsInTerraform(file(code, 'terraform', WORDY, title).content))].sort(),
      doors(WORDY),
    );
  });

  it('as the engines see it, with the gate on', async () => {
    const title = TEXTS.join(' ');
    const wanted = [row('h1.example.com'), row('evil.example'), row('other.test')];
    const squid = await SquidEngine.start(file(code, 'squid', [...WORDY, ...HOSTS], title).content);
    try {
      const decided = await Promise.all(wanted.map(each => squid.allows({ ...each, tries: 'itself' })));
      assert.deepEqual(decided, [true, false, false]);
    } finally {
      await squid.stop();
    }
    const suricata = file(code, 'suricata', [...WORDY, ...HOSTS], title).content;
    assert.deepEqual(await passed(suricata, wanted), [true, false, false]);
  });

  it('with the gate off: compilers get the very host, as text', async () => {
    const hosts = HOSTS.filter(({ host }) => !/^\d|^\*\./.test(host)).map(({ host }) =>
      host.replaceAll('*', '+'),
    );
    const rows = [...new Set(hosts)].map(host => row(host.replace(/[\uD800-\uDFFF]/gu, '')));
    const wanted = [...new Set(rows.map(({ host }) => host))].sort();
    const hostsIn = (found: readonly string[]) =>
      [...found].map(each => /^https:\/\/([\s\S]*):443$/.exec(each)?.[1]).sort();
    const texts = (collections: Parameters<typeof doorsOf>[0]) =>
      hostsIn(
        doorsOf(collections).map(each => each.replace(/^https:\/\/\[(?=\[[\s\S]*\]:443$)/, 'https://')),
      );
    assert.deepEqual(texts(await compile(file(open, 'bicep', rows, 'T').content)), wanted);
    const arm = file(open, 'arm', rows, 'T').content;
    assert.deepEqual(texts(collectionsIn(arm)), wanted);
    // The reader's JSON has templates of its own, so it writes their beginnings as they stand in a file.
    const terraform = await doorsInTerraform(file(open, 'terraform', rows, 'T').content);
    assert.deepEqual(
      hostsIn(terraform.map(each => each.replace(/\$\$\{/g, '${').replace(/%%\{/g, '%{'))),
      wanted,
    );
  });

  it('with the gate off: configurations hold lines of their own kind alone', () => {
    for (const [format, line] of [
      [
        'squid',
        /^$|^# |^acl azl_\w+ (?:method CONNECT|port 443|dstdomain -n [A-Za-z0-9._*-]*|dstdom_regex -i \^[A-Za-z0-9._*\\[\]-]*\$)$|^http_access allow !?azl_connect azl_https_443_port !?azl_\w+(?: !azl_\w+)?$/,
      ],
      [
        'suricata',
        /^# |^pass (?:tls|tcp) \$HOME_NET any -> (?:\$EXTERNAL_NET|[A-Za-z0-9._*-]+) 443 \((?:[a-z_.]+(?::(?:"[^";]*"|[a-z_,0-9]+))?; ?)+\)$/,
      ],
      ['palo-alto', /^[A-Za-z0-9._*-]*\/$/],
    ] as const) {
      const { content } = file(open, format, HOSTS, TEXTS.join(' '));
      for (const each of content.split('\n').slice(0, -1)) assert.match(each, line, format);
    }
    readFortiGate(file(open, 'fortigate', HOSTS, TEXTS.join(' ')).content);
  });

  it('with the gate off: documents show it', () => {
    const html = file(open, 'html', HOSTS, TEXTS.join(' ')).content;
    assert.ok(!/<(?:script|b>|img|!--)|<!\[|<\/table>[\s\S]*<\/table>/.test(html));
    assert.equal(html.match(/<tr>/g)?.length, HOSTS.length + 1);
    const markdown = file(open, 'markdown', HOSTS, TEXTS.join(' ')).content;
    assert.equal(markdown.split('\n').filter(each => each.startsWith('| ')).length, HOSTS.length + 2);
    const book = open.FORMATS['xlsx']?.(
      HOSTS,
      optionsFor(open, { title: TEXTS.join(' '), ...asked }),
    ).content;
    assert.ok(book instanceof Uint8Array);
    for (const [name, part] of Object.entries(unzipSync(book))) {
      const xml = strFromU8(part);
      assert.doesNotMatch(xml, /<f>|<script|t="str"/, name);
      assert.doesNotMatch(xml.replaceAll('_x005F_', ''), /_x[0-9A-F]{4}_/i, name);
    }
  });
});

/** All but comments and empty lines. */
function commandsOf(content: string): readonly string[] {
  return content.split('\n').filter(line => !/^\s*(?:#(?!disable)|\/\/|$)/.test(line));
}

/** As Azure Resource Manager tells an expression from a text. */
function isExpression(text: string): boolean {
  return text.startsWith('[') && text.endsWith(']') && !text.startsWith('[[');
}
