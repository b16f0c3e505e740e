import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { LAB_COMMAND, inNewNamespaces, inNode, pathWithSystemFolders } from '../lab-entrance.ts';
import type { LabReply, LabRequest } from '../lab-messages.ts';
import { listedRules } from '../listed-rules.ts';
import type { Network, NodeProcess } from './network.ts';
import { nodeEnvironment, startNodeProcess, type Log } from '../node-process.ts';
import type { Scenario } from '../scenario.ts';

/** How long the lab's process may take to end by itself. */
const STOP_MS = 2000;

/**
 * Starts an internet in a box for the nodes of a scenario.
 * @param log takes what the lab and the nodes' programs say on standard error, a line at a time
 */
export async function startLab(scenario: Scenario, log: Log): Promise<Network> {
  const [program = '', ...args] = inNewNamespaces(LAB_COMMAND);
  const lab = spawn(program, args, {
    env: { ...nodeEnvironment({}), PATH: pathWithSystemFolders() },
    stdio: 'pipe',
    // Ctrl+C is for this process, which then stops the lab.
    detached: true,
  });
  const ended = new Promise<void>(resolve => lab.once('close', () => resolve()));
  createInterface({ input: lab.stderr }).on('line', line => log(`lab: ${line}`));
  lab.stdin.on('error', () => undefined);
  await once(lab, 'spawn');
  const request: LabRequest = { scenario, rules: listedRules(scenario.cluster.witnessAccount) };
  lab.stdin.write(`${JSON.stringify(request)}\n`);
  const reply = await firstReply(lab, ended);
  if (!reply.ready) {
    await end(lab, ended);
    throw new Error(`the lab could not start: ${reply.problem}`);
  }
  for (const note of reply.notes) log(`lab: ${note}`);
  return new LabNetwork(scenario, lab, ended, reply, log);
}

type Ready = Extract<LabReply, { ready: true }>;

class LabNetwork implements Network {
  readonly kind = 'lab';
  readonly reason = '';
  readonly #nodes: readonly string[];
  readonly #lab: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #ready: Ready;
  readonly #log: Log;
  readonly #processes = new Set<NodeProcess>();
  #stopped = false;

  constructor(scenario: Scenario, lab: ChildProcess, ended: Promise<void>, ready: Ready, log: Log) {
    this.#nodes = scenario.nodes.map(node => node.name);
    this.#lab = lab;
    this.#ended = ended;
    this.#ready = ready;
    this.#log = log;
    void ended.then(() => {
      if (!this.#stopped) log('lab: ended unexpectedly, and the programs of all nodes with it');
      this.#stopped = true;
    });
  }

  async spawn(
    node: string,
    command: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<NodeProcess> {
    const index = this.#nodes.indexOf(node);
    if (index < 0) throw new Error(`The scenario has no node named "${node}".`);
    if (this.#stopped) throw new Error('The lab has ended.');
    const started = await startNodeProcess(
      inNode(this.#ready.pid, index, command),
      nodeEnvironment({ ...this.#ready.environment, ...env }),
      line => this.#log(`${node}: ${line}`),
    );
    this.#processes.add(started);
    void started.ended.then(() => this.#processes.delete(started));
    return started;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const processes = [...this.#processes];
    for (const each of processes) each.kill();
    await end(this.#lab, this.#ended);
    await Promise.all(processes.map(each => each.ended));
  }
}

async function firstReply(lab: ChildProcess, ended: Promise<void>): Promise<LabReply> {
  const lines = createInterface({ input: lab.stdout as NodeJS.ReadableStream });
  const line = await Promise.race([
    once(lines, 'line').then(([text]: unknown[]) => String(text)),
    ended.then(() => undefined),
  ]);
  return line === undefined
    ? { ready: false, problem: 'its process ended at once' }
    : (JSON.parse(line) as LabReply);
}

/** Ends the lab's process; the kernel ends everything else in its namespaces. */
async function end(lab: ChildProcess, ended: Promise<void>): Promise<void> {
  lab.stdin?.end();
  const impatience = setTimeout(() => lab.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(impatience);
}
