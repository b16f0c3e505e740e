import type { Allowlist } from '../../allowlist/list/allowlist';
import type { Text } from '../../ui/words/make-text';
import type { FileOut } from '../../wac/platform';
import { allowlistCsv, internalCsv } from './allowlist-csv';
import type { AllowlistFormat } from './allowlist-format';
import { allowlistJson } from './allowlist-json';
import { allowlistNotes } from './allowlist-notes';
import { fileName } from '../text/file-name';
import { internalJson } from './internal-json';
import { listIds } from './list-ids';

/** A file, and what to know before it is used, as sentences. */
export interface NotedFile extends FileOut {
  readonly notes: readonly string[];
}

type Writer = (allowlist: Allowlist, t: Text) => string;

const WRITERS: Readonly<
  Record<AllowlistFormat, { readonly mime: string; readonly write: Writer; readonly writeInternal: Writer }>
> = {
  json: { mime: 'application/json', write: allowlistJson, writeInternal: internalJson },
  csv: { mime: 'text/csv;charset=utf-8', write: allowlistCsv, writeInternal: internalCsv },
};

/** JSON has the document's own shape, which knows outbound rules only; CSV holds those inside the network too. */
export function allowlistText(allowlist: Allowlist, format: AllowlistFormat, t: Text): string {
  return WRITERS[format].write(allowlist, t);
}

/** The rules inside the network alone. */
export function internalText(allowlist: Allowlist, format: AllowlistFormat, t: Text): string {
  return WRITERS[format].writeInternal(allowlist, t);
}

export function allowlistFileName(
  allowlist: Allowlist,
  extension: string,
  cluster: string,
  date: Date,
): string {
  const { cloud } = allowlist.choice;
  const list = listIds(allowlist);
  return fileName({ content: 'outbound-allowlist', cluster, cloud, list, date, extension });
}

export function allowlistFile(
  allowlist: Allowlist,
  format: AllowlistFormat,
  cluster: string,
  date: Date,
  t: Text,
): NotedFile {
  return {
    fileName: allowlistFileName(allowlist, format, cluster, date),
    mime: WRITERS[format].mime,
    text: allowlistText(allowlist, format, t),
    notes: allowlistNotes(allowlist, format, t),
  };
}

/** The rules inside the network as a file of their own. */
export function internalFile(
  allowlist: Allowlist,
  format: AllowlistFormat,
  cluster: string,
  date: Date,
  t: Text,
): FileOut {
  const { cloud } = allowlist.choice;
  const list = listIds(allowlist);
  return {
    fileName: fileName({ content: 'internal-rules', cluster, cloud, list, date, extension: format }),
    mime: WRITERS[format].mime,
    text: internalText(allowlist, format, t),
  };
}
