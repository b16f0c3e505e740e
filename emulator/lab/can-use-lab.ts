import { inNewNamespaces, pathWithSystemFolders } from './lab-entrance.ts';
import { nodeEnvironment } from './node-process.ts';
import { runProgram } from './run-program.ts';

export type LabUse = { readonly usable: true } | { readonly usable: false; readonly reason: string };

/** Everything that the lab asks of the kernel, once, in namespaces that end with the shell. */
const TRIAL = `
mount -t proc proc /proc
mount -t tmpfs lab /dev/shm
: > /dev/shm/net
unshare --net=/dev/shm/net ip link set lo up
ip link add trial type veth peer name eth0 netns /dev/shm/net
ip link set lo up
ip route add local 198.18.0.0/15 dev lo
nsenter --net=/dev/shm/net unshare --mount sh -ec 'mount --bind /dev/null /etc/resolv.conf'
nft 'table ip trial {
  set s { type ipv4_addr . inet_service; elements = { 198.18.0.1 . 443 }; }
  chain c { type filter hook input priority 0; ip daddr . tcp dport @s reject with tcp reset; }
}'
`;

/** Tries whether this computer lets this user make the lab. Changes nothing. */
export async function canUseLab(): Promise<LabUse> {
  if (process.platform !== 'linux')
    return {
      usable: false,
      reason: 'the lab needs Linux network namespaces, which this system does not have',
    };
  const environment = { ...nodeEnvironment({}), PATH: pathWithSystemFolders() };
  for (const [program, hint] of [
    ['setpriv', 'util-linux'],
    ['unshare', 'util-linux'],
    ['nsenter', 'util-linux'],
    ['ip', 'iproute2'],
    ['nft', 'nftables'],
  ] as const) {
    try {
      await runProgram([program, '--version'], '', environment);
    } catch (error) {
      if (error instanceof Error && error.message.endsWith('is not installed'))
        return { usable: false, reason: `the lab needs the program ${program}; install the package ${hint}` };
    }
  }
  try {
    await runProgram(inNewNamespaces(['sh', '-ec', TRIAL]), '', environment);
    return { usable: true };
  } catch (error) {
    return {
      usable: false,
      reason: `this computer does not let this user make network namespaces: ${words(error)}`,
    };
  }
}

/** The first line of what went wrong, which is the cause. */
function words(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? text;
}
