import * as fc from 'fast-check';
import { parseObservation } from './parse-observation';
import { ANSWER, observed } from '../../../../test/jest/observations';

describe('Reading what a node wrote', () => {
  it('gives back a whole observation unchanged', () => {
    const observation = observed({
      route: 'proxy',
      path: '/connecttest.txt',
      heldUpMs: 12.5,
      http: { ...ANSWER, contentType: 'text/plain', date: '2026-11-24T07:00:01.000Z', body: 'Microsoft' },
    });
    expect(parseObservation(JSON.parse(JSON.stringify(observation)))).toEqual(observation);
  });

  it('takes nothing for an empty list and an only item for a list of one, as PowerShell gives them', () => {
    const { phases, addresses } = observed({ protocol: 'tcp' });
    const parsed = parseObservation({
      ...observed({ protocol: 'tcp' }),
      phases: phases[0],
      addresses: addresses[0],
      certificates: null,
      tlsErrors: undefined,
    });
    expect(parsed).toMatchObject({ phases: [phases[0]], addresses, certificates: [], tlsErrors: [] });
  });

  it('cuts long texts and long lists', () => {
    const parsed = parseObservation({
      ...observed(),
      addresses: Array.from({ length: 1000 }, () => 'x'.repeat(100_000)),
    });
    expect(parsed?.addresses.length).toBe(100);
    expect(parsed?.addresses[0]?.length).toBe(1000);
  });

  it('shortens the decimals that .NET writes', () => {
    const parsed = parseObservation({ ...observed(), startedAt: '2026-11-24T07:00:00.1234567Z' });
    expect(parsed?.startedAt).toBe('2026-11-24T07:00:00.123Z');
  });

  it.each<[string, unknown]>([
    ['a text', 'hello'],
    ['nothing', null],
    ['a list', [observed()]],
    ['an unknown protocol', { ...observed(), protocol: 'ftp' }],
    ['a port that is none', { ...observed(), port: 70_000 }],
    ['a port as text', { ...observed(), port: '443' }],
    ['a host that is an object', { ...observed(), host: { toString: () => 'x' } }],
    ['a phase that does not exist', { ...observed(), phases: [{ phase: 'x', ms: 1, outcome: 'ok' }] }],
    ['a negative time', { ...observed(), phases: [{ phase: 'name', ms: -1, outcome: 'ok' }] }],
    ['a date that is none', { ...observed(), startedAt: 'yesterday' }],
    ['a status that is none', { ...observed(), http: { status: 7 } }],
  ])('refuses %s', (_, value) => {
    expect(parseObservation(value)).toBeUndefined();
  });

  it('never throws on any JSON, nor on a good report with any one field replaced', () => {
    const fields = Object.keys(observed());
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...fields), (value, field) => {
        parseObservation(value);
        parseObservation({ ...observed(), [field]: value });
      }),
      { numRuns: 1000 },
    );
  });
});
