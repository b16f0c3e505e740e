import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Gateway, startGateway } from './gateway/gateway.ts';
import { readApp } from './gateway/site.ts';
import { startNetwork } from './lab/network/choose-network.ts';
import type { Network } from './lab/network/network.ts';
import type { Scenario } from './lab/scenario.ts';
import { type RestartableCluster, startCluster } from './nodes/cluster.ts';
import { startHostEngine } from './nodes/host-engine.ts';
import { nodeSeed } from './nodes/node-seed.ts';

const ROOT = join(import.meta.dirname, '..');

export interface EmulatorOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly scenario: Scenario;
  readonly scenarioName?: string;
  readonly network: 'lab' | 'local';
  /** The installed tool: a folder with index.html and manifest.json; the production build by default. */
  readonly appFolder?: string;
  /** Origin of a tool in development, `http://localhost:4200`, to open in place of an installed one. */
  readonly sideload?: string;
  /** '1.0.0' makes the SDK use its older URLs. */
  readonly gatewayApiVersion?: '1.0.0' | '2.0.0';
  /** Takes a line of progress or of what a node's program says. */
  readonly log?: (line: string) => void;
  /** Gives the start up, and ends what it has begun. */
  readonly signal?: AbortSignal;
}

/** A running Windows Admin Center for one computer. */
export interface Emulator {
  /** `http://localhost:PORT/` */
  readonly url: string;
  readonly network: Pick<Network, 'kind' | 'reason'>;
  readonly cluster: RestartableCluster;
  /** The gateway's service is restarted, on the same port: what it had under way is lost, and the nodes go on. */
  restartGateway(): Promise<void>;
  /** Ends the nodes, the network and the gateway. Safe to call again. */
  stop(): Promise<void>;
}

/** Starts network, nodes and gateway; what a failure leaves behind is ended again. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const cleanups: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= runAll(cleanups));
  try {
    return await build(options, cleanups, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(
  options: EmulatorOptions,
  cleanups: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Emulator> {
  const { scenario, port, signal } = options;
  const log = options.log ?? (() => undefined);
  const tool =
    options.sideload === undefined
      ? { app: await readApp(options.appFolder ?? join(ROOT, 'dist/app')) }
      : { sideload: options.sideload };
  if (port !== 0) await assertFree(port);
  log('Starting the network …');
  const network = await startNetwork(options.network, scenario, log);
  cleanups.push(() => network.stop());
  if (network.reason !== '') log(network.reason);
  signal?.throwIfAborted();
  log(`Starting the nodes of ${scenario.cluster.name} …`);
  const cluster = await startCluster(scenario, (node, names, former) =>
    startHostEngine(network, nodeSeed(scenario, node, names), former),
  );
  cleanups.push(() => cluster.stop());
  signal?.throwIfAborted();
  const start = (on: number): Promise<Gateway> =>
    startGateway({
      cluster,
      ...tool,
      shellFolder: join(ROOT, '.generated/shell'),
      about: {
        scenario: options.scenarioName ?? 'custom',
        network: { kind: network.kind, reason: network.reason },
      },
      port: on,
      ...(options.gatewayApiVersion ? { gatewayApiVersion: options.gatewayApiVersion } : {}),
    });
  let gateway = await start(port);
  const restartGateway = async (): Promise<void> => {
    await gateway.stop();
    gateway = await start(gateway.port);
  };
  cleanups.push(() => gateway.stop());
  signal?.throwIfAborted();
  return { url: `http://localhost:${String(gateway.port)}/`, network, cluster, restartGateway, stop };
}

/** Says early, before nodes are started, that a port is taken. */
function assertFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const trial = createServer();
    trial.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const why = taken ? 'is in use by another program' : `cannot be used (${error.code ?? error.message})`;
      reject(new Error(`Port ${String(port)} ${why}: choose another one with --port.`));
    });
    trial.listen(port, '127.0.0.1', () => trial.close(() => resolve()));
  });
}

/** The last one begun ends first; one that fails does not keep the others. */
async function runAll(cleanups: readonly (() => Promise<void>)[]): Promise<void> {
  for (const cleanup of cleanups.toReversed()) await cleanup().catch(() => undefined);
}
