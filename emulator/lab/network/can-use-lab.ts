import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { inNewNamespaces, pathWithSystemFolders } from '../lab-entrance.ts';
import { nodeEnvironment } from '../node-process.ts';
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

/** Programs that the lab runs, and the package that brings each on Debian and its relatives. */
const PROGRAMS = [
  ['setpriv', 'util-linux'],
  ['unshare', 'util-linux'],
  ['nsenter', 'util-linux'],
  ['ip', 'iproute2'],
  ['nft', 'nftables'],
] as const;

/** Switches with which distributions keep ordinary users from what the lab needs. */
const SWITCHES = [
  ['kernel.apparmor_restrict_unprivileged_userns', '1'],
  ['kernel.unprivileged_userns_clone', '0'],
] as const;

/** Tries whether this computer lets this user make the lab. Changes nothing. */
export async function canUseLab(): Promise<LabUse> {
  if (process.platform !== 'linux')
    return {
      usable: false,
      reason: 'the lab needs Linux network namespaces, which this system does not have',
    };
  for (const [program, bringer] of PROGRAMS)
    if (!isInstalled(program))
      return {
        usable: false,
        reason: `the lab needs the program ${program}; install the package ${bringer}`,
      };
  try {
    const environment = { ...nodeEnvironment({}), PATH: pathWithSystemFolders() };
    await runProgram(inNewNamespaces(['sh', '-ec', TRIAL]), '', environment);
    return { usable: true };
  } catch (error) {
    const words = [causeOf(error), ...SWITCHES.flatMap(([name, off]) => (isSet(name, off) ? [name] : []))];
    return {
      usable: false,
      reason: `this computer does not let this user make network namespaces: ${words.join('; see ')}`,
    };
  }
}

function isInstalled(program: string): boolean {
  return pathWithSystemFolders()
    .split(delimiter)
    .some(folder => {
      try {
        accessSync(join(folder, program), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function isSet(name: string, value: string): boolean {
  try {
    return (
      process.getuid?.() !== 0 &&
      readFileSync(join('/proc/sys', name.replaceAll('.', '/')), 'utf8').trim() === value
    );
  } catch {
    return false;
  }
}

/** What the failed program said, in one line. */
function causeOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? text).replace(/^setpriv failed: /, '').replace(/\.$/, '');
}
