import type { HostProgress, NodeSeed, NodeSnapshot } from '../../emulator/nodes/host-protocol.ts';
import { PowerShellHost, type RunEnd } from '../../emulator/nodes/powershell-host.ts';
import { buildHost } from '../../scripts/build-host.ts';

export interface TestRunOptions {
  readonly timeoutMs?: number;
  /** Stops the run on the node. */
  readonly signal?: AbortSignal;
  readonly onOutput?: (value: unknown) => void;
  readonly onWarning?: (message: string) => void;
}

export interface TestRun extends RunEnd {
  readonly output: readonly unknown[];
  readonly progress: readonly HostProgress[];
  readonly warnings: readonly string[];
}

/** A simulated node for a test. */
export interface TestNode {
  readonly host: PowerShellHost;
  /** Runs a script to its end, whatever the end is. */
  run(
    script: string,
    parameters?: Readonly<Record<string, unknown>>,
    options?: TestRunOptions,
  ): Promise<TestRun>;
  state(): Promise<NodeSnapshot>;
  /** Makes the node anew in the same process. */
  seed(node?: Partial<NodeSeed>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a host process with a fresh node, on this computer's own network; the host is built first when it is stale. */
export async function startNode(seed: Partial<NodeSeed> = {}): Promise<TestNode> {
  await buildHost(line => {
    console.error(line);
  });
  const host = PowerShellHost.spawn();
  const node: TestNode = {
    host,
    run: (script, parameters, options = {}) => runToEnd(host, script, parameters, options),
    state: () => host.state(),
    seed: (next = {}) => host.seed({ name: 'node1', fqdn: 'node1.contoso.local', ...next }),
    stop: () => host.close(),
  };
  try {
    await node.seed(seed);
  } catch (error) {
    await host.close();
    throw error;
  }
  return node;
}

function runToEnd(
  host: PowerShellHost,
  script: string,
  parameters: Readonly<Record<string, unknown>> | undefined,
  options: TestRunOptions,
): Promise<TestRun> {
  return new Promise(resolve => {
    const output: unknown[] = [];
    const progress: HostProgress[] = [];
    const warnings: string[] = [];
    const { timeoutMs, signal, onOutput, onWarning } = options;
    const request = {
      script,
      ...(parameters ? { parameters } : {}),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    };
    const run = host.run(request, {
      output: value => {
        output.push(value);
        onOutput?.(value);
      },
      progress: record => progress.push(record),
      warning: message => {
        warnings.push(message);
        onWarning?.(message);
      },
      end: end => {
        resolve({ ...end, output, progress, warnings });
      },
    });
    signal?.addEventListener('abort', () => {
      run.stop();
    });
  });
}
