import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Endpoint, type Probed, type ProbeName, ProbeNode, type ProbeRun } from './probe-node.ts';
import { ProbeServers } from './probe-servers.ts';

export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
/** A filter's page: none of the service's marks. */
export const BLOCKED = 'HTTP/1.1 403 Forbidden\r\nServer: WebFilter/1\r\nContent-Length: 0\r\n\r\n';

/** A node on this computer's loopback, and servers there whose authorities it trusts. */
export class ProbeOnLoopback {
  readonly #folder: string;
  readonly servers: ProbeServers;
  readonly node: ProbeNode;

  private constructor(folder: string, servers: ProbeServers, node: ProbeNode) {
    this.#folder = folder;
    this.servers = servers;
    this.node = node;
  }

  static async start(name?: ProbeName): Promise<ProbeOnLoopback> {
    const servers = await ProbeServers.create();
    const folder = await mkdtemp(join(tmpdir(), 'probe-'));
    const roots = join(folder, 'roots.pem');
    await writeFile(roots, servers.trusted);
    const node = await ProbeNode.onLoopback({ SSL_CERT_FILE: roots, SSL_CERT_DIR: folder }, name);
    return new ProbeOnLoopback(folder, servers, node);
  }

  /** Probes one endpoint. */
  async probe(
    endpoint: Partial<Endpoint>,
    parameters: Readonly<Record<string, unknown>> = {},
  ): Promise<Probed> {
    const whole: Endpoint = { id: 'x', host: 'localhost', port: 443, protocol: 'https', ...endpoint };
    // Longer than the tool's own: a cold engine on a busy machine must not look like a silent server.
    const run = await this.node.probe([whole], { TimeoutMs: 20_000, ...parameters });
    mustComplete(run);
    assert.equal(run.results.length, 1);
    return run.results[0] ?? assert.fail();
  }

  async stop(): Promise<void> {
    await this.node.stop();
    await this.servers.stop();
    await rm(this.#folder, { recursive: true });
  }
}

export function mustComplete(run: ProbeRun): void {
  assert.deepEqual([run.outcome, run.errors, run.unreadable], ['completed', [], []]);
}

export function phasesOf(result: Probed): readonly string[] {
  return result.observation.phases.map(each => `${each.phase} ${each.outcome}`);
}
