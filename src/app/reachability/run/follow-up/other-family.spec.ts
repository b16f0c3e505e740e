import { EMPTY, lastValueFrom, type Observable, of, throwError, toArray } from 'rxjs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { endedAt, observed } from '../../../../../test/jest/observations';
import { runCsv } from '../../../export/results/run-export';
import { type RemoteCommand, RemoteError } from '../../../wac/remote-shell';
import { makePlan } from '../../plan/probe-plan';
import type { Observation } from '../../probe/observation';
import { readRunCsv } from '../../record/read/read-run-csv';
import { readRunFile } from '../../record/read/read-run-file';
import { runRecord } from '../../record/run-file';
import schema from '../../record/run-file.schema.json';
import { checkNode } from '../checks/node-check';
import { type RunState, startRun } from '../run';
import { nodeEnded, reportArrived } from '../run-steps';

const NODE = { name: 'node1', fqdn: 'node1.contoso.local', state: 'up' } as const;
const DIRECT = { machineWide: false, server: '', bypass: [], pacUrl: '', autoDetect: false, readable: true };
const [FOUR, SIX] = ['192.0.2.1', '2001:db8::1'];
const PLAN = makePlan(
  ['a.example', 'b.example'].map(host => ({ host, port: 443, protocol: 'https', rule: { id: host } })),
);

/** What a node sees of a host to which it connected at an address. */
function at(address: string, change: Partial<Observation> = {}): Observation {
  const whole = observed(change);
  const phases = whole.phases.map(step =>
    step.phase === 'connect' && step.outcome === 'ok' ? { ...step, detail: address } : step,
  );
  return { ...whole, phases, addresses: [address] };
}
const ofB = { id: 'b.example:443/https', host: 'b.example' };
const refused = (address: string): Observation => ({
  ...endedAt({ phase: 'connect', code: 'ConnectionRefused', detail: `${address}: refused` }),
  addresses: [address],
});

/** What is asked of a node, and the run that comes of it. */
async function check(
  measured: readonly unknown[],
  names: Observable<unknown>,
  again: (endpoints: readonly { id: string }[], addresses: readonly string[]) => Observable<unknown>,
) {
  const calls: RemoteCommand[] = [];
  const run = (_: string, command: RemoteCommand): Observable<unknown> => {
    calls.push(command);
    if (command.name === 'Get-ProxySetting') return of(DIRECT);
    if (command.name === 'Resolve-EndpointName') return names;
    const { Endpoints, ConnectTo } = command.parameters ?? {};
    return ConnectTo === undefined
      ? of(...measured)
      : again(Endpoints as unknown as { id: string }[], ConnectTo as string[]);
  };
  const request = {
    ...({ cluster: 'c', cloud: 'public', features: [], timeoutMs: 5000 } as const),
    edition: { id: 'e', published: '', name: '' },
  } as const;
  let state: RunState = startRun(request, PLAN, [NODE], '2026-11-24T07:00:00.000Z');
  const written = await lastValueFrom(
    checkNode({ run }, NODE, PLAN.targets, { timeoutMs: 5000 }, () => undefined).pipe(toArray()),
  );
  for (const value of written) state = reportArrived(state, NODE.name, value);
  state = nodeEnded(state, NODE.name, 'no-report', '', '2026-11-24T07:00:06.000Z');
  const other = (host: string) => state.cells.get(NODE.name)?.get(`${host}:443/https`)?.otherFamily;
  return { state, other, tried: calls.filter(each => each.parameters?.['ConnectTo'] !== undefined) };
}

const BOTH = of(`R\tA.example\t\t${FOUR},${SIX}\nR\tb.example\t\t${SIX},${FOUR}`);
const nothing = () => EMPTY;

describe('A name with addresses of both families', () => {
  it('is tried once more at the family that the probe did not take, all of a node in one call', async () => {
    const { tried, other, state } = await check([at(FOUR), at(SIX, ofB)], BOTH, () =>
      of(refused(SIX), at(FOUR, ofB)),
    );
    expect(tried.map(({ parameters }) => parameters?.['ConnectTo'])).toEqual([[SIX, FOUR]]);
    expect(other('a.example')).toEqual({
      ...{ address: SIX, verdict: 'refused', cause: 'connection-refused', ms: 10 },
      detail: `ConnectionRefused: ${SIX}: refused`,
    });
    expect(other('b.example')).toMatchObject({ address: FOUR, cause: 'answered', detail: '' });
    // The result itself stays what it was.
    expect(state.cells.get('node1')?.get('a.example:443/https')?.cause).toBe('answered');
  });

  it.each([
    ['the name has one family', [at(FOUR)], of(`R\ta.example\t\t${FOUR},192.0.2.7`)],
    ['it went by a proxy', [at(FOUR, { route: 'proxy' })], BOTH],
    ['it did not connect: then the probe tried both', [refused(FOUR)], BOTH],
    ['nobody told where it connected', [observed()], BOTH],
    ['the names could not be asked for', [at(FOUR)], throwError(() => new Error('no'))],
  ])('is not tried again where %s', async (_, measured, names) => {
    const { tried } = await check(measured, names, nothing);
    expect(tried).toEqual([]);
  });

  it.each([
    ['the call fails', () => throwError(() => new RemoteError('script', 'node1', 'no'))],
    ['the node says nothing', nothing],
    ['the node speaks of something else', () => of(at(SIX, { id: 'c' }), 7, null)],
  ])('takes nothing from the check where %s', async (_, again) => {
    const { other, state } = await check([at(FOUR), at(SIX, ofB)], BOTH, again);
    expect(other('a.example')).toBeUndefined();
    expect(state.nodes[0]).toMatchObject({ badReports: 0 });
    expect(state.cells.get('node1')?.get('a.example:443/https')?.cause).toBe('answered');
  });

  it('comes back from JSON, by its schema, and from CSV', async () => {
    const { state, other } = await check([at(FOUR), at(SIX, ofB)], BOTH, () => of(refused(SIX)));
    const written: unknown = JSON.parse(
      JSON.stringify(runRecord(state, { tool: { name: 't', version: '1' } })),
    );
    const isValid = new Ajv2020({ strict: true }).compile(schema);
    expect(isValid(written) || isValid.errors).toBe(true);
    const unsaid = { cluster: 'c', now: '2026-11-24T07:00:00.000Z' };
    for (const read of [readRunFile(JSON.stringify(written)), readRunCsv(runCsv(state), unsaid)]) {
      const cells = read?.cells.get('node1');
      expect(cells?.get('a.example:443/https')?.otherFamily).toEqual(other('a.example'));
      expect(cells?.get('b.example:443/https')?.otherFamily).toBeUndefined();
    }
  });
});
