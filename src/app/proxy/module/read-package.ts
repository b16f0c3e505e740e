import { strFromU8, unzipSync, type UnzipFileInfo } from 'fflate';

/** The module that the document names, as the PowerShell Gallery publishes it. */
export const MODULE = { name: 'WinInetProxy', version: '0.1.0' } as const;
/** Of the published module (reference of its manifest: PowerShell Gallery, WinInetProxy 0.1.0, 2020-11-20). */
const GUID = '1bf9ab57-9d2b-438b-b268-7dc907b8b1b9';
const MANIFEST = `${MODULE.name}.psd1`;
/** A package is some ten kilobytes; whatever is much larger is another one, or wants to fill the page. */
const MOST_BYTES = 512 * 1024;
const MOST_FILE_BYTES = 128 * 1024;
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,60}(?:\.[A-Za-z0-9_-]{1,20}){1,3}$/;

export interface ModuleFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Why a file is not the module's package; each has its sentence under `proxy.package.problem.<code>`. */
export type PackageProblem =
  /** Moved, locked, or changed since it was chosen. */
  | 'unreadable'
  | 'not-a-package'
  | 'too-large'
  | 'other-module'
  | 'other-version'
  | 'no-manifest'
  | 'other-manifest'
  | 'unexpected-file';

export type PackageRead =
  /** The manifest is the last one: until it is written, there is no module. */
  | { readonly ok: true; readonly files: readonly ModuleFile[] }
  /** `found`: what stands in the file instead; '' for nothing to say. */
  | { readonly ok: false; readonly problem: PackageProblem; readonly found: string };

/** Of a file that somebody chose: what cannot be the package is not even read into the page. */
export async function readChosen(
  file: Pick<Blob, 'size' | 'arrayBuffer'>,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly read: PackageRead }> {
  const none = new Uint8Array();
  if (file.size > MOST_BYTES) return { bytes: none, read: problem('too-large') };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { bytes, read: readPackage(bytes) };
  } catch {
    return { bytes: none, read: problem('unreadable') };
  }
}

/** Reads a `.nupkg` that somebody chose. Nothing in it is trusted; never throws. */
export function readPackage(bytes: Uint8Array): PackageRead {
  if (bytes.length > MOST_BYTES) return problem('too-large');
  const unpacked = unpack(bytes);
  if (unpacked === undefined) return problem('not-a-package');
  if (unpacked === 'too-large') return problem('too-large');
  const [specification, second] = Object.keys(unpacked).filter(isSpecification);
  if (specification === undefined) return problem('not-a-package');
  if (second !== undefined) return problem('unexpected-file', second);
  const text = strFromU8(unpacked[specification] ?? new Uint8Array());
  const id = elementOf(text, 'id');
  if (id.toLowerCase() !== MODULE.name.toLowerCase()) return problem('other-module', id);
  const version = elementOf(text, 'version');
  if (version !== MODULE.version) return problem('other-version', version);
  return filesOf(unpacked);
}

function unpack(bytes: Uint8Array): Record<string, Uint8Array> | 'too-large' | undefined {
  const size = { total: 0, isTooLarge: false };
  // Sizes are said before they are unpacked: what says it is large is left out.
  const filter = ({ originalSize }: UnzipFileInfo): boolean => {
    size.total += originalSize;
    if (originalSize > MOST_FILE_BYTES || size.total > MOST_BYTES) size.isTooLarge = true;
    return !size.isTooLarge;
  };
  try {
    const files = unzipSync(bytes, { filter });
    return size.isTooLarge ? 'too-large' : files;
  } catch {
    return undefined;
  }
}

function filesOf(unpacked: Readonly<Record<string, Uint8Array>>): PackageRead {
  const files: ModuleFile[] = [];
  const names = new Set<string>();
  for (const [path, bytes] of Object.entries(unpacked)) {
    if (isPackaging(path)) continue;
    // Windows would write two names that differ by case to one file.
    if (!FILE_NAME.test(path) || names.has(path.toLowerCase())) return problem('unexpected-file', path);
    names.add(path.toLowerCase());
    if (bytes.length > 0) files.push({ name: path, bytes });
  }
  const manifest = files.find(({ name }) => name.toLowerCase() === MANIFEST.toLowerCase());
  if (manifest === undefined) return problem('no-manifest');
  if (!isOurs(textOf(manifest.bytes))) return problem('other-manifest');
  return { ok: true, files: [...files.filter(file => file !== manifest), { ...manifest, name: MANIFEST }] };
}

/** What NuGet adds to the module's own files (Open Packaging Conventions, ISO/IEC 29500-2). */
function isPackaging(path: string): boolean {
  return (
    path.endsWith('/') ||
    /^(?:_rels|package)\//.test(path) ||
    path === '[Content_Types].xml' ||
    path === '.signature.p7s' ||
    isSpecification(path)
  );
}

function isSpecification(path: string): boolean {
  return /^[^/\\]+\.nuspec$/i.test(path);
}

/** Whether the manifest itself gives the module's GUID and version: a comment gives nothing. */
function isOurs(manifest: string): boolean {
  const code = manifest.replace(/<#[^]*?#>/g, '').replace(/#.*/g, '');
  const valuesOf = (key: string): readonly string[] =>
    [...code.matchAll(new RegExp(`\\b${key}['"]?\\s*=\\s*(['"])([^'"\\r\\n]*)\\1`, 'gi'))].map(
      ([, , value = '']) => value.toLowerCase(),
    );
  return valuesOf('GUID').includes(GUID) && valuesOf('ModuleVersion').includes(MODULE.version);
}

/** Manifests are written in UTF-16 as well. */
function textOf(bytes: Uint8Array): string {
  return strFromU8(bytes).replaceAll('\0', '');
}

function elementOf(xml: string, name: string): string {
  return new RegExp(`<${name}>\\s*([^<]{0,200}?)\\s*</${name}>`, 'i').exec(xml)?.[1] ?? '';
}

function problem(code: PackageProblem, found = ''): PackageRead {
  return { ok: false, problem: code, found };
}

/** Bytes as the node takes them. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
