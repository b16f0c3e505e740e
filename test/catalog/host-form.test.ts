import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hostProblem } from '../../src/catalog/tools/checks/hosts/host-form.ts';

describe('hostProblem', () => {
  for (const host of ['a.example', 'xn--nxasmq6b.example', '*.a.example', `${'a'.repeat(63)}.example`])
    test(`accepts ${host}`, () => assert.equal(hostProblem(host), undefined));
  for (const [host, problem] of [
    ['http://a.example', /scheme/],
    ['a.example/', /slash/],
    ['a.example:443', /port/],
    ['[myblobstorage].blob.core.windows.net', /placeholder/],
    ['a.example\u00a0', /U\+00A0/],
    ['“a.example', /U\+201C/],
    ['a.ехample', /U\+0435/],
    ['-a.example', /label "-a"/],
    ['a..example', /label ""/],
    ['a.example.', /label ""/],
    [`${'a'.repeat(64)}.example`, /label "a{64}"/],
    ['localhost', /no full name/],
    [`${'a.'.repeat(127)}example`, /longer than 253/],
  ] as const)
    test(`refuses ${JSON.stringify(host).slice(0, 50)}`, () =>
      assert.match(hostProblem(host) ?? '', problem));
});
