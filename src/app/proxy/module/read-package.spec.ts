import * as fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { hexOf, readChosen, readPackage } from './read-package';

const MANIFEST = `@{ RootModule = 'WinInetProxy.psm1'; ModuleVersion = '0.1.0'; GUID = '1bf9ab57-9d2b-438b-b268-7dc907b8b1b9' }`;
const nuspec = (id = 'WinInetProxy', version = '0.1.0') =>
  `<?xml version="1.0"?><package><metadata><id>${id}</id><version>${version}</version></metadata></package>`;

function made(more: Readonly<Record<string, string | undefined>> = {}): Uint8Array {
  const files: Record<string, string | undefined> = {
    'WinInetProxy.psd1': MANIFEST,
    'WinInetProxy.psm1': 'function Set-WinInetProxy { }',
    'WinInetProxy.nuspec': nuspec(),
    '_rels/.rels': '<x/>',
    'package/services/metadata/core-properties/1.psmdcp': '<x/>',
    '[Content_Types].xml': '<x/>',
    ...more,
  };
  return zipSync(
    Object.fromEntries(
      Object.entries(files).flatMap(([name, text]) => (text === undefined ? [] : [[name, strToU8(text)]])),
    ),
  );
}

describe('readChosen', () => {
  const file = (size: number, arrayBuffer: () => Promise<ArrayBuffer>) => readChosen({ size, arrayBuffer });

  it('reads nothing of what is too large, and says what could not be read', async () => {
    const large = jest.fn(() => Promise.resolve(new ArrayBuffer(1)));
    expect((await file(20_000_000_000, large)).read).toEqual({ ok: false, problem: 'too-large', found: '' });
    expect(large).not.toHaveBeenCalled();
    const moved = await file(10, () => Promise.reject(new Error('NotReadableError')));
    expect(moved.read).toEqual({ ok: false, problem: 'unreadable', found: '' });
    const { buffer } = Uint8Array.from(made());
    expect((await file(10, () => Promise.resolve(buffer))).read.ok).toBe(true);
  });
});

describe('readPackage', () => {
  it('gives the module’s own files, the manifest last', () => {
    const read = readPackage(made());
    expect(read.ok && read.files.map(({ name }) => name)).toEqual(['WinInetProxy.psm1', 'WinInetProxy.psd1']);
    expect(read.ok && hexOf(read.files[0]?.bytes ?? new Uint8Array())).toBe(
      Buffer.from('function Set-WinInetProxy { }').toString('hex'),
    );
  });

  it.each([
    [{ 'WinInetProxy.nuspec': nuspec('Az.StackHCI') }, 'other-module', 'Az.StackHCI'],
    [{ 'WinInetProxy.nuspec': nuspec('WinInetProxy', '0.2.0') }, 'other-version', '0.2.0'],
    [{ 'WinInetProxy.nuspec': undefined }, 'not-a-package', ''],
    [{ 'WinInetProxy.psd1': undefined }, 'no-manifest', ''],
    [{ 'WinInetProxy.psd1': MANIFEST.replace('1bf9', '2bf9') }, 'other-manifest', ''],
    [{ 'WinInetProxy.psd1': `@{ ModuleVersion = '0.1.0' } # ${MANIFEST}` }, 'other-manifest', ''],
    [{ 'WinInetProxy.psd1': `<# ${MANIFEST} #>\n@{ ModuleVersion = '0.1.0' }` }, 'other-manifest', ''],
    [{ 'WinInetProxy.psd1': MANIFEST.replace('0.1.0', '9.9.9') }, 'other-manifest', ''],
    [{ 'wininetproxy.PSD1': MANIFEST }, 'unexpected-file', 'wininetproxy.PSD1'],
    [{ 'other.nuspec': nuspec() }, 'unexpected-file', 'other.nuspec'],
    [{ 'tools/install.ps1': 'x' }, 'unexpected-file', 'tools/install.ps1'],
    [{ '../evil.ps1': 'x' }, 'unexpected-file', '../evil.ps1'],
    [{ 'big.ps1': 'x'.repeat(200_000) }, 'too-large', ''],
  ])('refuses %j', (more, problem, found) => {
    expect(readPackage(made(more))).toEqual({ ok: false, problem, found });
  });

  it('never throws, whatever the file is', () => {
    const whole = made();
    fc.assert(
      fc.property(fc.nat(whole.length), fc.uint8Array({ maxLength: 40 }), (at, noise) => {
        const damaged = new Uint8Array([...whole.slice(0, at), ...noise, ...whole.slice(at + noise.length)]);
        expect(typeof readPackage(damaged).ok).toBe('boolean');
        expect(typeof readPackage(noise).ok).toBe('boolean');
      }),
    );
    expect(readPackage(new Uint8Array(600_000))).toMatchObject({ problem: 'too-large' });
  });
});
