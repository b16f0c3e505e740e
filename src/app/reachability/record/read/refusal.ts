import { readOrUndefined, record } from '../../probe/reading';
import { RUN_FILE, RUN_FILE_VERSION } from '../run-file';
import { MEASUREMENTS, MEASUREMENTS_VERSION } from './read-measurements';

/**
 * Why a text is not taken for a run: a newer version of this tool wrote it, it is one that is not whole, or it is something
 * else.
 */
export type Refusal = 'newer' | 'damaged' | 'foreign';

const VERSIONS: ReadonlyMap<unknown, number> = new Map([
  [RUN_FILE, RUN_FILE_VERSION],
  [MEASUREMENTS, MEASUREMENTS_VERSION],
]);

/** Of a text that no reader took. */
export function refusalOf(file: string): Refusal {
  const { format, version } = claimOf(file);
  const known = VERSIONS.get(format);
  if (known === undefined) return 'foreign';
  return typeof version === 'number' && version > known ? 'newer' : 'damaged';
}

/** What the text says it is, also where its end was cut off. */
function claimOf(file: string): Readonly<Record<string, unknown>> {
  try {
    return readOrUndefined(() => record(JSON.parse(file))) ?? {};
  } catch {
    return beginOf(file);
  }
}

function beginOf(file: string): Readonly<Record<string, unknown>> {
  const begin = /^\s*\{\s*"format"\s*:\s*"([^"]*)"(?:\s*,\s*"version"\s*:\s*(\d+)\b)?/.exec(file);
  return { format: begin?.[1], version: begin?.[2] === undefined ? undefined : Number(begin[2]) };
}
