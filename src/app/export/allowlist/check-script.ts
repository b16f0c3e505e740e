import { type Allowlist, rowsOf } from '../../allowlist/list/allowlist';
import { listRecord } from '../../reachability/record/list-record';
import { makePlan } from '../../reachability/plan/probe-plan';
import { requestOf } from '../../reachability/run/run-request';
import type { Text } from '../../ui/words/make-text';
import { allowlistFileName, type NotedFile } from './allowlist-file';
import { allowlistNotes } from './allowlist-notes';

/** For one endpoint, where nobody says otherwise; the script takes another. */
export const USUAL_TIMEOUT_MS = 5000;

/** In its place stands the list. */
const MARK = "    '@list'";

export interface CheckScriptOptions {
  /** `src/powershell/alone/Test-OutboundAllowlist.ps1` with the scripts that it calls, as the build puts it together. */
  readonly template: string;
  readonly cluster: string;
  readonly toolVersion: string;
  readonly timeoutMs: number;
  readonly date: Date;
}

/** One PowerShell script that measures this list on a computer that the tool cannot reach. */
export function checkScriptFile(allowlist: Allowlist, options: CheckScriptOptions, t: Text): NotedFile {
  const plan = makePlan(rowsOf(allowlist));
  const left = plan.untested.length;
  return {
    fileName: allowlistFileName(allowlist, 'ps1', options.cluster, options.date).replace(
      /^outbound-allowlist/,
      'outbound-check',
    ),
    mime: 'text/plain;charset=utf-8',
    text: checkScript(allowlist, options, t),
    notes: [
      ...allowlistNotes(allowlist, 'json', t),
      t('formats.note.checkScript'),
      ...(left === 0 ? [] : [t('formats.note.checkScriptLeft', left)]),
    ],
  };
}

/** Throws when the template is not one. */
export function checkScript(
  allowlist: Allowlist,
  { template, cluster, toolVersion, timeoutMs }: Omit<CheckScriptOptions, 'date'>,
  t: Text,
): string {
  if (!template.includes(MARK))
    throw new Error('The template of the check script has no place for the list.');
  const tool = { name: 'Outbound connectivity', version: toolVersion };
  const { head, endpoints } = listRecord(
    requestOf(allowlist, { cluster, timeoutMs }, t),
    makePlan(rowsOf(allowlist)),
    tool,
  );
  const opening = `${JSON.stringify(head).slice(0, -1)},"endpoints":[`;
  const pieces = [
    opening,
    ...endpoints.map((each, index) => `${JSON.stringify(each)}${index < endpoints.length - 1 ? ',' : ''}`),
    ']}',
  ];
  const list = pieces.map(piece => `    '${plainJson(piece)}'`).join(',\n');
  return template.replace(MARK, () => list).replace(/\r?\n/g, '\r\n');
}

/**
 * JSON without a sign that means anything to PowerShell, in any quotes, comment or encoding: all but letters, digits and
 * what JSON itself is made of stands as its number.
 */
function plainJson(json: string): string {
  return json.replace(
    /[^A-Za-z0-9 "\\{}[\]:,._/+*-]/g,
    sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
