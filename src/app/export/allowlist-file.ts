import type { Allowlist } from '../allowlist/allowlist';
import type { Text } from '../ui/make-text';
import type { FileOut } from '../wac/platform';
import { allowlistCsv } from './allowlist-csv';
import { allowlistJson } from './allowlist-json';
import { fileName } from './file-name';

export const ALLOWLIST_FORMATS = ['json', 'csv'] as const;
export type AllowlistFormat = (typeof ALLOWLIST_FORMATS)[number];

const WRITERS: Readonly<
  Record<
    AllowlistFormat,
    { readonly mime: string; readonly write: (allowlist: Allowlist, t: Text) => string }
  >
> = {
  json: { mime: 'application/json', write: allowlistJson },
  csv: { mime: 'text/csv;charset=utf-8', write: allowlistCsv },
};

export function allowlistText(allowlist: Allowlist, format: AllowlistFormat, t: Text): string {
  return WRITERS[format].write(allowlist, t);
}

export function allowlistFileName(
  allowlist: Allowlist,
  format: AllowlistFormat,
  cluster: string,
  date: Date,
): string {
  return fileName({
    content: 'outbound-allowlist',
    cluster,
    cloud: allowlist.choice.cloud,
    date,
    extension: format,
  });
}

export function allowlistFile(
  allowlist: Allowlist,
  format: AllowlistFormat,
  cluster: string,
  date: Date,
  t: Text,
): FileOut {
  return {
    fileName: allowlistFileName(allowlist, format, cluster, date),
    mime: WRITERS[format].mime,
    text: allowlistText(allowlist, format, t),
  };
}
