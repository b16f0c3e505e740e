import type { Text } from '../../ui/words/make-text';
import type { ProbeResult } from '../verdict/probe-result';
import type { RunState } from '../run/run';
import type { CellRef, Evidence, Finding } from './finding';
import { say } from './say';

/**
 * A finding as a request to its owner, in plain text to paste into a ticket: what is asked, from where to where, what was
 * seen and when. Times are UTC, as in the logs of firewalls; they are the node's own.
 */
export function requestText(finding: Finding, run: RunState, t: Text): string {
  const blocks = finding.scope.blocks.map(id => t(`allowlist.blocks.${id}`));
  return [
    say(finding.title, t),
    say(finding.ask, t),
    '',
    t('finding.request.cluster', run.request.cluster),
    t('finding.request.checked', utc(run.startedAt), utc(run.endedAt ?? run.startedAt)),
    ...(blocks.length === 0 ? [] : [t('finding.request.blocks', blocks.join(', '))]),
    '',
    t('finding.request.from'),
    ...finding.scope.nodes.map(name => `- ${sourceOf(name, run)}`),
    '',
    ...(finding.scope.endpoints.length === 0
      ? []
      : [t('finding.request.to'), ...destinations(finding, run, t), '']),
    t('finding.request.seen'),
    ...finding.evidence.flatMap(evidence => seenLines(evidence, run, t)),
    ...finding.context.map(sentence => say(sentence, t)),
    '',
  ].join('\n');
}

function sourceOf(name: string, run: RunState): string {
  const report = run.nodes.find(({ node }) => node.name === name);
  const known = report === undefined || report.node.fqdn === '' ? name : report.node.fqdn;
  const sources = report?.sources ?? [];
  return sources.length === 0 ? known : `${known} (${sources.join(', ')})`;
}

function destinations({ scope, cells }: Finding, run: RunState, t: Text): readonly string[] {
  return scope.endpoints.map(({ id, host, port, protocol }) => {
    // What a finding only shows, it has on its nodes.
    const refs = cells.length > 0 ? cells : scope.nodes.map((node): CellRef => ({ node, entry: id }));
    const results = refs.filter(({ entry }) => entry === id).flatMap(ref => resultOf(ref, run) ?? []);
    const direct = results.filter(({ route }) => route.kind === 'direct');
    const addresses = [...new Set(direct.flatMap(result => result.addresses))];
    const proxies = [...new Set(results.flatMap(({ route }) => route.proxy ?? []))];
    const from = scope.nodes.filter(node => refs.some(ref => ref.entry === id && ref.node === node));
    const notes = [
      ...(from.length === scope.nodes.length ? [] : [t('finding.request.only', from.join(', '))]),
      ...(addresses.length === 0 ? [] : [t('finding.request.address', addresses.join(', '))]),
      ...proxies.filter(proxy => proxy !== '').map(proxy => t('finding.request.through', proxy)),
    ];
    return `- ${host}, ${transportOf(protocol)} ${port} (${protocol})${notes.length === 0 ? '' : `; ${notes.join('; ')}`}`;
  });
}

/** One line for each endpoint seen in this way, below what it means. */
function seenLines({ sentence, cells }: Evidence, run: RunState, t: Text): readonly string[] {
  const entries = [...new Set(cells.map(({ entry }) => entry))];
  return [
    say(sentence, t),
    ...entries.map(entry => {
      const here = cells.filter(cell => cell.entry === entry);
      const times = here.flatMap(ref => resultOf(ref, run)?.startedAt ?? []).filter(time => time !== '');
      const nodes = here.map(({ node }) => node).join(', ');
      return `- ${nodes} > ${entry}${times.length === 0 ? '' : `, ${spanOf(times, t)}`}`;
    }),
  ];
}

function spanOf(times: readonly string[], t: Text): string {
  const sorted = times.map(utc).sort();
  const [first = '', last = ''] = [sorted[0], sorted.at(-1)];
  return first === last ? first : t('finding.request.time', first, last);
}

function resultOf({ node, entry }: CellRef, run: RunState): ProbeResult | undefined {
  return run.cells.get(node)?.get(entry);
}

function transportOf(protocol: string): string {
  return protocol === 'udp' ? 'UDP' : 'TCP';
}

/** `2026-11-24 07:00:03 UTC`. */
function utc(iso: string): string {
  return iso === '' ? '' : `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}
