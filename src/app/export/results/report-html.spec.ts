import { englishStrings } from '../../../../test/jest/strings';
import { endedAt, observed } from '../../../../test/jest/observations';
import { findingsOf } from '../../reachability/finding/findings';
import { makePlan } from '../../reachability/plan/probe-plan';
import { type RunState, startRun } from '../../reachability/run/run';
import { nodeEnded, proxyKnown, reportArrived } from '../../reachability/run/run-steps';
import { makeText } from '../../ui/words/make-text';
import { reportHtml } from './report-html';

const t = makeText(englishStrings());
const HOSTILE = '<script>alert(1)</script>" onload="x';

function run(detail: string, cluster = 'hci.contoso.local'): RunState {
  const row = (host: string) => ({
    host,
    port: 443,
    protocol: 'https' as const,
    rule: { id: `rule-${host}` },
  });
  const plan = makePlan([row('a.example'), row('b.example'), row('*.c.example')]);
  const node = (name: string, state: 'up' | 'down') => ({ name, fqdn: `${name}.contoso.local`, state });
  const request = {
    ...{
      cluster,
      cloud: 'public' as const,
      features: ['registration'],
      timeoutMs: 5000,
      by: 'CONTOSO\\\\admin',
    },
    edition: { id: '2022-01', published: '2022-01-27', name: 'January 2022' },
  };
  let state = startRun(
    request,
    plan,
    [node('node1', 'up'), node('node2', 'down')],
    '2026-11-24T07:00:00.000Z',
  );
  state = proxyKnown(state, 'node1', '', []);
  state = reportArrived(state, 'node1', observed({}));
  state = reportArrived(state, 'node1', {
    ...endedAt({ phase: 'connect', code: 'ConnectionRefused', detail }),
    ...{ id: 'b.example:443/https', host: 'b.example' },
  });
  return nodeEnded(state, 'node1', 'no-report', '', '2026-11-24T07:00:06.000Z');
}

const page = (state: RunState) => reportHtml(state, findingsOf(state, []), '1.2.3', t);
const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');

describe('the report of a run', () => {
  it('says first what fails, then what to ask of whom, then every result', () => {
    const state = run('refused');
    const document = parse(page(state));
    const headings = [...document.querySelectorAll('h1, h2')].map(each => each.textContent);
    expect(headings[0]).toBe('Outbound connectivity of hci.contoso.local');
    expect(headings.slice(-4)).toEqual(['Every result', 'Evidence', 'Not tested, and why', 'List and check']);
    expect(document.querySelectorAll('section')).toHaveLength(findingsOf(state, []).length);
    const [matrix] = [...document.querySelectorAll('table')];
    const rows = [...(matrix?.querySelectorAll('tr') ?? [])].map(row =>
      [...row.querySelectorAll('th, td')].map(cell => cell.textContent),
    );
    expect(rows).toEqual([
      ['Endpoint', 'node1', 'node2'],
      ['a.example:443/https', expect.any(String), 'Node unavailable'],
      ['b.example:443/https', 'Refused', 'Node unavailable'],
      ['*.c.example:443/https', 'Not tested', 'Not tested'],
    ]);
    expect(document.body.textContent).toContain('Failed: 1.');
    expect(document.body.textContent).toContain('Written by Outbound connectivity 1.2.3.');
  });

  it('says where nodes differ, and what changed since the run before', () => {
    const text = (state: RunState, before?: RunState) =>
      parse(reportHtml(state, [], '1', t, before)).body.textContent.replace(/\s+/g, ' ');
    expect(text(run(''))).toContain('Fewer than two nodes were tested');
    const plan = makePlan(
      ['a.example', 'b.example'].map(host => ({ host, port: 443, protocol: 'https', rule: { id: host } })),
    );
    const names = ['n1', 'n2', 'n3'];
    const made = (refuses: (node: string, host: string) => boolean, startedAt: string) =>
      names.reduce(
        (state, node) =>
          plan.targets.reduce((each, { id, host }) => {
            const report = refuses(node, host)
              ? endedAt({ phase: 'connect', code: 'ConnectionRefused' })
              : observed({});
            return reportArrived(each, node, { ...report, id, host });
          }, state),
        startRun(
          run('').request,
          plan,
          names.map(name => ({ name, fqdn: name, state: 'up' as const })),
          startedAt,
        ),
      );
    const same = made(() => false, '2026-11-24T07:00:00.000Z');
    expect(text(same)).toContain('All nodes that were tested say the same of every endpoint.');
    const after = made((node, host) => node === 'n2' && host === 'b.example', '2026-11-25T07:00:00.000Z');
    const word = t(`reachability.verdict.${same.cells.get('n1')?.get('b.example:443/https')?.verdict ?? ''}`);
    expect(text(after)).toContain(`b.example:443/https${word}: n1, n3; Refused: n2`);
    expect(text(after)).toContain('Of 1 endpoint the nodes say different things.');
    expect(text(after)).not.toContain('What changed since');
    expect(text(after, same)).toContain('What changed since the run of 2026-11-24T07:00:00.000Z');
    expect(text(after, same)).toContain(`b.example:443/httpsn2Broken${word}Refused`);
    expect(text(after, same)).toContain('1 broken, 0 failing for another reason, 0 still failing, 0 fixed');
  });

  it('keeps hostile text as text, and needs no script and nothing from elsewhere', () => {
    const html = page(run(HOSTILE, HOSTILE));
    expect(parse(html).querySelectorAll('script, link, img, iframe, [onload]')).toHaveLength(0);
    expect(html).not.toMatch(/src=|url\(|href=|<script/);
    expect(parse(html).querySelector('h1')?.textContent).toContain(HOSTILE);
  });

  it('has a word for everything', () => {
    expect(page(run(''))).not.toMatch(
      /\[(?:report|reachability|finding|common|allowlist)\.|\{\d\}|undefined/,
    );
  });
});
