import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CHECKS, checkEdition } from '../../../src/catalog/tools/checks/checks.ts';
import { type Draft, draft, type Fields, internal, rule, use } from './draft.ts';

const WUSTAT = 'wustat-windows-com-80';
const LOGIN_US = 'login-microsoftonline-us-443';
const ANY_UPDATE = 'any-update-microsoft-com-443';
const WITNESS = 'any-blob-core-windows-net-443';

/** For each check: a mistake made in the shipped edition, and what must be said of it. */
const MISTAKES: Readonly<Record<string, readonly [string, (edition: Draft) => void, RegExp][]>> = {
  'file-name': [['an id that is not the name', e => (e.id = '2023-01'), /name the file 2023-01\.json/]],
  schema: [
    ['an unknown key', e => (rule(e, WUSTAT)['comment'] = 'x'), /rules\.\d+ has the unknown key "comment"/],
    ['a port as text', e => (rule(e, WUSTAT)['port'] = '80'), /rules\.\d+\.port must be integer/],
    ['an unknown cloud', e => (rule(e, WUSTAT)['clouds'] = ['mars']), /must be one of public, usgov, china/],
    [
      'no requirement',
      e => delete use(e, WUSTAT)['requirement'],
      /must have required property 'requirement'/,
    ],
    ['no origin', e => (use(e, WUSTAT).origins = []), /origins must NOT have fewer than 1 items/],
    [
      'a correction without a reason',
      e => (rule(e, WUSTAT)['correction'] = { field: 'port', source: 'document' }),
      /must have required property 'reason'/,
    ],
    [
      'a correction without a source',
      e => (rule(e, WUSTAT)['correction'] = { field: 'port', reason: 'it is so' }),
      /must have required property 'source'/,
    ],
    [
      'a source without a version',
      e => delete e.sources['document']?.['commit'],
      /must have propert.* commit/,
    ],
    [
      'a link that is not of the web',
      e => e.features[5]?.links.push({ title: 'x', url: 'javascript:alert(1)' }),
      /must match pattern "\^https:/,
    ],
    ['an impossible date', e => (e['published'] = '2022-02-30'), /published must match format "date"/],
  ],
  'stated-facts': [
    [
      'a source without a date',
      e => delete e.sources['document']?.['date'],
      /source "document" has no date: .* or say in "undated" why/,
    ],
    [
      'an edition by region that says nothing of inspection, or of the network inside',
      e => {
        e['regions'] = [{ id: 'eastus', title: 'East US', cloud: 'public' }];
        delete e['internalRules'];
      },
      /it has no rules inside the network: name them in "internal"/,
    ],
  ],
  'unique-ids': [
    [
      'a rule twice',
      e => e.rules.push({ ...rule(e, WUSTAT) }),
      /rule "wustat-windows-com-80" is there twice/,
    ],
    [
      'an internal rule twice',
      e => internal(e, { protocol: 'tcp', ports: ['6600'] }, { protocol: 'udp', ports: ['6600'] }),
      /internal rule "live-migration" is there twice/,
    ],
  ],
  'host-form': [
    ['a scheme', e => (rule(e, LOGIN_US)['host'] = 'https://login.microsoftonline.us'), /has a scheme/],
    ['a capital', e => (rule(e, LOGIN_US)['host'] = 'Login.microsoftonline.us'), /has capital letters/],
    [
      'a bad representative',
      e =>
        (rule(e, ANY_UPDATE)['representatives'] = [
          { host: 'fe2_.update.microsoft.com', source: 'document' },
        ]),
      /has the label "fe2_"/,
    ],
  ],
  'leading-wildcard': [
    [
      'a wildcard inside a label',
      e => (rule(e, ANY_UPDATE)['host'] = 'fe*.update.microsoft.com'),
      /"fe\*\.update/,
    ],
    [
      'a wildcard further on',
      e => (rule(e, ANY_UPDATE)['host'] = 'a.*.microsoft.com'),
      /not the whole first label/,
    ],
  ],
  'protocol-port': [
    ['http on 443', e => (rule(e, WUSTAT)['port'] = 443), /http with port 443: .* port 80/],
    ['https on 80', e => (rule(e, LOGIN_US)['port'] = 80), /https with port 80/],
    ['NTP that is no UDP', e => (rule(e, LOGIN_US)['port'] = 123), /https with port 123: .*write "udp"/],
  ],
  'known-references': [
    [
      'a use of nothing',
      e => (use(e, WUSTAT)['rule'] = 'nothing'),
      /uses rule "nothing", which is not there/,
    ],
    [
      'a rule without use',
      e => e.rules.push({ ...rule(e, LOGIN_US), id: 'spare', host: 'spare.example.us' }),
      /rule "spare" is used by no feature/,
    ],
  ],
  'known-sources': [
    [
      'an origin from nowhere',
      e => Object.assign(use(e, WUSTAT).origins[0] ?? {}, { source: 'hearsay' }),
      /names the source "hearsay", which is not there/,
    ],
    [
      'a source for nothing',
      e => (e.sources['spare'] = { ...e.sources['document'] }),
      /source "spare" backs nothing/,
    ],
  ],
  'no-duplicates': [
    [
      'the same door in two rules',
      e => Object.assign(rule(e, 'management-azure-com-443'), { host: 'login.microsoftonline.com' }),
      /login\.microsoftonline\.com:443\/https in public is in two rules/,
    ],
  ],
  'use-clouds': [
    [
      'a cloud that the rule lacks',
      e => (use(e, LOGIN_US)['clouds'] = ['china']),
      /in "china", where the rule/,
    ],
    [
      'a cloud that no feature wants',
      e => (use(e, WUSTAT)['clouds'] = ['public', 'usgov']),
      /is for "china", where no feature uses it/,
    ],
  ],
  corrections: [
    [
      'a silent change of the port',
      e => delete rule(e, WUSTAT)['correction'],
      /its port is not what the document says/,
    ],
    [
      'a silent change of the host',
      e => delete rule(e, 'dp-azurestackhci-azure-us-443')['correction'],
      /its host is not what the document says/,
    ],
    [
      'a correction of nothing',
      e => (rule(e, LOGIN_US)['correction'] = { field: 'host', reason: 'so', source: 'az-stackhci-module' }),
      /the correction of "host" changes nothing/,
    ],
    [
      'the document as witness against itself',
      e => Object.assign(rule(e, WUSTAT)['correction'] as Fields, { source: 'document' }),
      /cannot prove its own mistake/,
    ],
    [
      'a reason that is a sentence',
      e => Object.assign(rule(e, WUSTAT)['correction'] as Fields, { reason: 'It is so.' }),
      /begin in lower case, end without a full stop/,
    ],
  ],
  representatives: [
    [
      'a representative of one host',
      e => (rule(e, WUSTAT)['representatives'] = [{ host: 'a.windows.com', source: 'document' }]),
      /is one host and needs no representative/,
    ],
    [
      'a representative elsewhere',
      e => (rule(e, ANY_UPDATE)['representatives'] = [{ host: 'update.microsoft.com', source: 'document' }]),
      /"update\.microsoft\.com" is not under/,
    ],
  ],
  placeholders: [
    [
      'a placeholder with another suffix',
      e => (rule(e, WITNESS)['placeholder'] = { name: 'witness-account', host: '[x].blob.core.example' }),
      /does not fit "\*\.blob\.core\.windows\.net"/,
    ],
  ],
  schemes: [
    [
      'a scheme that is not written',
      e => (rule(e, 'any-core-windows-net-443')['scheme'] = true),
      /set "scheme" to false/,
    ],
    ['another protocol than written', e => (rule(e, LOGIN_US)['protocol'] = 'tcp'), /is not tcp/],
  ],
  'feature-kinds': [
    [
      'a linked feature without link',
      e => Object.assign(e.features[0] ?? {}, { kind: 'linked' }),
      /links to nothing/,
    ],
    ['rules where none are needed', e => Object.assign(e.features[1] ?? {}, { kind: 'none' }), /has rules/],
  ],
  'shared-services': [
    [
      'no word on what else opens',
      e => delete rule(e, WITNESS)['risk'],
      /opens other customers' endpoints too/,
    ],
    [
      'a domain that has a shared one below it',
      e => (rule(e, LOGIN_US)['host'] = '*.usgovcloudapi.net'),
      /"\*\.usgovcloudapi\.net" opens other customers' endpoints too/,
    ],
  ],
  dates: [
    [
      'a printed date that is the same',
      e => (e['printedDate'] = e['published']),
      /"printedDate" says what "published" says: leave it out/,
    ],
    [
      'a printed date after publication',
      e => (e['printedDate'] = '2030-01-01'),
      /"printedDate" 2030-01-01 is after "published"/,
    ],
  ],
  'internal-ports': [
    ['port 0', e => internal(e, { protocol: 'tcp', ports: ['0'] }), /port 0 in "0" cannot be/],
    [
      'a port that is too high',
      e => internal(e, { protocol: 'udp', ports: ['5001-65536'] }),
      /port 65536 in "5001-65536" cannot be: write 1 to 65535/,
    ],
    [
      'a range that goes down',
      e => internal(e, { protocol: 'tcp', ports: ['445', '6000-5001'] }),
      /internal rule "live-migration": the range "6000-5001" does not ascend/,
    ],
    ['a range of one', e => internal(e, { protocol: 'tcp', ports: ['445-445'] }), /or one port alone/],
    ['icmp with a port', e => internal(e, { protocol: 'icmp', ports: ['8'] }), /icmp has no ports/],
    ['tcp without a port', e => internal(e, { protocol: 'tcp', ports: [] }), /tcp needs ports/],
  ],
  states: [
    [
      'a retired rule that is required',
      e => (rule(e, LOGIN_US)['state'] = { kind: 'retired', text: 'Over.', source: 'document' }),
      /rule "login-microsoftonline-us-443" is retired and still asked for/,
    ],
    [
      'a retired feature that is recommended',
      e =>
        Object.assign(e.features[2] ?? {}, { state: { kind: 'retired', text: 'Over.', source: 'document' } }),
      /feature "microsoft-update" is retired and still asked for/,
    ],
    [
      'a successor that is not there',
      e => (rule(e, WUSTAT)['state'] = { kind: 'superseded', by: 'spare', text: 'New.', source: 'document' }),
      /rule "wustat-windows-com-80" is superseded by "spare", which is not there/,
    ],
    [
      'a rule that takes its own place',
      e => (rule(e, WUSTAT)['state'] = { kind: 'superseded', by: WUSTAT, text: 'New.', source: 'document' }),
      /is superseded by "wustat-windows-com-80", which is not there/,
    ],
  ],
  'plain-characters': [
    [
      'a typographic quote',
      e => (use(e, WUSTAT)['purpose'] = 'Takes “status”.'),
      /purpose has the character U\+201C/,
    ],
    ['a hidden character', e => (e['title'] = 'Fire\u200Bwall'), /title has the character U\+200B/],
  ],
};

describe('catalog checks', () => {
  test('the shipped edition passes', () => {
    assert.deepEqual(checkEdition('2022-01.json', draft()), []);
  });

  for (const [check, mistakes] of Object.entries(MISTAKES))
    for (const [mistake, make, message] of mistakes)
      test(`${check} finds ${mistake}`, () => {
        const edition = draft();
        make(edition);
        const found = checkEdition('2022-01.json', edition).filter(each =>
          each.startsWith(`2022-01.json: ${check}: `),
        );
        assert.ok(
          found.some(each => message.test(each)),
          `${message.source} is not in\n${checkEdition('2022-01.json', edition).join('\n')}`,
        );
      });

  test('every check has a mistake here that it finds', () => {
    assert.deepEqual(
      CHECKS.map(check => check.name).filter(name => !Object.hasOwn(MISTAKES, name)),
      // They need regions: place-checks.test.ts.
      ['known-places', 'uses-apart'],
    );
  });
});
