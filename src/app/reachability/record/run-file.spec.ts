import * as fc from 'fast-check';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { findingsOf } from '../finding/findings';
import { readRunFile } from './read/read-run-file';
import { findingRecords, runRecord } from './run-file';
import schema from './run-file.schema.json';
import { englishStrings } from '../../../../test/jest/strings';
import { makeText } from '../../ui/words/make-text';
import { makePlan } from '../plan/probe-plan';
import { type RunState, startRun } from '../run/run';
import { cancelRun, proxyKnown, reportArrived } from '../run/run-steps';
import { observed } from '../../../../test/jest/observations';

function cancelledRun(): RunState {
  const plan = makePlan([
    { host: 'a.example', port: 443, protocol: 'https', rule: { id: 'a' } },
    { host: 'c.example', port: 443, protocol: 'https', connects: 'agent', rule: { id: 'c' } },
    { host: '*.b.example', port: 443, protocol: 'https', rule: { id: 'b' } },
  ]);
  const request = {
    cluster: 'hci',
    cloud: 'china',
    features: ['f'],
    edition: { id: 'e', published: '2022-01-27', name: 'E' },
    timeoutMs: 5000,
    way: { kind: 'proxy', proxy: 'forced:1' },
  } as const;
  const nodes = ['up', 'down'] as const;
  let run = startRun(
    request,
    plan,
    nodes.map((state, index) => ({ name: `n${index}`, fqdn: `n${index}.x`, state })),
    '2026-11-24T07:00:00.000Z',
  );
  run = proxyKnown(run, 'n0', 'proxy:1', ['script']);
  const { phases } = observed({ route: 'proxy' });
  const slowly = phases.map(step => ({ ...step, ms: step.phase === 'proxy' ? 3000 : step.ms }));
  run = reportArrived(run, 'n0', observed({ route: 'proxy', client: 'agent', phases: slowly }));
  return cancelRun(run, '2026-11-24T07:00:01.000Z');
}

const written = (run: RunState): string => JSON.stringify(runRecord(run));

/** Every path to a value inside a JSON value. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))
      : [];
  return path.length > 0 ? [path, ...inner] : inner;
}

describe('A run in a file', () => {
  it('fits its schema, with findings and without', () => {
    const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);
    const run = cancelledRun();
    const findings = findingRecords(findingsOf(run, []), makeText(englishStrings()));
    for (const file of [runRecord(run), runRecord(run, { tool: { name: 'x', version: '1' }, findings })]) {
      validate(JSON.parse(JSON.stringify(file)));
      expect(validate.errors).toBeNull();
    }
    expect(findings.length).toBeGreaterThan(0);
  });

  it('keeps what is still to be measured, and where answers lead', () => {
    const http = {
      status: 302,
      server: '',
      via: '',
      location: 'https://other.example/',
      headers: ['x-ms-id'],
    };
    const plan = makePlan(
      ['a.example', 'b.example'].map(host => ({ host, port: 443, protocol: 'https', rule: { id: host } })),
    );
    const { request, nodes } = cancelledRun();
    let run = startRun(
      { ...request, region: 'eastus', by: 'CONTOSO\\admin' },
      plan,
      nodes.map(each => each.node),
      '2026-11-24T07:00:00.000Z',
    );
    run = reportArrived(run, 'n0', observed({ http }));
    expect(run.cells.get('n0')?.get('a.example:443/https')?.next?.host).toBe('other.example');
    expect(readRunFile(written(run))).toEqual(run);
  });

  it('comes back as it was', () => {
    const run = cancelledRun();
    expect(readRunFile(written(run))).toEqual(run);
  });

  it('never comes back with a verdict that its cause does not have', () => {
    const changed = written(cancelledRun()).replaceAll('"verdict":"not-tested"', '"verdict":"reachable"');
    expect(readRunFile(changed)).toEqual(cancelledRun());
  });

  it.each(['', '{', 'null', '[]', '{"version":1}', '{"format":"outbound-connectivity/run","version":2}'])(
    'is forgotten when it reads %j',
    text => {
      expect(readRunFile(text)).toBeUndefined();
    },
  );

  it('is forgotten, or whole, whatever was done to it', () => {
    const json = JSON.parse(written(cancelledRun())) as object;
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(json)), fc.jsonValue(), (path, value) => {
        const changed = JSON.parse(JSON.stringify(json)) as Record<string, unknown>;
        let place = changed;
        for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
        place[path.at(-1) ?? ''] = value;
        const run = readRunFile(JSON.stringify(changed));
        if (run === undefined) return;
        expect(['running', 'finished', 'cancelled', 'interrupted']).toContain(run.status);
        expect(typeof run.request.cluster).toBe('string');
        for (const cells of run.cells.values())
          for (const cell of cells.values()) expect(typeof cell.host).toBe('string');
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});
