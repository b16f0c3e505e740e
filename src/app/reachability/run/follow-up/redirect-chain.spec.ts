import { concat, lastValueFrom, NEVER, type Observable, of, Subject, throwError, toArray } from 'rxjs';
import { ANSWER, observed } from '../../../../../test/jest/observations';
import { nodeNamed, STARTED } from '../../../../../test/jest/runs';
import { makePlan, type PlanEntry, type PlanRow } from '../../plan/probe-plan';
import type { ProbeResult } from '../../verdict/probe-result';
import { followRedirects, HopReport, RedirectTrail } from './follow-redirects';
import { chainOf, trailOf } from './redirect-chain';
import { repeatRun } from '../repeat-run';
import { type RunState, startRun } from '../run';
import { nodeEnded, reportArrived } from '../run-steps';

const REQUEST = {
  cluster: 'hci',
  cloud: 'public',
  features: [],
  edition: { id: 'e', published: '2022-01-27', name: 'E' },
  timeoutMs: 5000,
} as const;

function row(host: string, more: Partial<PlanRow> = {}): PlanRow {
  return { host, port: 443, protocol: 'https', rule: { id: host }, ...more };
}

/** What a host answers: the address to which it leads on, or nothing. */
function answer({ id, host, port, protocol }: PlanEntry, location = ''): object {
  const kind = protocol === 'udp' ? 'tcp' : protocol;
  const http = { ...ANSWER, status: location === '' ? 200 : 302, location };
  return { ...observed({ protocol: kind, http }), id, host, port };
}

function runOf(rows: readonly PlanRow[]): RunState {
  return startRun(REQUEST, makePlan(rows), [nodeNamed('n1')], STARTED);
}

/** Follows what the endpoints answer, at hosts that answer as `world` has it. */
async function follow(
  rows: readonly PlanRow[],
  world: Readonly<Record<string, string>>,
): Promise<{ readonly run: RunState; readonly asked: readonly (readonly PlanEntry[])[] }> {
  let run = runOf(rows);
  const asked: (readonly PlanEntry[])[] = [];
  const trail = new RedirectTrail(run, 'n1');
  const say = (entries: readonly PlanEntry[]): readonly object[] =>
    entries
      .filter(({ host }) => world[host] !== 'silent')
      .map(entry => answer(entry, world[`${entry.host}:${entry.port}`] ?? world[entry.host]));
  const measured = say(run.plan.targets);
  for (const report of measured) run = reportArrived(run, 'n1', report);
  const hops = await lastValueFrom(
    followRedirects(of(...measured), trail, entries => {
      asked.push(entries);
      return of(...say(entries));
    }).pipe(toArray()),
  );
  for (const hop of hops) run = reportArrived(run, 'n1', hop);
  return { run: nodeEnded(run, 'n1', 'no-report', '', STARTED), asked };
}

function chain({ plan, ...run }: RunState, host: string): readonly (readonly unknown[])[] {
  const entry = plan.targets.find(target => target.host === host);
  if (entry === undefined) throw new Error(`${host} is no endpoint.`);
  return chainOf(trailOf({ plan, ...run }, 'n1'), entry).map(hop => [
    hop.host === undefined ? '' : `${hop.host}:${hop.port}`,
    hop.listed.kind,
    hop.refused ?? hop.result?.verdict ?? 'untried',
  ]);
}
const hosts = (asked: readonly (readonly PlanEntry[])[]): readonly (readonly string[])[] =>
  asked.map(entries => entries.map(({ host }) => host));

