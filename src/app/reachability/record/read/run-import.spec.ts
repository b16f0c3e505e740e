import { Ajv2020 } from 'ajv/dist/2020.js';
import { nodeNamed, runOf } from '../../../../../test/jest/runs';
import { runCsv } from '../../../export/results/run-export';
import measurementsSchema from '../measurements.schema.json';
import { runRecord } from '../run-file';
import runSchema from '../run-file.schema.json';
import { readRunCsv } from './read-run-csv';
import { readRunFile } from './read-run-file';

const compile = (schema: object) => new Ajv2020({ allErrors: true, strict: true }).compile(schema);
const UNSAID = { cluster: 'hci', now: '2026-11-26T00:00:00.000Z' };
const refused = {
  phases: [{ phase: 'connect', ms: 12.5, outcome: 'failed', code: 'ConnectionRefused', detail: '=cmd|calc' }],
} as const;

const run = runOf(
  ['n1', nodeNamed('n2', 'down')],
  ['a.example:443', 'b.example:80', 'c.example:443'],
  (_, { host }) => (host === 'a.example' ? {} : { ...refused, http: null, certificates: [] }),
);

/** What a person sees: of each result its node, endpoint and verdict. */
const verdicts = (read: ReturnType<typeof readRunFile>) =>
  [...(read?.cells ?? [])].flatMap(([node, cells]) =>
    [...cells].map(
      ([id, { verdict, cause, phases }]) =>
        `${node} ${id} ${verdict} ${cause} ${phases.at(-1)?.detail ?? ''}`,
    ),
  );

describe('a run from a file', () => {
  it('is read without a password that an earlier version kept in it', () => {
    const text = JSON.stringify(runRecord(run)).replace(
      '"proxy":null',
      '"proxy":"http://user:word@proxy.contoso.com:8080"',
    );
    const read = readRunFile(text);
    expect(read?.nodes[0]?.proxy).toBe('http://***@proxy.contoso.com:8080');
  });
});

describe('a run from a table', () => {
  const csv = runCsv(run);
  it.each([
    ['as it was written', csv],
    ['with a mark in front', `\uFEFF${csv}`],
    [
      'as a German spreadsheet saves it',
      csv.replaceAll('12.5', '12,5').replace(/,/g, ';').replaceAll('12;5', '"12,5"'),
    ],
  ])('has the same verdicts: %s', (_, text) => {
    const read = readRunCsv(text, UNSAID);
    expect(verdicts(read)).toEqual(verdicts(run));
    expect(read).toMatchObject({
      status: 'finished',
      request: { cluster: 'hci.contoso.local', cloud: 'public', edition: { id: '2024-06' } },
      ...{ startedAt: run.startedAt, endedAt: run.endedAt },
    });
    expect(read?.plan.targets.map(({ id }) => id)).toEqual(run.plan.targets.map(({ id }) => id));
  });

  it('takes a table from before it said of which run it was', () => {
    const old = csv
      .split('\r\n')
      .map(line => line.split(',').slice(0, 26).join(','))
      .join('\r\n');
    expect(readRunCsv(old, UNSAID)).toMatchObject({ request: { cluster: 'hci', edition: { id: '' } } });
    expect(verdicts(readRunCsv(old, UNSAID))).toEqual(verdicts(run));
  });

  it('never takes a verdict that its cause does not have, nor a cause that it does not know for an answer', () => {
    const changed = csv.replaceAll('refused,connection-refused', 'reachable,connection-refused');
    expect(verdicts(readRunCsv(changed, UNSAID))).toEqual(verdicts(run));
    const unknown = readRunCsv(csv.replaceAll('connection-refused', 'all-is-well'), UNSAID);
    expect(verdicts(unknown).filter(text => text.includes('unclear-report'))).toHaveLength(2);
  });

  it.each(['', 'a,b\n1,2\n', 'host,port\nx,1\n', csv.split('\r\n')[0] ?? '', csv.replaceAll('443', 'x')])(
    'refuses what is none (%#)',
    text => {
      expect(readRunCsv(text, UNSAID)).toBeUndefined();
    },
  );
});

describe('a run from before files had a version', () => {
  const { format, version, endpoints, by, since, ...rest } = JSON.parse(
    JSON.stringify(runRecord(run, { tool: { name: 'Outbound connectivity', version: '0.1.0' } })),
  ) as Record<string, unknown> & { nodes: object[]; selection: object };
  const old = {
    ...rest,
    selection: { features: ['f'], timeoutMs: 5000 },
    nodes: rest.nodes.map(node => ({
      ...node,
      check: undefined,
      sources: undefined,
      ended: undefined,
      notices: ['gone'],
    })),
  };

  it('has the same verdicts', () => {
    expect([format, version, Array.isArray(endpoints), by, since]).toEqual([
      ...['outbound-connectivity/run', 1, true, null, null],
    ]);
    const read = readRunFile(JSON.stringify(old));
    expect(verdicts(read)).toEqual(verdicts(run));
    expect(read?.nodes.map(({ node, state }) => [node.name, state])).toEqual([
      ['n1', 'done'],
      ['n2', 'done'],
    ]);
  });

  it('is not taken with a time that no list of runs could hold', () => {
    for (const startedAt of ['+010000-01-01T00:00:00.000Z', '-000001-01-01T00:00:00.000Z'])
      expect(readRunFile(JSON.stringify({ ...old, startedAt }))).toBeUndefined();
    expect(readRunFile(JSON.stringify({ ...old, startedAt: '9999-01-01T00:00:00.000Z' }))).toBeDefined();
  });

  it('is not taken from another tool', () => {
    expect(readRunFile(JSON.stringify({ ...old, tool: { name: 'other' } }))).toBeUndefined();
  });
});

