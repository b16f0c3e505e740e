import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { coversHost, coversPattern } from '../../emulator/lab/servers/host-pattern.ts';

describe('patterns of hosts in the lab', () => {
  for (const [pattern, host, expected] of [
    ['a.example', 'A.example', true],
    ['a.example', 'b.a.example', false],
    ['*.example', 'b.a.Example', true],
    ['*.example', 'example', false],
    ['*.a.example', 'ba.example', false],
    ['azgn*.a.example', 'azgn1.a.example', true],
    ['azgn*.a.example', 'b.a.example', false],
    ['azgn*.a.example', 'azgn1.b.example', false],
  ] as const)
    test(`${pattern} ${expected ? 'covers' : 'does not cover'} ${host}`, () =>
      assert.equal(coversHost(pattern, host), expected));

  for (const [outer, inner, expected] of [
    ['*.example', '*.a.example', true],
    ['*.a.example', '*.example', false],
    ['*.a.example', 'azgn*.a.example', true],
    ['azgn*.a.example', '*.a.example', false],
    ['azgn*.a.example', 'azgn*.a.example', true],
    ['a.example', '*.example', false],
    ['*.example', 'a.example', true],
  ] as const)
    test(`${outer} ${expected ? 'takes in' : 'does not take in'} ${inner}`, () =>
      assert.equal(coversPattern(outer, inner), expected));
});