describe('Redirects', () => {
  it('are followed hop by hop, each new host compared with the list', async () => {
    const { run, asked } = await follow(
      [row('a.example'), row('*.wild.example'), row('c.example'), row('d.example', { port: 8443 })],
      {
        'a.example': 'https://x.wild.example/',
        'x.wild.example': 'https://b.example/path',
        'b.example': 'https://c.example/',
        'c.example': 'https://d.example/',
      },
    );
    expect(chain(run, 'a.example')).toEqual([
      ['x.wild.example:443', 'pattern', 'reachable'],
      ['b.example:443', 'none', 'reachable'],
      ['c.example:443', 'itself', 'reachable'],
      ['d.example:443', 'other-port', 'reachable'],
    ]);
    expect(hosts(asked)).toEqual([['x.wild.example', 'd.example'], ['b.example']]);
    expect(asked[1]?.[0]).toMatchObject({ path: '/path', rules: [] });
  });

  it('leave the endpoints as they are', async () => {
    const { run } = await follow([row('a.example')], { 'a.example': 'https://b.example/' });
    expect([...(run.cells.get('n1') ?? [])].map(([id, { verdict }]) => [id, verdict])).toEqual([
      ['a.example:443/https', 'reachable'],
    ]);
  });

  it('go the way of the endpoint’s own client', async () => {
    const { asked } = await follow([row('a.example', { connects: 'agent' }), row('b.example')], {
      'a.example': 'https://c.example/',
      'b.example': 'https://c.example/',
    });
    expect(asked[0]?.map(({ host, connects }) => [host, connects])).toEqual([
      ['c.example', 'agent'],
      ['c.example', undefined],
    ]);
  });

  it('end where they lead back', async () => {
    const { run, asked } = await follow([row('a.example')], {
      'a.example': 'https://b.example/',
      'b.example': 'http://a.example/',
      'a.example:80': 'https://a.example/',
    });
    expect(chain(run, 'a.example').map(([door, , state]) => [door, state])).toEqual([
      ['b.example:443', 'reachable'],
      ['a.example:80', 'not-proven'],
      ['a.example:443', 'loop'],
    ]);
    expect(asked).toHaveLength(2);
  });

  it('end after five hops', async () => {
    const world = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`h${index}.example`, `https://h${index + 1}.example/`]),
    );
    const { run, asked } = await follow([row('h0.example')], world);
    expect(chain(run, 'h0.example').map(([, , state]) => state)).toEqual([
      ...Array<string>(5).fill('reachable'),
      'too-many',
    ]);
    expect(asked).toHaveLength(5);
  });

  it('lead to twenty hosts of a node at the most', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `h${index}`);
    const { run, asked } = await follow(
      names.map(name => row(`${name}.example`)),
      Object.fromEntries(names.map(name => [`${name}.example`, `https://to-${name}.example/`])),
    );
    expect(asked.map(({ length }) => length)).toEqual([20]);
    expect(chain(run, 'h19.example')[0]?.[2]).toBe('reachable');
    expect(chain(run, 'h20.example')[0]?.[2]).toBe('limit');
  });

  it('of one host are tried once, whoever leads there and however often', async () => {
    const { asked } = await follow([row('a.example'), row('b.example')], {
      'a.example': 'https://c.example/x',
      'b.example': 'https://c.example/y',
    });
    expect(hosts(asked)).toEqual([['c.example']]);
  });

  it('say of a host that gave no report that it was not tried', async () => {
    const { run, asked } = await follow([row('a.example')], {
      'a.example': 'https://b.example/',
      'b.example': 'silent',
    });
    expect(chain(run, 'a.example')).toEqual([['b.example:443', 'none', 'untried']]);
    expect(asked).toHaveLength(1);
  });

  it('are not followed where nobody may go', async () => {
    const { run, asked } = await follow([row('a.example')], { 'a.example': 'http://10.0.0.1/admin' });
    expect(chain(run, 'a.example')).toEqual([['10.0.0.1:80', 'none', 'address']]);
    expect(asked).toEqual([]);
  });
});

describe('Following redirects', () => {
  const run = runOf([row('a.example')]);
  const [target] = run.plan.targets;
  const redirect = target && answer(target, 'https://b.example/');

  it('begins while what is silent has its time', () => {
    jest.useFakeTimers();
    const measured = new Subject<unknown>();
    const asked: string[] = [];
    const work = followRedirects(measured, new RedirectTrail(run, 'n1'), entries => {
      asked.push(...entries.map(({ host }) => host));
      return NEVER;
    }).subscribe();
    measured.next(redirect);
    jest.advanceTimersByTime(499);
    expect(asked).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(asked).toEqual(['b.example']);
    work.unsubscribe();
    jest.useRealTimers();
  });

  it('takes nothing from the check when it fails, and no report for another host’s', async () => {
    const all = (reports: Observable<unknown>): Promise<readonly HopReport[]> =>
      lastValueFrom(
        followRedirects(of(redirect), new RedirectTrail(run, 'n1'), () => reports).pipe(toArray()),
      );
    const wrong = observed({ id: 'a.example:443/https' });
    const failing = concat(
      of(wrong, null, 7),
      throwError(() => new Error('gone')),
    );
    expect(await all(failing)).toEqual([]);
    const entry = { ...run.plan.targets[0], id: '> b.example:443/https', host: 'b.example' } as PlanEntry;
    const forged = new HopReport(entry, observed({ id: entry.id, host: 'c.example' }));
    const after = reportArrived(run, 'n1', forged);
    expect(after.hops).toBeUndefined();
    expect(after.nodes[0]?.badReports).toBe(1);
  });
});

describe('Measuring a part again', () => {
  it('keeps where the others lead, and forgets where these led', async () => {
    const { run } = await follow([row('a.example'), row('b.example'), row('c.example')], {
      'a.example': 'https://to-a.example/',
      'b.example': 'https://to-b.example/',
      'c.example': 'https://to-b.example/',
    });
    const again = (wanted: (result: ProbeResult) => boolean): readonly string[] => [
      ...(repeatRun(run, wanted, [nodeNamed('n1')], STARTED)
        .hops?.get('n1')
        ?.keys() ?? []),
    ];
    expect(again(({ host }) => host === 'a.example')).toEqual(['> to-b.example:443/https']);
    expect(again(({ host }) => host === 'b.example')).toHaveLength(2);
    expect(again(() => true)).toEqual([]);
  });
});