describe('what an offline check measured', () => {
  const endpoint = (host: string, more: object = {}) => ({
    ...{ host, port: 443, protocol: 'https', rules: ['r'], standsFor: [], untested: null },
    ...more,
  });
  const setting = {
    ...{ computerName: 'N1', machineWide: true, perUserPolicy: 0, server: 'p:8080', bypass: [], pacUrl: '' },
    ...{ autoDetect: false, readable: true, leftoverServer: '', languageMode: 'ConstrainedLanguage' },
    addresses: ['10.0.0.7'],
    values: ['winhttp=absent'],
    arcAgent: { proxyUrl: 'http://agent:1', proxyBypass: '', connectionType: '' },
  };
  const file = {
    ...{ format: 'outbound-connectivity/measurements', version: 1, node: 'N1', by: 'X\\y' },
    list: {
      ...{ cluster: 'hci', cloud: 'public', edition: { id: 'e', published: '2022-01-27', name: 'E' } },
      tool: { name: 'Outbound connectivity', version: '0.1.0' },
      selection: { features: ['f'], region: null, vendor: null, arcGateway: false, timeoutMs: 5000 },
      endpoints: [
        endpoint('a.example'),
        endpoint('agent.example', { connects: 'agent' }),
        endpoint('b.example'),
        endpoint('time.example', { port: 123, protocol: 'udp' }),
        endpoint('*.c.example', { untested: 'wildcard-without-known-host' }),
      ],
    },
    ...{ way: { kind: 'own' }, timeoutMs: 5000, setting },
    ...{ startedAt: '2026-11-26T01:00:00.0000000Z', endedAt: '2026-11-26T01:00:05.0000000Z' },
    outcomes: ['not-connected', 'not-connected', 'no-report', 'time-told'],
    proxies: ['p:8080', 'p:8080', 'p:8080', ''],
    times: ['B\t2026-11-26T01:00:00.0000000Z', 'M0\t\t192.0.2.1\t5\t20\t10:00:00, +00.0012345s'],
    reports: [
      'B\t2026-11-26T01:00:00.0000000Z',
      'T0\t7\t000\t000\t\t0.001\t0\t0\t0\t0.01\t0\tFailed to connect\nA\t10.0.0.1\tConnection refused',
      'T1\t7\t000\t000\t\t0.001\t0\t0\t0\t0.01\t0\tFailed to connect',
    ],
  };

  it('is judged here: refused by the proxy, measured otherwise, without a report, not tested', () => {
    const read = readRunFile(JSON.stringify(file));
    expect(
      [...(read?.cells.get('N1') ?? [])]
        .map(([id, { verdict, cause }]) => `${id} ${verdict} ${cause}`)
        .sort(),
    ).toEqual([
      '*.c.example:443/https not-tested wildcard-without-known-host',
      'a.example:443/https refused proxy-refused',
      'agent.example:443/https not-tested measured-otherwise',
      'b.example:443/https not-tested no-report',
      'time.example:123/udp not-proven time-answered',
    ]);
    expect(read).toMatchObject({ status: 'finished', request: { by: 'X\\y', cluster: 'hci' } });
    expect(read?.nodes[0]).toMatchObject({
      proxy: 'p:8080',
      badReports: 0,
      notices: ['winhttp-direct', 'constrained'],
    });
  });

  it('fits its schema, which asks for every field that the reader needs', () => {
    const validate = compile(measurementsSchema);
    validate(file);
    expect(validate.errors).toBeNull();
    for (const name of measurementsSchema.required)
      expect([name, validate({ ...file, [name]: undefined })]).toEqual([name, false]);
    // From before the script wrote what it had printed.
    expect(validate({ ...file, outcomes: undefined })).toBe(true);
  });

  it('is written as any run, and read again as the same', () => {
    const read = readRunFile(JSON.stringify(file)) ?? run;
    const written: unknown = JSON.parse(JSON.stringify(runRecord(read)));
    const validate = compile(runSchema);
    validate(written);
    expect(validate.errors).toBeNull();
    const again = readRunFile(JSON.stringify(written)) ?? run;
    expect([...verdicts(again)].sort()).toEqual([...verdicts(read)].sort());
    expect(JSON.parse(JSON.stringify(runRecord(again)))).toEqual(written);
    const asTable = readRunCsv(runCsv(read), UNSAID);
    // A table has the words of what failed only.
    const words = (each: string) => each.split(' ').slice(0, 4).join(' ');
    expect([...verdicts(asTable)].map(words).sort()).toEqual([...verdicts(read)].map(words).sort());
  });

  it('counts what it cannot read, and believes no other endpoint', () => {
    const reports = ['T9\t0\t200', 7, { id: 'a.example:443/https' }, 'x'];
    const read = readRunFile(JSON.stringify({ ...file, reports, times: [] }));
    expect(read?.nodes[0]?.badReports).toBe(4);
    expect(
      [...(read?.cells.get('N1')?.values() ?? [])].every(({ verdict }) => verdict === 'not-tested'),
    ).toBe(true);
  });

  it.each([
    { version: 2 },
    { way: { kind: 'elsewhere' } },
    { setting: { ...setting, readable: false } },
    { list: {} },
    { proxies: 'p:8080' },
    { reports: null },
    { startedAt: '' },
  ])('is refused with %j', change => {
    expect(readRunFile(JSON.stringify({ ...file, ...change }))).toBeUndefined();
  });
});
