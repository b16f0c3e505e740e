import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { rootCertificates } from 'node:tls';
import { checkFile } from '../../src/catalog/tools/checks/checks.ts';
import { parseDistinguishedName } from '../../src/app/reachability/verdict/certificates/distinguished-name.ts';

interface Draft {
  authorities: { subject: string; thumbprint: string }[];
}

const FILE = 'public-authorities.json';
const shipped = readFileSync(`src/catalog/${FILE}`, 'utf8');
const { authorities } = JSON.parse(shipped) as Draft;

describe('public authorities', () => {
  test('are those of the store that Node carries, by thumbprint and by name', () => {
    const subjects = new Map(authorities.map(each => [each.thumbprint, each.subject]));
    const compared = rootCertificates
      .map(pem => new X509Certificate(pem))
      .flatMap(certificate => {
        const subject = subjects.get(certificate.fingerprint.replaceAll(':', ''));
        return subject === undefined ? [] : [{ subject, certificate }];
      });
    assert.ok(compared.length > 100, `only ${compared.length} of the file's roots are in Node's store`);
    for (const { subject, certificate } of compared)
      assert.deepEqual(valuesOf(subject), certificate.subject.split('\n').map(valueOf).reverse());
  });

  test('are read as names', () => {
    for (const { subject } of authorities) assert.ok(parseDistinguishedName(subject), subject);
  });

  test('agree with the known roots: the same certificate has the same name', () => {
    const { roots } = JSON.parse(readFileSync('src/catalog/certificate-authorities.json', 'utf8')) as {
      roots: { commonName: string; thumbprint?: string }[];
    };
    const nameOf = (subject: string): string | undefined =>
      parseDistinguishedName(subject)?.find(each => each.type === 'CN')?.value;
    const shared = authorities.flatMap(({ subject, thumbprint }) => {
      const root = roots.find(each => each.thumbprint === thumbprint);
      return root === undefined ? [] : [[root.commonName, nameOf(subject)]];
    });
    assert.ok(shared.length >= 8, `only ${shared.length} known roots stand in the public stores`);
    for (const [known, inStore] of shared) assert.equal(inStore, known);
  });

  test('stand there once', () => {
    const draft = JSON.parse(shipped) as Draft;
    draft.authorities.push({ ...(draft.authorities[0] ?? { thumbprint: '' }), subject: 'CN=Other' });
    const found = checkFile('public-authorities', FILE, draft);
    assert.equal(found.length, 1, found.join('\n'));
    assert.match(
      found[0] ?? '',
      /^public-authorities\.json: unique-ids: thumbprint [0-9A-F]{40} is there twice: keep one/,
    );
  });
});

function valuesOf(subject: string): readonly string[] {
  return (parseDistinguishedName(subject) ?? []).map(each => each.value);
}

/** Of `CN=Name, Inc.` as Node writes it, commas behind a backslash. */
function valueOf(attribute: string): string {
  return attribute.slice(attribute.indexOf('=') + 1).replaceAll(/\\(.)/g, '$1');
}
