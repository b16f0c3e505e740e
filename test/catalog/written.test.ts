import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostsNamed, portsNamed } from '../../src/catalog/tools/checks/hosts/written.ts';

for (const [written, hosts] of [
  ['https://login.a.example/', ['login.a.example']],
  ['www.a.example/pki/certs', ['www.a.example']],
  ['*.a.example', ['*.a.example']],
  ['<region>.a.example', ['*.a.example']],
  ['*.<region>.a.example', ['*.a.example']],
  ['<endpoint>.<region>.a.example', ['*.a.example']],
  ['azgn*.a.example', ['azgn*.a.example']],
  ['*.a.example  US endpoint: b*.a.example', ['*.a.example', 'b*.a.example']],
  ['[account].a.example', ['[account].a.example']],
  ['https://443', []],
] as const)
  test(`hosts named by ${written}`, () => assert.deepEqual(hostsNamed(written), hosts));

for (const [written, ports] of [
  ['443', [443]],
  ['80, 443', [80, 443]],
  ['HTTP/TCP 80 and HTTPS/TCP 443', [80, 443]],
  ['Port 443', [443]],
  ['any', []],
] as const)
  test(`ports named by ${written}`, () => assert.deepEqual(portsNamed(written), ports));
