import * as fc from 'fast-check';
import { keepRun, readKeptRun } from './kept-run';
import { makePlan } from '../plan/probe-plan';
import { cancelRun, proxyKnown, reportArrived, type RunState, startRun } from './run';
import { observed } from '../../../../test/jest/observations';

function cancelledRun(): RunState {
  const plan = makePlan([
    { host: 'a.example', port: 443, protocol: 'https', rule: { id: 'a' } },
    { host: '*.b.example', port: 443, protocol: 'https', rule: { id: 'b' } },
  ]);
  const request = {
    cluster: 'hci',
    cloud: 'china',
    features: ['f'],
    edition: { id: 'e', published: '2022-01-27', name: 'E' },
    timeoutMs: 5000,
  } as const;
  const nodes = ['up', 'down'] as const;
  let run = startRun(
    request,
    plan,
    nodes.map((state, index) => ({ name: `n${index}`, fqdn: `n${index}.x`, state })),
    '2026-11-24T07:00:00.000Z',
  );
  run = proxyKnown(run, 'n0', 'proxy:1', ['script']);
  run = reportArrived(run, 'n0', observed({ route: 'proxy' }));
  return cancelRun(run, '2026-11-24T07:00:01.000Z');
}

/** Every path to a value inside a JSON value. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))
      : [];
  return path.length > 0 ? [path, ...inner] : inner;
}

describe('A kept run', () => {
  it('comes back as it was', () => {
    const run = cancelledRun();
    expect(readKeptRun(keepRun(run))).toEqual(run);
  });

  it('never comes back with a verdict that its cause does not have', () => {
    const changed = keepRun(cancelledRun()).replaceAll('"verdict":"not-tested"', '"verdict":"reachable"');
    expect(readKeptRun(changed)).toEqual(cancelledRun());
  });

  it.each(['', '{', 'null', '[]', '{"form":0}', '{"form":1}', '{"form":1,"request":{}}'])(
    'is forgotten when it reads %j',
    text => {
      expect(readKeptRun(text)).toBeUndefined();
    },
  );

  it('is forgotten, or whole, whatever was done to it', () => {
    const json = JSON.parse(keepRun(cancelledRun())) as object;
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(json)), fc.jsonValue(), (path, value) => {
        const changed = JSON.parse(JSON.stringify(json)) as Record<string, unknown>;
        let place = changed;
        for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
        place[path.at(-1) ?? ''] = value;
        const run = readKeptRun(JSON.stringify(changed));
        if (run === undefined) return;
        expect(['finished', 'cancelled']).toContain(run.status);
        expect(typeof run.request.cluster).toBe('string');
        for (const cells of run.cells.values())
          for (const cell of cells.values()) expect(typeof cell.host).toBe('string');
      }),
      { numRuns: 1000 },
    );
  });
});
