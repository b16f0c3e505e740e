import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Network } from '../../emulator/lab/network.ts';
import type { NodeSeed } from '../../emulator/nodes/host-protocol.ts';
import { hostCommand, PowerShellHost, type RunEnd } from '../../emulator/nodes/powershell-host.ts';
import { buildHost } from '../../scripts/build-host.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The real script's text. */
const SCRIPT = readFileSync(join(ROOT, 'src/powershell/Test-Endpoint.ps1'), 'utf8');

export interface Endpoint {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: 'https' | 'http' | 'tcp';
}

/** What the script wrote of one endpoint, read and judged by the tool's own code. */
export interface Probed {
  readonly id: string;
  readonly cause: string;
  readonly verdict: string;
  readonly observation: Observed;
  /** Milliseconds after the start at which it was written. */
  readonly at: number;
}

interface Observed {
  readonly route: string;
  readonly proxy: string;
  readonly outcome: string;
  readonly phases: readonly {
    readonly phase: string;
    readonly ms: number;
    readonly outcome: string;
    readonly code: string;
    readonly detail: string;
  }[];
  readonly addresses: readonly string[];
  readonly certificates: readonly {
    readonly subject: string;
    readonly issuer: string;
    readonly notAfter: string;
  }[];
  readonly tlsErrors: readonly string[];
  readonly http: {
    readonly status: number;
    readonly server: string;
    readonly via: string;
    readonly location: string;
    readonly headers: readonly string[];
  } | null;
  readonly proxyStatus: number | null;
  readonly startedAt: string;
}

export interface ProbeRun extends RunEnd {
  readonly results: readonly Probed[];
  /** Objects that the tool's code could not read. */
  readonly unreadable: readonly unknown[];
}

/** The tool's verdicts; bundled, since the tool is written for a bundler. */
interface ToolVerdicts {
  parseObservation(value: unknown): (Observed & { readonly id: string }) | undefined;
  judge(observation: Observed, known: unknown): { readonly verdict: string; readonly cause: string };
  readonly KNOWN_AUTHORITIES: unknown;
}

/** A simulated node that runs the real script in the real engine. */
export class ProbeNode {
  readonly #host: PowerShellHost;
  readonly #tool: ToolVerdicts;

  private constructor(host: PowerShellHost, tool: ToolVerdicts) {
    this.#host = host;
    this.#tool = tool;
  }

  /** On this computer's own loopback. */
  static async onLoopback(env: Readonly<Record<string, string>> = {}): Promise<ProbeNode> {
    await buildHost(line => console.error(line));
    return ProbeNode.#seeded(PowerShellHost.spawn(env), { name: 'node1' });
  }

  /** On a node of a lab. */
  static async inLab(network: Network, seed: NodeSeed): Promise<ProbeNode> {
    await buildHost(line => console.error(line));
    return ProbeNode.#seeded(new PowerShellHost(await network.spawn(seed.name, hostCommand(), {})), seed);
  }

  static async #seeded(host: PowerShellHost, seed: NodeSeed): Promise<ProbeNode> {
    await host.seed(seed);
    return new ProbeNode(host, await loadVerdicts());
  }

  probe(
    endpoints: readonly Endpoint[],
    parameters: Readonly<Record<string, unknown>> = {},
    onResult: (result: Probed, stop: () => void) => void = () => undefined,
  ): Promise<ProbeRun> {
    const started = performance.now();
    const results: Probed[] = [];
    const unreadable: unknown[] = [];
    return new Promise(resolve => {
      const run = this.#host.run(
        { script: SCRIPT, parameters: { Endpoints: endpoints, ...parameters } },
        {
          output: value => {
            const observation = this.#tool.parseObservation(value);
            if (observation === undefined) {
              unreadable.push(value);
              return;
            }
            const judgement = this.#tool.judge(observation, this.#tool.KNOWN_AUTHORITIES);
            const result = { id: observation.id, ...judgement, observation, at: performance.now() - started };
            results.push(result);
            onResult(result, () => run.stop());
          },
          end: end => resolve({ ...end, results, unreadable }),
        },
      );
    });
  }

  /** The process in which the node's scripts run. */
  pid(): Promise<number> {
    return new Promise(resolve => {
      this.#host.run(
        { script: '[Diagnostics.Process]::GetCurrentProcess().Id' },
        { output: value => resolve(Number(value)), end: () => undefined },
      );
    });
  }

  stop(): Promise<void> {
    return this.#host.close();
  }
}

async function loadVerdicts(): Promise<ToolVerdicts> {
  const bundle = await build({
    stdin: {
      contents: `
        export { parseObservation } from './src/app/reachability/probe/parse-observation';
        export { judge } from './src/app/reachability/verdict/verdict';
        export { KNOWN_AUTHORITIES } from './src/app/reachability/verdict/authorities';`,
      resolveDir: ROOT,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const text = bundle.outputFiles[0]?.text ?? '';
  return (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as ToolVerdicts;
}
