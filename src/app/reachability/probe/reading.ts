/** Small readers for data of unknown shape: what a node wrote, what storage kept. */

/** Longer texts are cut: nothing that a person reads about an endpoint is longer. */
const MAX_TEXT = 1000;
/** Nothing that is listed about one endpoint is longer. */
const MAX_ITEMS = 100;
const MAX_FILE = 50_000;

export type Fields = Readonly<Record<string, unknown>>;

/** Thrown by the readers: one wrong field makes the whole useless. */
class Unreadable extends Error {}

/** What `read` gives, or undefined when a reader in it met a wrong field. */
export function readOrUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

export function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** Throws {@link Unreadable} for all but an object. */
export function record(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unreadable();
  return value as Fields;
}

/** PowerShell gives an empty list as nothing and a list of one as its only item, depending on the way it took. */
export function list(value: unknown): readonly unknown[] {
  if (isNothing(value)) return [];
  return Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [value];
}

/** A list of any length, as our own files have it. */
export function wholeList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Unreadable();
  return value;
}

export function text(value: unknown): string {
  if (isNothing(value)) return '';
  if (typeof value !== 'string') throw new Unreadable();
  return value.slice(0, MAX_TEXT);
}

/** A file that is kept whole, as far as it is not out of all measure. */
export function longText(value: unknown): string {
  if (typeof value !== 'string') throw new Unreadable();
  return value.slice(0, MAX_FILE);
}

export function integer(value: unknown, min: number, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw new Unreadable();
  }
  return value;
}

export function duration(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw new Unreadable();
  return value;
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T {
  const found = allowed.find(item => item === value);
  if (found === undefined) throw new Unreadable();
  return found;
}

/** ISO 8601 in UTC with milliseconds; '' when there is none. .NET writes seven decimals. */
export function instant(value: unknown): string {
  const written = text(value);
  if (written === '') return '';
  const time = Date.parse(written);
  if (Number.isNaN(time)) throw new Unreadable();
  return new Date(time).toISOString();
}
