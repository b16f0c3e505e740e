import { doorName } from '../../allowlist/catalog/door';
import type { Finding } from '../../reachability/finding/finding';
import { requestText } from '../../reachability/finding/request-text';
import { say } from '../../reachability/finding/say';
import type { PlanEntry } from '../../reachability/plan/probe-plan';
import type { JudgedRun } from '../../reachability/record/judged-run';
import { resultsOf } from '../../reachability/record/run-file';
import { hopLine } from '../../reachability/run/follow-up/hop-words';
import { chainsOf } from '../../reachability/run/follow-up/redirect-chain';
import { atOnce } from '../../reachability/run/at-once';
import type { RunState } from '../../reachability/run/run';
import type { ProbeResult } from '../../reachability/verdict/probe-result';
import { isFailure, isUnknown } from '../../reachability/verdict/verdicts';
import type { Text } from '../../ui/words/make-text';
import { escaped, htmlPage } from '../formats/documents/html-page';
import { type Differences, nodeDifferences, runDifferences } from './report-differences';

/**
 * The report of a run as one page: what does not work first, then what to ask of whom, then every result.
 *
 * @param run that is over
 * @param before an earlier run of the same cluster, when there is one: what changed since is said
 */
export function reportHtml(...report: Parameters<typeof reportSteps>): string {
  return atOnce(reportSteps(...report));
}

/** The same in steps that take some milliseconds each. */
export function* reportSteps(
  run: RunState,
  findings: readonly Finding[],
  toolVersion: string,
  t: Text,
  before?: JudgedRun,
): Generator<undefined, string> {
  const parts = [summary(run, findings, t)];
  for (const finding of findings) {
    yield undefined;
    parts.push(findingSection(finding, run, t));
  }
  parts.push(yield* differences(nodeDifferences(run, t)));
  if (before !== undefined) parts.push(yield* differences(runDifferences(before, run, t)));
  for (const part of [matrix, failures, redirects, untested]) parts.push(yield* part(run, t));
  parts.push(origin(run, toolVersion, t));
  yield undefined;
  return htmlPage(t('report.title', run.request.cluster), STYLE, t, parts.flat());
}

/** Lines of the report, in the same steps. */
type Part = Generator<undefined, readonly string[]>;

function summary(run: RunState, findings: readonly Finding[], t: Text): readonly string[] {
  const results = resultsOf(run);
  const count = (holds: (verdict: ProbeResult['verdict']) => boolean): number =>
    results.filter(({ verdict }) => holds(verdict)).length;
  const blocked = [...new Set(findings.flatMap(({ scope }) => scope.blocks))];
  return [
    `<p>${escaped(t('report.checked', run.startedAt, run.endedAt ?? run.startedAt))}</p>`,
    ...(run.status === 'finished'
      ? []
      : [`<p><strong>${escaped(t(`report.status.${run.status}`))}</strong></p>`]),
    '<ul>',
    `<li>${escaped(
      t(
        'report.count.reachable',
        count(verdict => verdict === 'reachable'),
      ),
    )}</li>`,
    `<li>${escaped(
      t(
        'report.count.notProven',
        count(verdict => verdict === 'not-proven'),
      ),
    )}</li>`,
    `<li>${escaped(t('report.count.failed', count(isFailure)))}</li>`,
    `<li>${escaped(t('report.count.notTested', count(isUnknown)))}</li>`,
    '</ul>',
    `<p>${escaped(
      blocked.length === 0
        ? t(count(isUnknown) === 0 ? 'report.blocks.none' : 'report.blocks.unknown')
        : t('report.blocks', blocked.map(id => t(`allowlist.blocks.${id}`)).join(', ')),
    )}</p>`,
  ];
}

function findingSection(finding: Finding, run: RunState, t: Text): readonly string[] {
  return [
    '<section>',
    `<h2>${escaped(say(finding.title, t))}</h2>`,
    `<p>${escaped(t('report.owner', t(`reachability.owner.${finding.owner}`)))} ${escaped(say(finding.next, t))}</p>`,
    `<pre>${lines(requestText(finding, run, t))}</pre>`,
    '</section>',
  ];
}

function* differences({ heading, sentence, columns, count, rows }: Differences): Part {
  const text = `<p>${escaped(sentence)}</p>`;
  return count === 0
    ? [`<h2>${escaped(heading)}</h2>`, text]
    : [...(yield* table(heading, columns, rows)), text];
}

function* matrix(run: RunState, t: Text): Part {
  const nodes = run.nodes.map(({ node }) => node.name);
  const entries: readonly PlanEntry[] = [...run.plan.targets, ...run.plan.untested];
  return yield* table(
    t('report.matrix'),
    [t('report.column.endpoint'), ...nodes],
    rowsOf(entries, entry => [
      entry.id,
      ...nodes.map(node => {
        const result = run.cells.get(node)?.get(entry.id);
        if (result === undefined) return '';
        const word = t(`reachability.verdict.${result.verdict}`);
        return result.slow === undefined ? word : `${word}, ${t('reachability.cell.slow')}`;
      }),
    ]),
  );
}

