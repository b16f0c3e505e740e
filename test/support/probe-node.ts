import type { Network } from '../../emulator/lab/network/network.ts';
import type { NodeSeed } from '../../emulator/nodes/host-protocol.ts';
import { hostCommand, PowerShellHost, type RunEnd } from '../../emulator/nodes/powershell-host.ts';
import { buildHost } from '../../scripts/build-host.ts';
import { nodeScript } from '../../scripts/lib/node-scripts.ts';
import { bundleTool, LEARN_AUTHORITIES } from './tool-bundle.ts';

/** The two ways of measuring. */
export const PROBES = ['Test-Endpoint', 'Test-EndpointByCurl'] as const;
export type ProbeName = (typeof PROBES)[number];

export interface Endpoint {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: 'https' | 'http' | 'tcp';
  readonly path?: string;
  /** Of the administrator's own rules. */
  readonly own?: boolean;
}

/** What the script wrote of one endpoint, read and judged by the tool's own code. */
export interface Probed {
  readonly id: string;
  readonly cause: string;
  readonly verdict: string;
  readonly observation: Observed;
  /** The step that took a large part of the time, of what answered. */
  readonly slow?: string;
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
    readonly contentType?: string;
    readonly date?: string;
    readonly body?: string;
  } | null;
  readonly proxyStatus: number | null;
  readonly startedAt: string;
  readonly path?: string;
  readonly heldUpMs?: number;
}

export interface ProbeRun extends RunEnd {
  readonly results: readonly Probed[];
  /** Objects that the tool's code could not read. */
  readonly unreadable: readonly unknown[];
  /** All that the script wrote, as JSON, in bytes. */
  readonly bytes: number;
}

/** The tool's verdicts; bundled, since the tool is written for a bundler. */
interface ToolVerdicts {
  parseObservation(value: unknown): (Observed & { readonly id: string }) | undefined;
  judge(
    observation: Observed,
    known: unknown,
    about: { readonly own: boolean; readonly lists: () => boolean },
  ): { readonly verdict: string; readonly cause: string };
  slowOf(observation: Observed, timeoutMs: number): { readonly step: string } | undefined;
  readonly KNOWN_AUTHORITIES: unknown;
  readonly CAUSES: Readonly<Record<string, unknown>>;
  proxyFor(rules: { server: string; bypass: readonly string[] }, target: Endpoint): string;
  readonly CurlReader: new (
    targets: readonly (Endpoint & { readonly proxy: string })[],
    timeoutMs: number,
  ) => { read(value: unknown): unknown };
}

/** A simulated node that runs the real script in the real engine. */
export class ProbeNode {
  readonly #host: PowerShellHost;
  readonly #tool: ToolVerdicts;
  readonly #name: ProbeName;

  private constructor(host: PowerShellHost, tool: ToolVerdicts, name: ProbeName) {
    this.#host = host;
    this.#tool = tool;
    this.#name = name;
  }

  /** On this computer's own loopback. */
  static async onLoopback(
    env: Readonly<Record<string, string>> = {},
    name: ProbeName = 'Test-Endpoint',
    languageMode = modeOf(name),
  ): Promise<ProbeNode> {
    await buildHost(line => console.error(line));
    return ProbeNode.#seeded(PowerShellHost.spawn(env), { name: 'node1', languageMode }, name);
  }

  /** On a node of a lab. */
  static async inLab(
    network: Network,
    seed: NodeSeed,
    name: ProbeName = 'Test-Endpoint',
  ): Promise<ProbeNode> {
    await buildHost(line => console.error(line));
    const host = new PowerShellHost(await network.spawn(seed.name, hostCommand(), {}));
    return ProbeNode.#seeded(host, { languageMode: modeOf(name), ...seed }, name);
  }

