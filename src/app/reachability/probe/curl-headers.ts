import type { ObservedHttp } from './observation';

const MAX_HEADERS = 100;
const MAX_VALUE = 1000;

/** What curl's `%{header_json}` tells: lower-case names, a list of values each. A text that is not that has no headers. */
export function readHeaders(json: string): Omit<ObservedHttp, 'status'> {
  const entries = parse(json).slice(0, MAX_HEADERS);
  const value = (name: string): string | undefined => entries.find(([key]) => key === name)?.[1];
  const contentType = value('content-type');
  const length = value('content-length') ?? '';
  const date = Date.parse(value('date') ?? '');
  return {
    server: value('server') ?? '',
    via: value('via') ?? '',
    location: value('location') ?? '',
    headers: entries.map(([key]) => key),
    ...(contentType !== undefined && { contentType }),
    ...(/^\d{1,12}$/.test(length) && { contentLength: Number(length) }),
    ...(!Number.isNaN(date) && { date: new Date(date).toISOString() }),
  };
}

function parse(json: string): readonly (readonly [string, string])[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return [];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([key, values]: [string, unknown]) => {
    const list: readonly unknown[] = Array.isArray(values) ? values : [];
    const texts = list.filter((item): item is string => typeof item === 'string');
    return [key.toLowerCase().slice(0, MAX_VALUE), texts.join(', ').slice(0, MAX_VALUE)] as const;
  });
}
