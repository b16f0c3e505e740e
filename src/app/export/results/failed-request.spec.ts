import { endedAt } from '../../../../test/jest/observations';
import { runOf } from '../../../../test/jest/runs';
import { englishStrings } from '../../../../test/jest/strings';
import { makeText } from '../../ui/words/make-text';
import { failedRequest } from './failed-request';

const t = makeText(englishStrings());
const refused = endedAt({ phase: 'connect', code: 'ConnectionRefused' }, { source: '10.0.0.5' });

describe('the request for what failed', () => {
  const run = runOf(['n1', 'n2'], ['a.example:443', 'b.example:443'], (_, { host }) =>
    host === 'a.example' ? {} : refused,
  );
  const { facts, reasons, tried, features } = failedRequest(run, t);

  it('says who asks, from where, and that only what failed is asked for', () => {
    expect(facts).toEqual([
      'Cluster: hci.contoso.local',
      'Checked: 2026-11-24 07:00:00 UTC to 2026-11-24 07:00:06 UTC',
      'From n1.contoso.local (10.0.0.5).',
      'From n2.contoso.local (10.0.0.5).',
      'Only what some node could not reach in this check is asked for.',
    ]);
  });

  it('asks for each endpoint that failed once, by the rules and features of the run', () => {
    expect(tried).toEqual([
      { host: 'b.example', port: 443, protocol: 'https', rules: ['rule b.example:443'], standsFor: [] },
    ]);
    expect(features).toEqual(['f']);
  });

  it('gives each endpoint what was seen, and none to what works', () => {
    expect([...reasons.keys()]).toEqual(['b.example:443/https']);
    expect(reasons.get('b.example:443/https')).toMatch(/^n1, n2 > b\.example:443: Refused\. First at 2026-/);
  });
});
