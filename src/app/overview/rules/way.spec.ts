import { ANSWER, endedAt } from '../../../../test/jest/observations';
import { nodeNamed, runOf } from '../../../../test/jest/runs';
import { proofOf, STATIONS } from './way';

const DOORS = ['a.example:443', 'b.example:443', 'c.example:443'];
const PROXY = { route: 'proxy', proxy: 'proxy.example:8080' } as const;
const proofs = (...of: Parameters<typeof runOf>) => STATIONS.map(station => proofOf(station, runOf(...of)));

describe('The way of the traffic', () => {
  it('is proven where services answered through it, and unused is not proven', () => {
    expect(proofs(['node1', 'node2'], DOORS)).toEqual(['proven', 'unused', 'proven', 'proven']);
    expect(proofs(['node1'], DOORS, () => PROXY)).toEqual(['proven', 'proven', 'proven', 'proven']);
  });

  it('is not proven by what nobody tested, and by answers that anybody can give', () => {
    const down = nodeNamed('node2', 'down');
    expect(proofs(['node1', down], DOORS)).toEqual(['unproven', 'unused', 'unproven', 'unproven']);
    const anybody = { protocol: 'http', http: ANSWER } as const;
    expect(
      proofs(['node1'], [...DOORS, 'd.example:80'], (_, { port }) => (port === 80 ? anybody : {})),
    ).toEqual(['proven', 'unused', 'unproven', 'unproven']);
    expect(proofs(['node1'], [])).toEqual(['unproven', 'unused', 'unproven', 'unproven']);
  });

  it('is not proven of a proxy through which no service answered, beside one that works', () => {
    const other = {
      ...endedAt({ phase: 'tls', outcome: 'timeout' }, { ...PROXY, proxy: 'other.example:1' }),
    };
    const see = (_: string, { host }: { host: string }) => (host === 'a.example' ? other : PROXY);
    expect(proofs(['node1'], DOORS, see)[1]).toBe('unproven');
  });
});
