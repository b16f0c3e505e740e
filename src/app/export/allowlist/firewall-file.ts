import { type Allowlist, rowsOf } from '../../allowlist/list/allowlist';
import type { Text } from '../../ui/words/make-text';
import type { WriteFormat } from '../formats/contract';
import { doorName } from '../../allowlist/catalog/door';
import { firewallRows } from '../formats/firewall-rows';
import { listTitle } from '../formats/list-title';
import { allowlistFileName, type NotedFile } from './allowlist-file';
import type { ChangeRequest } from './change-request';
import { allowlistNotes } from './allowlist-notes';

/** A file for a firewall or for people, with what it leaves out. */
export interface FirewallFile extends NotedFile {
  /** Host, port and protocol with the reason, as sentences. */
  readonly skipped: readonly string[];
}

export interface FirewallFileOptions {
  readonly write: WriteFormat;
  readonly cluster: string;
  readonly date: Date;
  /** Only for files that people read. */
  readonly request?: ChangeRequest;
  /** Only for a list that cannot say ports. */
  readonly port?: number;
}

/** The allowlist in one of the formats of the registry; the writer is handed in, since pages load it when it is asked for. */
export function firewallFile(
  allowlist: Allowlist,
  { write, cluster, date, port, request }: FirewallFileOptions,
  t: Text,
): FirewallFile {
  const written = write(firewallRows(allowlist, t), {
    ...{ t, date, title: listTitle(allowlist, t) },
    fileName: extension => allowlistFileName(allowlist, extension, cluster, date),
    ...(port === undefined ? {} : { port }),
    ...(request === undefined ? {} : { facts: request.facts, reasons: reasonsByDoor(allowlist, request) }),
  });
  const isText = typeof written.content === 'string';
  return {
    fileName: written.fileName,
    mime: written.mediaType,
    text: isText ? written.content : '',
    ...(isText ? {} : { bytes: written.content }),
    notes: [...allowlistNotes(allowlist, 'json', t), ...written.notes],
    skipped: written.skipped.map(({ rule, reason }) => t('formats.header.skipped', doorName(rule), reason)),
  };
}

/** Several features may ask for one door: a reason is said once. */
function reasonsByDoor(allowlist: Allowlist, { reasons }: ChangeRequest): ReadonlyMap<string, string> {
  const found = new Map<string, Set<string>>();
  for (const row of rowsOf(allowlist)) {
    const door = doorName(row);
    const reason = reasons.get(door) ?? reasons.get(row.id);
    if (reason === undefined) continue;
    found.set(door, (found.get(door) ?? new Set()).add(reason));
  }
  return new Map([...found].map(([door, texts]) => [door, [...texts].join(' ')]));
}
