import { ABSENT, partsOf, type RawValue } from './raw-values';

/** What `DefaultConnectionSettings` or `WinHttpSettings` holds. Texts are kept although their flag may be off. */
export interface ConnectionOptions {
  /** PROXY_TYPE_ bits: 1 direct, 2 proxy, 4 script, 8 detection. */
  readonly flags: number;
  readonly server: string;
  readonly bypass: string;
  readonly pacUrl: string;
}

export const DIRECT_FLAG = 1;
export const PROXY_FLAG = 2;
export const PAC_FLAG = 4;
export const DETECT_FLAG = 8;
const OLDEST_VERSION = 0x3c;
const VERSION = 0x46;
const TAIL_LENGTH = 32;
const NOTHING: ConnectionOptions = { flags: DIRECT_FLAG, server: '', bypass: '', pacUrl: '' };

/**
 * Reads a `DefaultConnectionSettings` value: little-endian version, counter, flags, then server, bypass list and script
 * address, each behind its length. Undefined when it is not such a value; an absent one is direct.
 * Layout: .NET Framework reference source `_ProxyRegBlob.cs`; vbfox/proxyconf README (0fe139b8).
 */
export function readConnection(value: RawValue): ConnectionOptions | undefined {
  if (value === ABSENT) return NOTHING;
  const bytes = bytesOf(value);
  if (bytes === undefined || bytes.length < 12 || number(bytes, 0) < OLDEST_VERSION) return undefined;
  const texts = readTexts(bytes, 12, 3);
  if (texts === undefined) return undefined;
  const [server = '', bypass = '', pacUrl = ''] = texts.values;
  return { flags: number(bytes, 8), server, bypass, pacUrl };
}

/**
 * Makes the value that WinINet would write: the counter of the former one raised, and what stands behind the script
 * address – WinINet's own – kept.
 */
export function writeConnection(options: ConnectionOptions, former: RawValue): RawValue {
  const bytes = bytesOf(former) ?? [];
  const isOne = bytes.length >= 12 && number(bytes, 0) >= OLDEST_VERSION;
  const old = isOne ? readTexts(bytes, 12, 3) : undefined;
  const tail = old === undefined ? new Array<number>(TAIL_LENGTH).fill(0) : bytes.slice(old.end);
  return binary([
    ...u32(old === undefined ? VERSION : number(bytes, 0)),
    ...u32(isOne ? number(bytes, 4) + 1 : 1),
    ...u32(options.flags),
    ...text(options.server),
    ...text(options.bypass),
    ...text(options.pacUrl),
    ...tail,
  ]);
}

/**
 * Reads a `WinHttpSettings` value: version, counter, flags (1 direct, 3 proxy), then server and bypass list.
 * Layout: vbfox/proxyconf README (0fe139b8), version 0x28; the direct value of version 0x18: Microsoft's article "Use Group
 * Policy to apply WinHTTP proxy settings to Windows clients".
 */
export function readWinHttp(value: RawValue): ConnectionOptions | undefined {
  if (value === ABSENT) return NOTHING;
  const bytes = bytesOf(value);
  if (bytes === undefined || bytes.length < 12) return undefined;
  const texts = readTexts(bytes, 12, 2);
  if (texts === undefined) return undefined;
  const [server = '', bypass = ''] = texts.values;
  return { flags: number(bytes, 8), server, bypass, pacUrl: '' };
}

function bytesOf(value: RawValue): readonly number[] | undefined {
  const { kind, data } = partsOf(value);
  if (kind !== 'Binary' || !/^(?:[0-9a-f]{2})*$/i.test(data)) return undefined;
  return (data.match(/../g) ?? []).map(pair => parseInt(pair, 16));
}

function binary(bytes: readonly number[]): RawValue {
  return `Binary|${bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')}`;
}

function number(bytes: readonly number[], at: number): number {
  return bytes.slice(at, at + 4).reduceRight((value, byte) => value * 256 + byte, 0);
}

/** `count` texts, each behind its length; undefined when one reaches beyond the end. */
function readTexts(
  bytes: readonly number[],
  start: number,
  count: number,
): { readonly values: readonly string[]; readonly end: number } | undefined {
  const values: string[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    if (bytes.length - at < 4) return undefined;
    const length = number(bytes, at);
    at += 4;
    if (length > bytes.length - at) return undefined;
    // One byte, one character: nothing is lost, whatever the code page was.
    values.push(String.fromCharCode(...bytes.slice(at, at + length)));
    at += length;
  }
  return { values, end: at };
}

function u32(value: number): readonly number[] {
  return [0, 8, 16, 24].map(shift => (value >>> shift) & 0xff);
}

function text(value: string): readonly number[] {
  const bytes = Array.from(value, character => character.charCodeAt(0) & 0xff);
  return [...u32(bytes.length), ...bytes];
}