function* failures(run: RunState, t: Text): Part {
  const failed = resultsOf(run).filter(({ verdict }) => isFailure(verdict) || verdict === 'not-proven');
  return failed.length === 0
    ? []
    : yield* table(
        t('report.evidence'),
        ['node', 'endpoint', 'verdict', 'meaning', 'route', 'phases', 'addresses', 'certificate', 'http'].map(
          name => t(`report.column.${name}`),
        ),
        rowsOf(failed, result => [
          result.node,
          doorName(result),
          t(`reachability.verdict.${result.verdict}`),
          t(`reachability.cause.${result.cause}.meaning`),
          result.route.kind === 'proxy'
            ? t('report.route.proxy', result.route.proxy ?? '')
            : t(`report.route.${result.route.kind}`),
          result.phases
            .map(({ phase, ms, outcome, detail }) => `${phase} ${ms} ms ${outcome} ${detail}`.trim())
            .join('; '),
          result.route.kind === 'proxy' && result.addresses.length > 0
            ? `${t('reachability.details.addresses.proxy')}: ${result.addresses.join(', ')}`
            : result.addresses.join(', '),
          result.certificate === undefined
            ? ''
            : t('report.certificate', result.certificate.issuer, result.certificate.root),
          result.http === undefined
            ? ''
            : [result.http.status, result.http.server, result.http.location].join(' ').trim(),
        ]),
      );
}

function* redirects(run: RunState, t: Text): Part {
  const chainOf = chainsOf(run);
  const rows: (readonly string[])[] = [];
  for (const [index, result] of resultsOf(run).entries()) {
    if (index % AT_ONCE === 0) yield undefined;
    const hops = chainOf(result);
    if (hops.length > 0)
      rows.push([result.node, doorName(result), hops.map(hop => hopLine(hop, t)).join(' > ')]);
  }
  return rows.length === 0
    ? []
    : yield* table(
        t('reachability.hops'),
        ['node', 'endpoint', 'redirects'].map(name => t(`report.column.${name}`)),
        rows,
      );
}

function* untested(run: RunState, t: Text): Part {
  const results = resultsOf(run).filter(({ verdict }) => isUnknown(verdict));
  return results.length === 0
    ? []
    : yield* table(
        t('report.notTested'),
        ['node', 'endpoint', 'meaning', 'action'].map(name => t(`report.column.${name}`)),
        rowsOf(results, result => [
          result.node,
          doorName(result),
          t(`reachability.cause.${result.cause}.meaning`),
          t(`reachability.cause.${result.cause}.action`),
        ]),
      );
}

function origin({ request }: RunState, toolVersion: string, t: Text): readonly string[] {
  const { edition, region, vendor, cloud, by, timeoutMs, features, arcGateway } = request;
  return [
    `<h2>${escaped(t('report.origin'))}</h2>`,
    '<ul>',
    ...[
      t('report.list', edition.name === '' ? edition.id : edition.name, edition.id, edition.published),
      [t(`common.cloud.${cloud}`), region ?? '', vendor ?? ''].filter(text => text !== '').join(', '),
      ...(arcGateway === true ? [t('report.arcGateway')] : []),
      t('report.features', features.join(', ')),
      t('report.timeout', timeoutMs),
      ...(by === undefined ? [] : [t('report.by', by)]),
      t('report.tool', toolVersion),
    ].map(line => `<li>${escaped(line)}</li>`),
    '</ul>',
  ];
}

/** So many rows are a step. */
const AT_ONCE = 20;

function* rowsOf<T>(
  items: readonly T[],
  rowOf: (item: T) => readonly string[],
): Generator<readonly string[]> {
  for (const item of items) yield rowOf(item);
}

function* table(caption: string, headings: readonly string[], rows: Iterable<readonly string[]>): Part {
  const lines: string[] = [];
  for (const [first = '', ...rest] of rows) {
    if (lines.length % AT_ONCE === 0) yield undefined;
    const cells = rest.map(text => `<td>${escaped(text)}</td>`).join('');
    lines.push(`<tr><th scope="row">${escaped(first)}</th>${cells}</tr>`);
  }
  return [
    `<h2>${escaped(caption)}</h2>`,
    `<div class="wide" role="region" tabindex="0" aria-label="${escaped(caption)}">`,
    '<table>',
    `<thead><tr>${headings.map(text => `<th scope="col">${escaped(text)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...lines,
    '</tbody>',
    '</table>',
    '</div>',
  ];
}

/** Each line by itself, so that line breaks stay and nothing else of them does. */
function lines(text: string): string {
  return text
    .split('\n')
    .map(line => escaped(line))
    .join('\n')
    .trim();
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.4 system-ui, sans-serif; }
body { margin: 1.5rem; }
h2 { font-size: 1.15rem; margin-block: 1.5rem 0.5rem; break-after: avoid; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8a8886; padding: 0.5rem; font: inherit; font-size: 0.875rem; }
table { border-collapse: collapse; font-size: 0.8125rem; }
th, td { border: 1px solid #8a8886; padding: 0.25rem 0.5rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
tbody th { font-weight: 400; font-family: ui-monospace, monospace; }
thead { display: table-header-group; }
tr, section { break-inside: avoid; }
.wide { overflow-x: auto; }
@page { size: A4 landscape; margin: 1cm; }
@media print { body { margin: 0; } table { font-size: 7pt; } }
`;
