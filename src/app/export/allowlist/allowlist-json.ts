import { type Allowlist, rowsOf } from '../../allowlist/list/allowlist';
import { correctionText } from '../../allowlist/list/rule/correction-text';
import { apexOf } from '../../allowlist/catalog/host-pattern';
import { notNode } from '../../allowlist/catalog/catalog';
import { CLOUDS } from '../../cluster/cluster';
import type { Text } from '../../ui/words/make-text';
import { listIds } from './list-ids';
import { type MergedRows, mergeRows } from '../../allowlist/list/merged-rows';

/** One entry in the document's own shape: three texts, the port among them. */
export interface JsonEntry {
  readonly URL: string;
  readonly Port: string;
  readonly Notes: string;
}

/** The allowlist in the shape of the document's JSON tab, but valid, without repetition, and in our own words. */
export function allowlistJson(allowlist: Allowlist, t: Text): string {
  return `${JSON.stringify(
    mergeRows(rowsOf(allowlist)).map(rows => entry(rows, allowlist, t)),
    null,
    2,
  )}\n`;
}

function entry(rows: MergedRows, allowlist: Allowlist, t: Text): JsonEntry {
  const [first] = rows;
  const isWeb = first.protocol === 'https' || first.protocol === 'http';
  const scheme = isWeb && rows.some(row => row.scheme) ? `${first.protocol}://` : '';
  return { URL: `${scheme}${first.host}`, Port: String(first.port), Notes: notes(rows, allowlist, t) };
}

function notes(rows: MergedRows, allowlist: Allowlist, t: Text): string {
  const [first] = rows;
  const apex = apexOf(first.host);
  const clouds = CLOUDS.filter(cloud => rows.some(row => row.clouds.includes(cloud)));
  const sentences = [
    `(${clouds.map(cloud => t(`export.notes.cloud.${cloud}`)).join(', ')})`,
    t('export.notes.list', listIds(allowlist).join(', ')),
    ...rows.map(row => t(`export.notes.${row.requirement}`, row.feature.title, row.purpose)),
    first.serviceTag === undefined ? undefined : t('export.notes.serviceTag', first.serviceTag),
    apex === undefined ? undefined : t('export.notes.apex', apex),
    first.risk,
    ...elsewhere(rows, t),
    rows.some(row => row.bypassInspection) ? t('export.notes.bypassInspection') : undefined,
    ...rows.map(row => row.use.alternative),
    ...rows.map(row => row.state?.text),
    ...rows.map(row => correctionText(row, t)),
  ];
  return [...new Set(sentences)].filter(sentence => sentence !== undefined).join(' ');
}

/** Who needs it instead of the nodes; nothing where the nodes need it too. */
function elsewhere(rows: MergedRows, t: Text): readonly string[] {
  const others = rows.map(row => notNode(row.connects));
  return others.every(other => other !== undefined) ? others.map(other => t(`export.notes.${other}`)) : [];
}
