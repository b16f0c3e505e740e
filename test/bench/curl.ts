import { spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
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

/** One `curl --parallel` over all endpoints, started in a node's network. */
export async function runCurl(
  network: Network,
  node: string,
  endpoints: readonly Endpoint[],
  timeoutMs: number,
  dropped: string,
): Promise<Pass> {
  const command = [
    // The lab's roots: this computer may name others for curl alone.
    ...['sh', '-c', 'exec curl --cacert "$SSL_CERT_FILE" "$@"', 'curl'],
    ...['--silent', '--parallel', '--parallel-immediate', '--parallel-max', '200'],
    // Some versions draw the progress of parallel transfers although they are told to be silent.
    ...['--stderr', '/dev/null'],
    ...['--max-time', String(timeoutMs / 1000), '--write-out', '%{urlnum}\\t%{exitcode}\\t%{time_total}\\n'],
    ...endpoints.flatMap(({ protocol, host, port }) => [
      '--output',
      '/dev/null',
      `${protocol === 'http' ? 'http' : 'https'}://${host}:${port}/`,
    ]),
  ];
  const began = performance.now();
  const program = await network.spawn(node, command, {});
  program.stdin.end();
  const lines = (await text(program.stdout)).trim().split('\n');
  await program.ended;
  const total = performance.now() - began;
  const transfers = lines.map(line => {
    const [number, code = '', seconds] = line.split('\t');
    return { endpoint: endpoints[Number(number)], code, ms: Number(seconds) * 1000 };
  });
  return {
    total,
    bytes: 0,
    firstAnswer: Math.min(...transfers.filter(each => each.endpoint?.host !== dropped).map(each => each.ms)),
    lastAnswer: Math.max(...transfers.filter(each => each.endpoint?.host !== dropped).map(each => each.ms)),
    outcomes: new Map(transfers.map(({ endpoint, code }) => [endpoint?.id ?? '', OUTCOMES[code] ?? 'other'])),
  };
}
