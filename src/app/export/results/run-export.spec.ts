import { makePlan } from '../../reachability/plan/probe-plan';
import { type RunState, startRun } from '../../reachability/run/run';
import { nodeEnded, proxyKnown, reportArrived } from '../../reachability/run/run-steps';
import { runCsv, runFile, runJson } from './run-export';
import { endedAt, observed } from '../../../../test/jest/observations';

const START = '2026-11-24T07:00:00.000Z';
const END = '2026-11-24T07:00:06.000Z';

function exampleRun(): RunState {
  const plan = makePlan([
    { host: 'a.example', port: 443, protocol: 'https', rule: { id: 'rule-a' } },
    {
      host: '*.b.example',
      port: 443,
      protocol: 'https',
      rule: { id: 'rule-b', representatives: [{ host: 'www.b.example', source: 's' }] },
    },
  ]);
  const node = (name: string, state: 'up' | 'down') => ({ name, fqdn: `${name}.contoso.local`, state });
  let run = startRun(
    {
      cluster: 'hci.contoso.local',
      cloud: 'public',
      features: ['registration'],
      edition: { id: '2022-01', published: '2022-01-27', name: 'January 2022' },
      timeoutMs: 5000,
    },
    plan,
    [node('node1', 'up'), node('node2', 'down')],
    START,
  );
  run = proxyKnown(run, 'node1', 'proxy.example:8080', []);
  run = reportArrived(run, 'node1', observed({ route: 'proxy' }));
  run = reportArrived(run, 'node1', {
    ...endedAt({ phase: 'connect', code: 'ConnectionRefused', detail: '=cmd|calc' }),
    id: 'www.b.example:443/https',
    host: 'www.b.example',
  });
  return nodeEnded(run, 'node1', 'no-report', '', END);
}

describe('Exporting a run', () => {
  it('writes one object that says what was asked, of whom, and every result', () => {
    const file = JSON.parse(runJson(exampleRun(), '1.2.3')) as Record<string, unknown> & {
      results: unknown[];
    };
    expect(file).toMatchObject({
      tool: { name: 'Outbound connectivity', version: '1.2.3' },
      cluster: 'hci.contoso.local',
      cloud: 'public',
      edition: { id: '2022-01', published: '2022-01-27', name: 'January 2022' },
      selection: { features: ['registration'], timeoutMs: 5000 },
      status: 'finished',
      startedAt: START,
      endedAt: END,
      nodes: [
        { name: 'node1', state: 'up', proxy: 'proxy.example:8080' },
        { name: 'node2', state: 'down', proxy: null },
      ],
    });
    expect(file.results).toHaveLength(4);
    expect(file.results[0]).toMatchObject({
      node: 'node1',
      host: 'a.example',
      port: 443,
      rule: 'rule-a',
      rules: ['rule-a'],
      verdict: 'reachable',
      cause: 'answered',
      route: { kind: 'proxy', proxy: 'proxy.example:8080' },
      phases: ['name', 'connect', 'proxy', 'tls', 'http'].map(phase => ({
        phase,
        ms: 10,
        outcome: 'ok',
        detail: '',
      })),
      addresses: ['192.0.2.1'],
      certificate: {
        subject: 'CN=host',
        issuer: 'CN=Issuer',
        root: expect.stringContaining('DigiCert') as string,
        recognizedBy: 'root',
      },
      http: { status: 200, server: '', location: '' },
      startedAt: START,
    });
    expect(file.results[1]).toMatchObject({
      node: 'node2',
      host: 'a.example',
      verdict: 'node-unavailable',
      route: { kind: 'none' },
      phases: [],
      startedAt: '',
    });
    expect(file.results[2]).toMatchObject({
      host: 'www.b.example',
      standsFor: ['*.b.example'],
      verdict: 'refused',
    });
  });

  it('writes one line for each result, and no formula', () => {
    const lines = runCsv(exampleRun()).trimEnd().split('\r\n');
    const columns = lines[0]?.split(',') ?? [];
    expect(lines).toHaveLength(5);
    const refused = lines[3]?.split(',') ?? [];
    expect(refused).toHaveLength(columns.length);
    expect(refused[columns.indexOf('verdict')]).toBe('refused');
    expect(refused[columns.indexOf('detail')]).toBe('ConnectionRefused: =cmd|calc');
    expect(refused[columns.indexOf('standsFor')]).toBe('*.b.example');
    expect(refused[columns.indexOf('certificateRecognizedBy')]).toBe('');
    expect(lines[1]).toContain(',root,');
  });

  it('names the file with cluster, cloud and date', () => {
    const file = runFile(exampleRun(), 'csv', '1', new Date(2026, 10, 24));
    expect(file).toMatchObject({
      fileName: 'outbound-reachability_hci_public_2026-11-24.csv',
      mime: 'text/csv;charset=utf-8',
    });
  });
});