  static async #seeded(host: PowerShellHost, seed: NodeSeed, name: ProbeName): Promise<ProbeNode> {
    await host.seed(seed);
    return new ProbeNode(host, await loadVerdicts(), name);
  }

  probe(
    endpoints: readonly Endpoint[],
    parameters: Readonly<Record<string, unknown>> = {},
    onResult?: (result: Probed, stop: () => void) => void,
  ): Promise<ProbeRun> {
    const started = performance.now();
    const results: Probed[] = [];
    const unreadable: unknown[] = [];
    let bytes = 0;
    const { sent, read } = this.#call(endpoints, parameters);
    const judged = (value: unknown, at: number): Probed | undefined => {
      if (typeof value === 'string' && value.startsWith('B\t') && read(value) === undefined) return undefined;
      const observation = this.#tool.parseObservation(read(value));
      if (observation === undefined) {
        unreadable.push(value);
        return undefined;
      }
      const own = endpoints.some(each => each.id === observation.id && each.own === true);
      const about = { own, lists: () => false };
      const judgement = this.#tool.judge(observation, this.#tool.KNOWN_AUTHORITIES, about);
      const slow = this.#tool.slowOf(observation, Number(parameters['TimeoutMs'] ?? 0))?.step;
      const result = {
        ...{ id: observation.id, ...judgement, observation, at },
        ...(slow !== undefined && { slow }),
      };
      results.push(result);
      return result;
    };
    // Judged at the end where nobody waits for it: this process shares the computer with the node, which is measured.
    const written: { readonly value: unknown; readonly at: number }[] = [];
    return new Promise(resolve => {
      const run = this.#host.run(
        { script: nodeScript(this.#name), parameters: sent },
        {
          output: value => {
            const at = performance.now() - started;
            if (onResult === undefined) {
              written.push({ value, at });
              return;
            }
            bytes += JSON.stringify(value).length;
            const result = judged(value, at);
            if (result !== undefined) onResult(result, () => run.stop());
          },
          end: end => {
            for (const { value, at } of written) {
              bytes += JSON.stringify(value).length;
              judged(value, at);
            }
            resolve({ ...end, results, unreadable, bytes });
          },
        },
      );
    });
  }

  /** What the script is given, and how what it writes becomes an observation. */
  #call(
    endpoints: readonly Endpoint[],
    parameters: Readonly<Record<string, unknown>>,
  ): { readonly sent: Readonly<Record<string, unknown>>; readonly read: (value: unknown) => unknown } {
    if (this.#name === 'Test-Endpoint')
      return { sent: { Endpoints: endpoints, ...parameters }, read: value => value };
    const { ProxyServer = '', ProxyBypass = [], ...limits } = parameters;
    const rules = { server: String(ProxyServer), bypass: ProxyBypass as readonly string[] };
    const routed = endpoints.map(each => ({ ...each, proxy: this.#tool.proxyFor(rules, each) }));
    const reader = new this.#tool.CurlReader(routed, Number(limits['TimeoutMs'] ?? 5000));
    return { sent: { Endpoints: routed, ...limits }, read: value => reader.read(value) };
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

/** Each works in the mode that it was made for. */
function modeOf(name: ProbeName): 'Full' | 'Constrained' {
  return name === 'Test-Endpoint' ? 'Full' : 'Constrained';
}

/** Every cause that the tool knows. */
export async function allCauses(): Promise<readonly string[]> {
  return Object.keys((await loadVerdicts()).CAUSES);
}

async function loadVerdicts(): Promise<ToolVerdicts> {
  return bundleTool(`${LEARN_AUTHORITIES}
    export { proxyFor } from './src/app/reachability/plan/proxy-route';
    export { CurlReader } from './src/app/reachability/probe/curl-report';
    export { parseObservation } from './src/app/reachability/probe/parse-observation';
    export { judgeEndpoint as judge } from './src/app/reachability/verdict/result';
    export { slowOf } from './src/app/reachability/verdict/times/slow';
    export { CAUSES } from './src/app/reachability/verdict/causes';
    export { KNOWN_AUTHORITIES } from './src/app/reachability/verdict/certificates/known-authorities';`);
}
