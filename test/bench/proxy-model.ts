import { runPackage } from '../../scripts/lib/run-program.ts';
import type { Figure } from './figures.ts';

const SCHEDULES = 2_000;

/** The models of nodes, gateway and pages under many schedules of faults; a violation is printed with its schedule. */
export async function benchProxyModel(): Promise<readonly Figure[]> {
  const seed = Date.now() % 0x7fff_ffff;
  process.env['PROXY_MODEL_SCHEDULES'] = String(SCHEDULES);
  process.env['FAST_CHECK_SEED'] = String(seed);
  const start = performance.now();
  const code = await runPackage('jest/bin/jest.js', [
    'src/app/proxy/change/proxy-model.spec.ts',
    'src/app/proxy/change/two-administrators.spec.ts',
    'src/app/proxy/state/cluster-model.spec.ts',
  ]);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const outcome = code === 0 ? 'no violation' : 'VIOLATED, see above';
  return [
    { what: 'proxy model', value: `${SCHEDULES} schedules`, note: `${outcome}, ${seconds} s, seed ${seed}` },
  ];
}
