import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Network } from '../../emulator/lab/network/network.ts';
import type { Endpoint } from '../support/probe-node.ts';
import type { Outcome, Pass } from './probe.ts';

/** curl's exit codes (its manual page, EXIT CODES). */
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  0: 'answered',
  6: 'no name',
  7: 'refused',
  28: 'timed out',
  35: 'TLS failed',
  60: 'TLS failed',
};

export const hasCurl = (): boolean => spawnSync('curl', ['--version']).status === 0;

/**
 * One `curl --parallel` over all endpoints, started in a node's network. Times are those at which a reader of its output has them,
 * from the start of the program, as ours are: what curl's own watch says of a transfer leaves out all that came before it.
 */
export async function runCurl(
  network: Network,
  node: string,
  endpoints: readonly Endpoint[],
  timeoutMs: number,
  dropped: string,
): Promise<Pass> {
  const command = [
    // The lab's roots: this computer may name others for curl alone. Of its two ways out only the one for errors holds nothing back.
    ...['sh', '-c', 'echo begun; exec curl --cacert "$SSL_CERT_FILE" "$@" 2>&1', 'curl'],
    ...['--silent', '--no-progress-meter', '--parallel', '--parallel-immediate', '--parallel-max', '200'],
    ...['--max-time', String(timeoutMs / 1000), '--write-out', '%{stderr}%{urlnum}\\t%{exitcode}\\n'],
    ...endpoints.flatMap(({ protocol, host, port }) => [
      '--output',
      '/dev/null',
      `${protocol === 'http' ? 'http' : 'https'}://${host}:${port}/`,
    ]),
  ];
  const program = await network.spawn(node, command, {});
  program.stdin.end();
  const transfers: { endpoint: Endpoint | undefined; code: string; ms: number }[] = [];
  let began = performance.now();
  // Some versions draw the progress of parallel transfers although they are told to be silent.
  for await (const line of createInterface({ input: program.stdout })) {
    if (line === 'begun') began = performance.now();
    const [, number, code] = /^(\d+)\t(\d+)$/.exec(line) ?? [];
    if (number !== undefined && code !== undefined)
      transfers.push({ endpoint: endpoints[Number(number)], code, ms: performance.now() - began });
  }
  await program.ended;
  const total = performance.now() - began;
  const answered = transfers.filter(each => each.endpoint?.host !== dropped).map(each => each.ms);
  return {
    total,
    bytes: 0,
    firstAnswer: Math.min(...answered),
    lastAnswer: Math.max(...answered),
    outcomes: new Map(transfers.map(({ endpoint, code }) => [endpoint?.id ?? '', OUTCOMES[code] ?? 'other'])),
  };
}
