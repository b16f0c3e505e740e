import type { WriteFormat } from '../contract';
import { type AdmittedRow, type DoorGroup, gate, groupByDoor, partialReason, split } from '../gate';
import { hash } from '../hash';
import { headerLines } from '../header';
import { commentLines, oneLine } from '../one-line';

/** Limits of `config firewall address` (docs.fortinet.com, CLI reference 7.2.2: name 79, comment 255 characters). */
const LONGEST_NAME = 79;
const LONGEST_COMMENT = 255;

/**
 * FortiGate: address objects and a group for each port, for FortiOS 6.2.2 and newer. An object of a name gets its
 * addresses from DNS answers that pass through the firewall.
 */
export const writeFortiGate: WriteFormat = (rows, options) => {
  const { t } = options;
  const { admitted, skipped } = split(gate(rows, options), (row, all) =>
    row.form === 'partial' ? partialReason(row, all, 'FortiOS', t) : undefined,
  );
  const notes = [
    t('formats.note.fortiGatePorts'),
    t('formats.note.fortiGateDns'),
    t('formats.note.fortiGateShared'),
    t('formats.note.notTestedOnDevice', 'FortiOS'),
  ];
  return {
    fileName: options.fileName('fortigate.txt'),
    mediaType: 'text/plain;charset=utf-8',
    content: fortiGateText(admitted, headerLines(options, { count: admitted.length, skipped, notes })),
    skipped,
    notes,
  };
};

export function fortiGateText(rows: readonly AdmittedRow[], header: readonly string[]): string {
  const groups = groupByDoor(rows);
  const objects = [...new Map(rows.map(row => [row.host, row])).values()];
  const lines = [
    ...commentLines('#', header),
    ...(objects.length === 0 ? [] : ['config firewall address', ...objects.flatMap(addressLines), 'end']),
    ...(groups.length === 0 ? [] : ['config firewall addrgrp', ...groups.flatMap(groupLines), 'end']),
  ];
  return `${lines.join('\n')}\n`;
}

function addressLines(row: AdmittedRow): readonly string[] {
  const target =
    row.form === 'address'
      ? ['        set type ipmask', `        set subnet ${row.host.replace(/[^0-9.]/g, '')} 255.255.255.255`]
      : ['        set type fqdn', `        set fqdn ${quoted(row.host)}`];
  return [
    `    edit ${quoted(objectName(row.host))}`,
    ...target,
    `        set comment ${quoted(cut(row.purposes.join(' '), LONGEST_COMMENT))}`,
    '    next',
  ];
}

function groupLines(group: DoorGroup): readonly string[] {
  const members = group.rows.map(row => quoted(objectName(row.host)));
  return [
    `    edit ${quoted(`azl-${group.id}`)}`,
    ...(members.length === 0 ? [] : [`        set member ${members.join(' ')}`]),
    '    next',
  ];
}

/** A name of its own for every host, also for those too long for one; no host ends in an underscore and a word. */
function objectName(host: string): string {
  const name = host.startsWith('*.') ? `azl-${host.slice(2)}_any` : `azl-${host}`;
  return name.length <= LONGEST_NAME
    ? name
    : `${name.slice(0, LONGEST_NAME - 9)}-${hash(host).toString(16).padStart(8, '0')}`;
}

/** Nothing that the console would read as an end, a question or an escape. */
function quoted(text: string): string {
  return `"${oneLine(text).replace(/["\\?]/g, '')}"`;
}

/** In bytes, as the device counts; never within a character. */
function cut(text: string, longest: number): string {
  const line = oneLine(text).replace(/["\\?]/g, '');
  let bytes = 0;
  let kept = '';
  for (const letter of line) {
    bytes += new TextEncoder().encode(letter).length;
    if (bytes > longest) break;
    kept += letter;
  }
  return kept;
}
