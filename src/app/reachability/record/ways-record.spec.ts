import { Ajv2020 } from 'ajv/dist/2020.js';
import { nodeNamed, runOf } from '../../../../test/jest/runs';
import { runCsv } from '../../export/results/run-export';
import { repeatRun } from '../run/repeat-run';
import { MOST_TRIED, type WayTried, withWays } from '../run/ways-tried';
import type { ProbeResult } from '../verdict/probe-result';
import { notMeasured } from '../verdict/result';
import { pack, unpack } from './packing';
import { readRunCsv } from './read/read-run-csv';
import { readRunFile, readRunRecord } from './read/read-run-file';
import { runRecord } from './run-file';
import schema from './run-file.schema.json';

const bare = runOf(['n1'], ['a.example:443', 'b.example:443']);
const ID = 'a.example:443/https';
const result = bare.cells.get('n1')?.get(ID);
const run = withWays(bare, 'n1', ID, {
  startedAt: '2026-11-24T08:00:00.000Z',
  ways: [
    { kind: 'direct', proxy: '', isOwn: true, ...(result && { result }) },
    { kind: 'agent', isOwn: false },
  ],
});
const file = JSON.stringify(runRecord(run));

describe('the ways of an endpoint in the record of a run', () => {
  it('come back as they were, from a file and from the shelf, and change no result', () => {
    const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);
    validate(JSON.parse(file));
    expect(validate.errors).toBeNull();
    expect(run.ways?.size).toBe(1);
    expect(readRunFile(file)?.ways).toEqual(run.ways);
    expect(unpack(pack(run))?.ways).toEqual(run.ways);
    expect(readRunFile(file)?.cells).toEqual(bare.cells);
  });

  it('come back from the table, as far as they were measured', () => {
    const read = readRunCsv(runCsv(run), { cluster: '', now: '' });
    const tried = read?.ways?.get('n1')?.get(ID);
    expect(tried?.ways).toMatchObject([
      { kind: 'direct', isOwn: true, proxy: '', result: { cause: result?.cause } },
    ]);
    expect(read?.cells.get('n1')?.size).toBe(2);
    const odd = readRunCsv(runCsv(run).replace('way direct own', 'way magic own'), { cluster: '', now: '' });
    expect(odd?.ways).toBeUndefined();
    expect(odd?.cells.get('n1')?.size).toBe(2);
  });

  it('come back also through a proxy, and where nothing was measured', () => {
    const [target] = bare.plan.targets;
    if (result === undefined || target === undefined) throw new Error('No result');
    const tunnel = { phase: 'proxy', ms: 10, outcome: 'ok', detail: '' } as const;
    const [name, connect, ...others] = result.phases;
    if (name === undefined || connect === undefined) throw new Error('No steps');
    const through = (proxy: string): ProbeResult => ({
      ...result,
      ...{ route: { kind: 'proxy', proxy }, phases: [name, connect, tunnel, ...others] },
    });
    const untold = notMeasured('n1', target, 'gateway-failed');
    const ways: readonly WayTried[] = [
      { kind: 'direct', proxy: '', isOwn: false, result: untold },
      {
        kind: 'wininet',
        proxy: 'Proxy.Contoso.com:8080',
        isOwn: true,
        result: through('proxy.contoso.com:8080'),
      },
      { kind: 'winhttp', proxy: '', isOwn: false, result: untold },
      { kind: 'agent', isOwn: false, result: untold },
      // The interpreted probe writes it without brackets.
      { kind: 'proxy', proxy: '[2001:db8::1]:3128', isOwn: false, result: through('2001:db8::1:3128') },
    ];
    const tried = withWays(bare, 'n1', ID, { startedAt: '2026-11-24T08:00:00.000Z', ways });
    expect(readRunFile(JSON.stringify(runRecord(tried)))?.ways).toEqual(tried.ways);
    const read = readRunCsv(runCsv(tried), { cluster: '', now: '' });
    expect(read?.ways?.get('n1')?.get(ID)?.ways).toMatchObject(
      ways.map(({ kind, isOwn, ...way }) => ({
        kind,
        isOwn,
        ...(way.proxy !== undefined && { proxy: way.proxy }),
      })),
    );
  });

  it('are kept of the newest endpoints only', () => {
    const doors = Array.from({ length: MOST_TRIED + 3 }, (_, index) => `h${index}.example:443`);
    const many = runOf(['n1'], doors);
    const all = doors.reduce((known, door, index) => {
      const one = many.cells.get('n1')?.get(`${door}/https`);
      return withWays(known, 'n1', `${door}/https`, {
        startedAt: new Date(Date.UTC(2026, 10, 24, 8, 0, (index * 7) % doors.length)).toISOString(),
        ways: [{ kind: 'direct', proxy: '', isOwn: true, ...(one && { result: one }) }],
      });
    }, many);
    const kept = [...(all.ways?.get('n1')?.values() ?? [])].map(({ startedAt }) => startedAt).sort();
    expect(kept).toHaveLength(MOST_TRIED);
    expect(kept[0]).toBe('2026-11-24T08:00:03.000Z');
  });

  it('go with the results that are measured again', () => {
    const again = (host: string) =>
      repeatRun(run, each => each.host === host, [nodeNamed('n1')], '2026-11-24T09:00:00.000Z');
    expect(again('a.example')).not.toHaveProperty('ways');
    expect(again('b.example').ways).toEqual(run.ways);
  });

  it('are not there in a run from before', () => {
    expect(readRunRecord(runRecord(bare))).not.toHaveProperty('ways');
  });

  it.each([
    ['another node', '"ways":[{"node":"n1"', '"ways":[{"node":"n9"'],
    ['another endpoint', `"endpoint":"${ID}"`, '"endpoint":"b.example:443/https"'],
    ['a way that its result did not go', '"own":true,"proxy":""', '"own":true,"proxy":"p:1"'],
  ])('are dropped where they are of %s', (_, from, to) => {
    expect(file).toContain(from);
    expect(readRunFile(file.replace(from, to))).not.toHaveProperty('ways');
  });

  it('are refused with their file where they are no ways', () => {
    expect(readRunFile(file.replace('"way":"direct"', '"way":"magic"'))).toBeUndefined();
  });
});
