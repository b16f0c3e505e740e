import { covers } from '../../../allowlist/catalog/host-pattern';
import type { WriteFormat } from '../contract';
import { type AdmittedRow, type DoorGroup, gate, groupByDoor, split } from '../gate';
import { headerLines } from '../header';
import { commentLines } from '../one-line';

/**
 * Squid: lists and `http_access` rules to include before the site's `deny all`. Squid's `.x` covers `x` too, and names
 * that cover each other within one list stop it (squid-cache/squid, src/acl/DomainData.cc): exact names, wildcards and
 * the apexes that wildcards must not cover are lists of their own, and a wildcard below another is left to that one.
 */
export const writeSquid: WriteFormat = (rows, options) => {
  const { t } = options;
  const { admitted, skipped } = split(gate(rows, options), row =>
    row.protocol === 'udp' ? t('formats.skip.udp', 'Squid') : undefined,
  );
  const notes = [t('formats.note.squidPlace')];
  return {
    fileName: options.fileName('conf'),
    mediaType: 'text/plain;charset=utf-8',
    content: squidText(admitted, headerLines(options, { count: admitted.length, skipped, notes })),
    skipped,
    notes,
  };
};

export function squidText(rows: readonly AdmittedRow[], header: readonly string[]): string {
  const groups = groupByDoor(rows);
  return `${[
    ...commentLines('#', header),
    '',
    'acl azl_connect method CONNECT',
    ...groups.flatMap(group => ['', ...groupLines(group)]),
  ].join('\n')}\n`;
}

function groupLines(group: DoorGroup): readonly string[] {
  const id = `azl_${group.protocol}_${group.port}`;
  const exact = group.rows.filter(({ form }) => form === 'exact' || form === 'address');
  const wildcards = widest(group.rows.filter(({ form }) => form === 'wildcard'));
  const partial = group.rows.filter(({ form }) => form === 'partial');
  // Only web traffic that is not encrypted comes without CONNECT.
  const method = group.protocol === 'http' ? '!azl_connect' : 'azl_connect';
  const allow = (...acls: readonly string[]): string =>
    `http_access allow ${[method, `${id}_port`, ...acls].join(' ')}`;
  return [
    `acl ${id}_port port ${group.port}`,
    ...names(
      `${id}_exact`,
      exact.map(({ name }) => name),
    ),
    ...names(
      `${id}_below`,
      wildcards.map(({ name }) => `.${name}`),
    ),
    ...names(
      `${id}_apex`,
      wildcards.map(({ name }) => name),
    ),
    ...partial.map(row => `acl ${id}_part dstdom_regex -i ${partialPattern(row)}`),
    ...(exact.length === 0 ? [] : [allow(`${id}_exact`)]),
    ...(wildcards.length === 0 ? [] : [allow(`${id}_below`, `!${id}_apex`)]),
    ...(partial.length === 0 ? [] : [allow(`${id}_part`)]),
  ];
}

/** One a line, so that a change shows in review; -n: no look-up for requests that name an address. */
function names(acl: string, values: readonly string[]): readonly string[] {
  return values.map(value => `acl ${acl} dstdomain -n ${safe(value)}`);
}

function widest(rows: readonly AdmittedRow[]): readonly AdmittedRow[] {
  return rows.filter(row => !rows.some(other => other !== row && covers(other.host, row.name)));
}

/** `azgn*.x` as an expression: one label that begins so. */
function partialPattern({ host }: AdmittedRow): string {
  const escaped = safe(host).replaceAll('.', '\\.').replace('*', '[a-z0-9_-]*');
  return `^${escaped}$`;
}

/** Nothing that could end a line or a value; the gate lets none of it through in the first place. */
function safe(text: string): string {
  return text.replace(/[^a-z0-9._*-]/gi, '');
}
