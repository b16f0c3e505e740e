export type JsonRecord = Readonly<Record<string, unknown>>;

/** Parses text that came from outside; undefined when it is not JSON. */
export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is JsonRecord {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The object in a field, or an empty one. */
export function recordAt(value: unknown, name: string): JsonRecord {
  const inner = isRecord(value) ? value[name] : undefined;
  return isRecord(inner) ? inner : {};
}

/** The text in a field, or ''. */
export function textAt(value: unknown, name: string): string {
  const inner = isRecord(value) ? value[name] : undefined;
  return typeof inner === 'string' ? inner : '';
}
