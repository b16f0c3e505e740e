import { availableParallelism, loadavg } from 'node:os';
import { benchBundle } from '../test/bench/bundle.ts';
import { benchCheck } from '../test/bench/check.ts';
import { benchCluster } from '../test/bench/cluster.ts';
import { type Figure, jsonLine } from '../test/bench/figures.ts';
import { benchPage } from '../test/bench/page/page.ts';
import { benchNode } from '../test/bench/node.ts';
import { benchProbe } from '../test/bench/probe.ts';
import { benchProxyModel } from '../test/bench/proxy-model.ts';
import { writeNodePerformance } from '../test/bench/node-performance-doc.ts';
import { writePerformance } from '../test/bench/page/performance-doc.ts';
import { buildAll } from './build.ts';
import { APP_FOLDER } from './lib/paths.ts';

/**
 * `npm run bench [-- bundle|probe|check|cluster|page …]`: figures of this computer as a table, with `--json` as JSON lines; with
 * `--write` those of the page also as `docs/performance.md`, those of nodes as `docs/performance-nodes.md`. Nothing passes or fails.
 */
const BENCHES: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  bundle: () => benchBundle(APP_FOLDER),
  probe: () => benchProbe(log),
  check: benchCheck,
  cluster: () => benchCluster(log),
  'proxy-model': benchProxyModel,
  node: benchNode,
  page: () => benchPage(log),
};

const OPTIONS = ['--json', '--write'];

/** Timings of a busy computer are not those of the tool. */
function computer(): Figure {
  const cores = availableParallelism();
  const [load = 0] = loadavg();
  const busy = load > cores ? ': busy, timings say little' : '';
  return {
    what: 'computer',
    value: `${cores} cores`,
    note: `load before the start ${load.toFixed(1)}${busy}`,
  };
}

function log(line: string): void {
  console.error(line);
}

async function main(words: readonly string[]): Promise<number> {
  const names = words.filter(word => !OPTIONS.includes(word));
  const isJson = words.includes('--json');
  if (names.some(name => !Object.hasOwn(BENCHES, name))) {
    console.error(`Usage: npm run bench [-- ${Object.keys(BENCHES).join('|')} …] [--json] [--write]`);
    return 2;
  }
  const [load = 0] = loadavg();
  await buildAll(log);
  const figures: Figure[] = [computer()];
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    log(`Measuring ${name} …`);
    figures.push(...(await bench()));
  }
  if (words.includes('--write')) {
    writePerformance(figures);
    writeNodePerformance(figures);
  }
  if (isJson) {
    for (const { measured } of figures) if (measured) console.log(jsonLine(measured, load));
    return 0;
  }
  const width = (of: (figure: Figure) => string): number => Math.max(...figures.map(each => of(each).length));
  const [first, second] = [width(each => each.what), width(each => each.value)];
  for (const { what, value, note } of figures) {
    console.log(`${what.padEnd(first)}  ${value.padStart(second)}  ${note}`);
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
