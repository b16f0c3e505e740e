import fc from 'fast-check';
import { shippedEdition } from '../../../../test/jest/edition';
import { englishStrings } from '../../../../test/jest/strings';
import { CLOUDS, type Cloud } from '../../cluster/cluster';
import type { PlaceholderName } from '../catalog/catalog';
import { type AskedFor, fillPlaceholder, PLACEHOLDERS, placeholdersOf, readAnswer } from './placeholders';

// Hundreds of generated cases: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

const asked = placeholdersOf(shippedEdition()).get('witness-account');
const suffixes = asked?.suffixes ?? {};
const read = (entry: string, cloud: Cloud) => readAnswer('witness-account', entry, cloud, asked);
const VAULT: AskedFor = {
  literals: ['yourhcikeyvaultname'],
  suffixes: { public: ['vault.azure.net'], usgov: ['vault.usgovcloudapi.net'] },
};
const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('');
const accounts = fc.string({ unit: fc.constantFrom(...letters), minLength: 3, maxLength: 24 });

describe('readAnswer for the witness account', () => {
  it('knows the storage suffix of each cloud', () => {
    expect(suffixes).toEqual({
      public: ['blob.core.windows.net'],
      usgov: ['blob.core.usgovcloudapi.net'],
      china: ['blob.core.chinacloudapi.cn'],
    });
  });

  it('reads every valid account from its name, its host and URLs of it', () => {
    fc.assert(
      fc.property(accounts, fc.constantFrom(...CLOUDS), (account, cloud) => {
        const host = `${account}.${suffixes[cloud]?.[0] ?? ''}`;
        for (const entry of [
          account,
          ` ${account} `,
          host,
          `${host}.`,
          host.toUpperCase(),
          `https://${host}`,
          `https://${host}/msft-cloud-witness/blob?sv=1`,
          `${host}:443`,
        ])
          expect([entry, read(entry, cloud)]).toEqual([entry, { ok: true, answer: account }]);
      }),
    );
  });

  it('takes nothing entered as no account', () => {
    expect(read('  ', 'public')).toEqual({ ok: true, answer: undefined });
  });

  it.each([
    ['ab', 'too-short'],
    ['a'.repeat(25), 'too-long'],
    ['Contoso', 'characters'],
    ['contoso-witness', 'characters'],
    ['contoso witness', 'characters'],
    ['contosö', 'characters'],
    ['=cmd', 'characters'],
    ['a\nb', 'characters'],
    ['*', 'characters'],
    ['[myblobstorage]', 'placeholder'],
    ['[myblobstorage].blob.core.windows.net', 'placeholder'],
    ['<account>', 'placeholder'],
    ['MyBlobStorage', 'placeholder'],
    ['myblobstorage.blob.core.windows.net', 'placeholder'],
    ['contoso.blob.core.usgovcloudapi.net', 'other-cloud'],
    ['contoso.file.core.windows.net', 'other-host'],
    ['blob.core.windows.net', 'other-host'],
    ['contoso.blob.core.windows.net.evil.example', 'other-host'],
    ['a.b.blob.core.windows.net', 'characters'],
    ['*.blob.core.windows.net', 'characters'],
    ['https://user:secret@contoso.blob.core.windows.net/', 'other-host'],
  ])('refuses %j: %s', (entry, problem) => {
    expect(read(entry, 'public')).toEqual({ ok: false, problem });
  });

  it('never lets anything but a valid name through', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'binary' })),
        fc.constantFrom(...CLOUDS),
        (entry, cloud) => {
          const answer = read(entry, cloud);
          if (answer.ok && answer.answer !== undefined) expect(answer.answer).toMatch(/^[a-z0-9]{3,24}$/);
        },
      ),
    );
  });
});

const GUID = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('readAnswer', () => {
  it.each<[PlaceholderName, string, string]>([
    ['key-vault', 'Contoso-HCI-kv', 'contoso-hci-kv'],
    ['key-vault', 'https://contoso-kv.vault.azure.net/', 'contoso-kv'],
    ['arc-gateway', 'Contoso-1234', 'contoso-1234'],
    ['workspace-id', ` ${GUID.toUpperCase()} `, GUID],
    ['region', 'West Europe', 'westeurope'],
    ['region', 'eastus2', 'eastus2'],
  ])('takes for %s %j as %s', (name, entry, answer) => {
    expect(readAnswer(name, entry, 'public', VAULT)).toEqual({ ok: true, answer });
  });

  it.each<[PlaceholderName, string, string]>([
    ['key-vault', 'yourhcikeyvaultname', 'placeholder'],
    ['key-vault', 'kv', 'too-short'],
    ['key-vault', 'k'.repeat(25), 'too-long'],
    ['key-vault', 'contoso_kv', 'characters'],
    ['key-vault', '1contoso', 'form'],
    ['key-vault', 'contoso--kv', 'form'],
    ['key-vault', 'contoso-', 'form'],
    ['key-vault', 'contoso.vault.usgovcloudapi.net', 'other-cloud'],
    ['key-vault', 'contoso.blob.core.windows.net', 'other-host'],
    ['arc-gateway', '-a', 'form'],
    ['arc-gateway', 'a'.repeat(64), 'too-long'],
    ['workspace-id', '1234', 'too-short'],
    ['workspace-id', 'g'.repeat(36), 'characters'],
    ['workspace-id', '0'.repeat(36), 'form'],
    ['region', 'west-europe', 'characters'],
    ['region', '1west', 'form'],
  ])('refuses for %s %j: %s', (name, entry, problem) => {
    expect(readAnswer(name, entry, 'public', VAULT)).toEqual({ ok: false, problem });
  });

  const APPLIANCE: AskedFor = { literals: [], suffixes: {}, before: ['portal.', '*.blob.'] };

  it.each([
    'cloud.contoso.com',
    ' Cloud.Contoso.com. ',
    'portal.cloud.contoso.com',
    'https://portal.cloud.contoso.com/home',
  ])('takes the domain of the appliance from %j', entry => {
    expect(readAnswer('appliance-domain', entry, 'public', APPLIANCE)).toEqual({
      ok: true,
      answer: 'cloud.contoso.com',
    });
  });

  it.each([
    ['contoso', 'form'],
    ['a.b', 'too-short'],
    ['*.contoso.com', 'characters'],
    ['cloud..contoso.com', 'form'],
    ['-cloud.contoso.com', 'form'],
    ['192.168.1.11', 'form'],
    ['<fqdn>', 'placeholder'],
    [`${'a'.repeat(60)}.`.repeat(4) + 'contoso.com', 'too-long'],
  ])('refuses %j as the domain of the appliance: %s', (entry, problem) => {
    expect(readAnswer('appliance-domain', entry, 'public', APPLIANCE)).toEqual({ ok: false, problem });
  });

  it('has a sentence for every problem of every placeholder', () => {
    const strings = englishStrings();
    for (const name of PLACEHOLDERS)
      for (const problem of [
        'placeholder',
        'too-short',
        'too-long',
        'characters',
        'other-cloud',
        'other-host',
      ])
        expect(strings[`allowlist.answer.${name}.${problem}`]).toMatch(/\.$/);
  });
});

describe('fillPlaceholder', () => {
  it('puts the answer where the brackets are, whatever it holds', () => {
    const vault = { name: 'key-vault', host: '[name].vault.azure.net' } as const;
    expect(fillPlaceholder(vault, 'contoso')).toBe('contoso.vault.azure.net');
    expect(fillPlaceholder(vault, '$&')).toBe('$&.vault.azure.net');
  });
});
