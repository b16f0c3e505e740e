import fc from 'fast-check';
import { shippedEdition } from '../../../test/jest/edition';
import { CLOUDS } from '../cluster/cluster';
import { blobSuffixes, readWitnessAccount } from './witness';

// Hundreds of generated cases: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

const suffixes = blobSuffixes(shippedEdition());
const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('');
const accounts = fc.string({ unit: fc.constantFrom(...letters), minLength: 3, maxLength: 24 });

describe('readWitnessAccount', () => {
  it('knows the storage suffix of each cloud', () => {
    expect(suffixes).toEqual({
      public: 'blob.core.windows.net',
      usgov: 'blob.core.usgovcloudapi.net',
      china: 'blob.core.chinacloudapi.cn',
    });
  });

  it('reads every valid account from its name, its host and URLs of it', () => {
    fc.assert(
      fc.property(accounts, fc.constantFrom(...CLOUDS), (account, cloud) => {
        const host = `${account}.${suffixes[cloud] ?? ''}`;
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
          expect([entry, readWitnessAccount(entry, cloud, suffixes)]).toEqual([entry, { ok: true, account }]);
      }),
    );
  });

  it('takes nothing entered as no account', () => {
    expect(readWitnessAccount('  ', 'public', suffixes)).toEqual({ ok: true, account: undefined });
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
    ['contoso.blob.core.usgovcloudapi.net', 'other-cloud'],
    ['contoso.file.core.windows.net', 'not-blob-storage'],
    ['blob.core.windows.net', 'not-blob-storage'],
    ['contoso.blob.core.windows.net.evil.example', 'not-blob-storage'],
    ['a.b.blob.core.windows.net', 'characters'],
    ['*.blob.core.windows.net', 'characters'],
    ['https://user:secret@contoso.blob.core.windows.net/', 'not-blob-storage'],
  ])('refuses %j: %s', (entry, problem) => {
    expect(readWitnessAccount(entry, 'public', suffixes)).toEqual({ ok: false, problem });
  });

  it('never lets anything but a valid name through', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'binary' })),
        fc.constantFrom(...CLOUDS),
        (entry, cloud) => {
          const read = readWitnessAccount(entry, cloud, suffixes);
          if (read.ok && read.account !== undefined) expect(read.account).toMatch(/^[a-z0-9]{3,24}$/);
        },
      ),
    );
  });
});
