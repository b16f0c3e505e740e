import { readConnection, readWinHttp } from './blobs';
import { partsOf, type RawValue, type RawValues, VALUE_IDS } from './raw-values';

/** Whether a value may hold the user name and password of a proxy, so that it must not leave its node but to go back there. */
export function holdsCredentials(value: RawValue): boolean {
  const { kind, data } = partsOf(value);
  if (kind !== 'Binary')
    return data.includes('@') || hasSign(data.replace(/^[A-Z_]+ /, '').replaceAll(' ', ''));
  const options = readConnection(value) ?? readWinHttp(value);
  if (options === undefined) return hasSign(data);
  return [options.server, options.bypass, options.pacUrl].some(text => text.includes('@'));
}

/** Values for a file: of those that must not leave their node only the kind is told. */
export function withoutCredentials(values: RawValues): RawValues {
  const told = VALUE_IDS.map(id => {
    const value = values[id];
    return [id, holdsCredentials(value) ? `${partsOf(value).kind}|***` : value] as const;
  });
  return Object.fromEntries(told) as Record<(typeof VALUE_IDS)[number], RawValue>;
}

/** An `@` among bytes in hexadecimal. */
function hasSign(hex: string): boolean {
  return /^(?:[\da-f]{2})*?40(?:[\da-f]{2})*$/i.test(hex);
}
