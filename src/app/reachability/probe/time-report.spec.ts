import * as fc from 'fast-check';
import { KNOWN_AUTHORITIES } from '../verdict/certificates/known-authorities';
import { judge } from '../verdict/verdict';
import { parseObservation } from './parse-observation';
import { TimeReader } from './time-report';

const TARGET = { id: 't', host: 'time.windows.com', port: 123 };

function read(...fields: readonly string[]) {
  const reader = new TimeReader([TARGET]);
  reader.read('B\t2026-11-26T01:00:00.1234567Z');
  const observation = reader.read(['M0', ...fields].join('\t'));
  if (observation === undefined) throw new Error('no observation');
  expect(parseObservation(JSON.parse(JSON.stringify(observation)))).toEqual(observation);
  return { observation, cause: judge(observation, KNOWN_AUTHORITIES).cause };
}

describe('What a node tells of a time server', () => {
  it('is an answer with its offset, which proves nobody', () => {
    const { observation, cause } = read('', '198.18.0.1,2001:db8::1', '3', '21', '10:00:00, +00.0012345s');
    expect(cause).toBe('time-answered');
    expect(observation).toMatchObject({
      protocol: 'udp',
      route: 'direct',
      addresses: ['198.18.0.1', '2001:db8::1'],
      startedAt: '2026-11-26T01:00:00.123Z',
      phases: [
        { phase: 'name', ms: 3, outcome: 'ok' },
        { phase: 'ntp', ms: 21, outcome: 'ok', detail: '+00.0012345s' },
      ],
    });
  });

  it('is told of a server that has IPv6 alone, too', () => {
    const SIX = '2001:db8::7b';
    const { observation, cause } = read('', SIX, '3', '21', '10:00:00, -00.0400000s');
    expect([cause, observation.addresses]).toEqual(['time-answered', [SIX]]);
    const silent = read('', SIX, '3', '1500', '10:00:00, error: 0x800705B4');
    expect([silent.cause, silent.observation.addresses]).toEqual(['time-silent', [SIX]]);
    expect(read('', SIX, '3', '5', 'error: 0x80072743').cause).toBe('unreachable');
  });

  it.each([
    ['silence', ['', '198.18.0.1', '3', '1500', '10:00:00, error: 0x800705B4'], 'time-silent'],
    ['silence of a socket', ['', '198.18.0.1', '3', '1500', '10:00:00, Fehler: 0x8007274C'], 'time-silent'],
    ['a closed port', ['', '198.18.0.1', '3', '5', 'error: 0x80072746'], 'connection-refused'],
    ['no route', ['', '198.18.0.1', '3', '5', 'error: 0x80072743'], 'unreachable'],
    ['the node’s own filter', ['', '198.18.0.1', '3', '5', 'error: 0x8007271D'], 'blocked-on-node'],
    ['no program', ['', '198.18.0.1', '3', '0', 'w32tm-missing'], 'probe-failed'],
    ['an unknown error', ['', '198.18.0.1', '3', '0', 'error: 0x80070057'], 'probe-failed'],
    ['nothing', ['', '198.18.0.1', '3', '0', ''], 'probe-failed'],
    ['no such name', ['DNS_ERROR_RCODE_NAME_ERROR', '', '3', '0', ''], 'no-such-name'],
    ['a silent name server', ['ERROR_TIMEOUT', '', '4000', '0', ''], 'name-server-silent'],
  ])('is %s', (_, fields, cause) => {
    expect(read(...fields).cause).toBe(cause);
  });

  it('never throws, whatever a node writes', () => {
    const part = fc.string({
      unit: fc.constantFrom('M', '0', '1', 'x', '\t', '+', '.', 's', ',', 'B', '\n'),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          part,
          fc.jsonValue(),
          part.map(text => `M0\t${text}`),
        ),
        value => {
          const observation = new TimeReader([TARGET]).read(value);
          if (observation !== undefined) expect(parseObservation(observation)).toBeDefined();
        },
      ),
      { numRuns: 300, seed: 11 },
    );
  });
});
