import type { Allowlist } from '../../allowlist/list/allowlist';
import type { Text } from '../../ui/make-text';
import type { FirewallRow, WriteFormat } from '../formats/contract';
import { firewallRows } from '../formats/firewall-rows';
import { listTitle } from '../formats/list-title';
import { allowlistFileName, type NotedFile } from './allowlist-file';
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
  /** Only for a list that cannot say ports. */
  readonly port?: number;
}

/** The allowlist in one of the formats of the registry; the writer is handed in, since pages load it when it is asked for. */
export function firewallFile(
  allowlist: Allowlist,
  { write, cluster, date, port }: FirewallFileOptions,
  t: Text,
): FirewallFile {
  const written = write(firewallRows(allowlist, t), {
    ...{ t, date, title: listTitle(allowlist, t) },
    fileName: extension => allowlistFileName(allowlist, extension, cluster, date),
    ...(port === undefined ? {} : { port }),
  });
  const isText = typeof written.content === 'string';
  return {
    fileName: written.fileName,
    mime: written.mediaType,
    text: isText ? written.content : '',
    ...(isText ? {} : { bytes: written.content }),
    notes: [...allowlistNotes(allowlist, 'json', t), ...written.notes],
    skipped: written.skipped.map(({ rule, reason }) => t('formats.header.skipped', doorText(rule), reason)),
  };
}

function doorText({ host, port, protocol }: FirewallRow): string {
  return `${host}:${port}/${protocol}`;
}
