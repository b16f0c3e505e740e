import * as fc from 'fast-check';
import { anyMeasured } from '../../../../../test/jest/any-measured';
import { endedAt, observed } from '../../../../../test/jest/observations';
import { runOf } from '../../../../../test/jest/runs';
import { englishStrings } from '../../../../../test/jest/strings';
import { runCsv, runJson } from '../../../export/results/run-export';
import { makeText } from '../../../ui/words/make-text';
import { findingsOf } from '../../finding/findings';
import { say } from '../../finding/say';
import { makePlan } from '../../plan/probe-plan';
import { type RunState, startRun } from '../../run/run';
import { nodeEnded, proxyKnown, reportArrived } from '../../run/run-steps';
import { hopId } from '../../run/follow-up/redirect-chain';
import type { Observation } from '../../probe/observation';
import { tallyOf } from '../../run/matrix';
import { withWays } from '../../run/ways-tried';
import { pack, unpack } from '../packing';
import { readRunCsv } from './read-run-csv';
import { readRunFile } from './read-run-file';

const UNSAID = { cluster: 'hci', now: '2026-11-26T00:00:00.000Z' };

/** A run that measured these, of hosts of their own, one of them of the administrator's own rules. */
function runThatSaw(observations: readonly Observation[], isGuess: boolean): RunState {
  const hosts = observations.map(({ host }, index) => (/^\d/.test(host) ? host : `h${index}.${host}`));
  const plan = makePlan(
    observations.map(({ port, protocol }, index) => ({
      ...{ host: hosts[index] ?? '', port: protocol === 'udp' ? 123 : port, protocol },
      rule: {
        id: index === 0 ? 'own-1' : `r${index}`,
        ...(index === 1 && { authority: 'organization' as const }),
      },
    })),
  );
  const node = { name: 'n1', fqdn: 'n1.contoso.local', state: 'up' } as const;
  const edition = { id: 'e', published: '2022-01-27', name: 'E' };
  const request = { cluster: 'hci', cloud: 'public', features: [], edition, timeoutMs: 5000 } as const;
  let run = startRun(request, plan, [node], '2026-11-24T07:00:00.000Z');
  run = proxyKnown(run, 'n1', '', [], isGuess ? new Set(plan.targets.map(({ id }) => id)) : undefined);
  for (const [index, observation] of observations.entries()) {
    const target = plan.targets.find(({ host }) => host === hosts[index]);
    if (target === undefined) continue;
    const { id, host, port } = target;
    run = reportArrived(run, 'n1', { ...observation, id, host, port });
  }
  run = nodeEnded(run, 'n1', 'no-report', '', '2026-11-24T07:00:06.000Z');
  const results = [...(run.cells.get('n1')?.values() ?? [])];
  const [first] = results;
  if (first === undefined) return run;
  const ways = [{ kind: 'direct', isOwn: true, proxy: '', result: first }] as const;
  return withWays(
    { ...run, hops: new Map([['n1', new Map(results.map(each => [hopId(each, undefined), each]))]]) },
    ...(['n1', plan.targets[0]?.id ?? ''] as const),
    { startedAt: run.startedAt, ways: first.route.kind === 'direct' ? ways : [] },
  );
}

const causes = (run: RunState | undefined): readonly string[] =>
  [...(run?.cells ?? []), ...(run?.hops ?? [])].flatMap(([node, cells]) =>
    [...cells].map(([id, { cause, verdict }]) => `${node} ${id} ${verdict} ${cause}`),
  );

describe('A run that this tool wrote', () => {
  it('is believed in every form, whatever was measured', () => {
    fc.assert(
      fc.property(
        fc.array(anyMeasured, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (observations, isGuess) => {
          const run = runThatSaw(observations, isGuess);
          expect(readRunFile(runJson(run, '1'))).toEqual(unpack(pack(run)));
          expect([...causes(readRunFile(runJson(run, '1')))].sort()).toEqual([...causes(run)].sort());
          expect([...causes(readRunCsv(runCsv(run), UNSAID))].sort()).toEqual([...causes(run)].sort());
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('A file whose verdicts are not what its measurements show', () => {
  const silent = endedAt({ phase: 'connect', outcome: 'timeout' });
  const run = runOf(['n1', 'n2'], ['a.example:443', 'b.example:443', 'c.example:22/tcp'], (node, { host }) =>
    node === 'n1' && host !== 'a.example' ? silent : {},
  );
  const forged = (of: RunState, from: string, to: string) => [
    readRunFile(runJson(of, '1').replaceAll(`"cause": "${from}"`, `"cause": "${to}"`)),
    readRunCsv(runCsv(of).replaceAll(`,${from},`, `,${to},`), UNSAID),
  ];

  it('has no green that nobody saw', () => {
    for (const read of forged(run, 'connect-timed-out', 'answered')) {
      expect(read && tallyOf(read)).toEqual({ ...tallyOf(run), failed: 0, unknown: 2 });
      expect(causes(read)).toContain('n1 b.example:443/https not-tested contradicts-itself');
    }
    for (const read of forged(run, 'connected', 'answered'))
      expect(read && tallyOf(read)).toMatchObject({ proven: tallyOf(run).proven, unproven: 0 });
  });

  it('has no red over steps that went well', () => {
    for (const read of forged(run, 'answered', 'connection-refused'))
      expect(read && tallyOf(read)).toEqual({ ...tallyOf(run), proven: 0, unknown: tallyOf(run).proven });
  });

  it('has its contradictions counted in a sentence', () => {
    const [read] = forged(run, 'connect-timed-out', 'answered');
    const titles = findingsOf(read ?? run, []).map(({ title }) => say(title, makeText(englishStrings())));
    expect(titles).toContainEqual(
      expect.stringContaining('2 results of this file contradict their own measurements'),
    );
  });

  it('is not believed about redirects, ways and other addresses either', () => {
    const entry = 'b.example:443/https';
    const result = run.cells.get('n1')?.get(entry);
    const other = { address: '2001:db8::1', ms: 5, verdict: 'reachable', cause: 'answered' } as const;
    if (result === undefined) throw new Error('no result');
    const more = withWays(
      {
        ...run,
        hops: new Map([['n1', new Map([[hopId(result, undefined), result]])]]),
        cells: new Map([
          ...run.cells,
          ['n1', new Map([[entry, { ...result, otherFamily: { ...other, detail: 'TimedOut' } }]])],
        ]),
      },
      'n1',
      entry,
      { startedAt: run.startedAt, ways: [{ kind: 'direct', isOwn: true, proxy: '', result }] },
    );
    const read = readRunFile(runJson(more, '1').replaceAll('connect-timed-out', 'answered'));
    expect(read?.hops?.get('n1')?.get(hopId(result, undefined))?.cause).toBe('contradicts-itself');
    expect(read?.ways?.get('n1')?.get(entry)?.ways[0]?.result?.cause).toBe('contradicts-itself');
    expect(read?.cells.get('n1')?.get(entry)?.otherFamily?.cause).toBe('contradicts-itself');
  });

  it('gives no false proof by an authority that only the own rules of an administrator have', () => {
    const chain = { certificates: observed().certificates.map(each => ({ ...each, issuer: 'CN=SSL.com' })) };
    const seen = runOf(['n1'], ['a.example:443'], () => chain);
    const text = runJson(seen, '1').replace(/"recognizedBy": "\w+"/, '"recognizedBy": "public"');
    const read = readRunFile(text.replace(/"cause": "[a-z-]+"/, '"cause": "answered"'));
    expect(causes(read)).toEqual(['n1 a.example:443/https not-tested contradicts-itself']);
  });
});
