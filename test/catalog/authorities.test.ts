import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { checkFile } from '../../src/catalog/tools/checks/checks.ts';

interface Draft {
  sources: Record<string, unknown>;
  roots: Record<string, unknown>[];
  issuing: Record<string, unknown>[];
}

const FILE = 'certificate-authorities.json';
const shipped = readFileSync(`src/catalog/${FILE}`, 'utf8');

const MISTAKES: readonly (readonly [string, (draft: Draft) => void, RegExp])[] = [
  [
    'a root twice',
    d => d.roots.push({ ...d.roots[0] }),
    /unique-ids: root "DigiCert Global Root CA" is there twice: keep one/,
  ],
  [
    'a certificate twice',
    d => d.issuing.push({ ...d.issuing[0], commonName: 'Other' }),
    /unique-ids: thumbprint [0-9A-F]{40} is there twice: join/,
  ],
  [
    'an authority without its source',
    d => Object.assign(d.issuing[0] ?? {}, { sources: ['hearsay'] }),
    /known-sources: "DigiCert Basic OV G2 .*" names the source "hearsay", which is not there: add/,
  ],
  [
    'a source of nothing',
    d => (d.sources['spare'] = d.sources['azure-2022']),
    /known-sources: source "spare" backs nothing: cite it or remove it/,
  ],
  [
    'a thumbprint that is none',
    d => Object.assign(d.issuing[1] ?? {}, { thumbprint: '9355b7783fff5df69fe98faf08f7b66cd4b94b99' }),
    /schema: issuing\.1\.thumbprint must match pattern/,
  ],
];

describe('checks of the certificate authorities', () => {
  for (const [mistake, make, message] of MISTAKES)
    test(`find ${mistake}`, () => {
      const draft = JSON.parse(shipped) as Draft;
      make(draft);
      const found = checkFile('certificate-authorities', FILE, draft);
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found[0] ?? '', new RegExp(`^${FILE}: ${message.source}`));
    });
});
