import { join } from 'node:path';
import { nameServiceCommands, networkFile } from './network/namespaces.ts';

/** Where `ip` and `nft` are; ordinary users' PATH on Debian lacks these. */
const SYSTEM_FOLDERS = '/usr/sbin:/sbin';

/** Whether the lab needs a user namespace: only root may make network namespaces without one. */
const ordinaryUser = process.getuid?.() !== 0;

/** A search path on which `ip` and `nft` are found, for users who lack their folders. */
export function pathWithSystemFolders(): string {
  return `${process.env['PATH'] ?? '/usr/bin:/bin'}:${SYSTEM_FOLDERS}`;
}

/** Runs a program as the first process of new namespaces. The kernel ends all of them when this process ends. */
export function inNewNamespaces(command: readonly string[]): readonly string[] {
  return [
    ...['setpriv', '--pdeathsig', 'KILL'],
    ...['unshare', '--net', '--mount', '--pid', '--fork', '--kill-child'],
    ...(ordinaryUser ? ['--user', '--map-root-user'] : []),
    ...command,
  ];
}

/** Runs a program in the namespaces of a node, in this process's own working directory. */
export function inNode(labPid: number, node: number, command: readonly string[]): readonly string[] {
  return [
    ...['nsenter', '--target', String(labPid), '--mount', '--pid'],
    ...(ordinaryUser ? ['--user', '--preserve-credentials'] : []),
    ...['nsenter', `--net=${networkFile(node)}`, 'unshare', '--mount'],
    ...['sh', '-ec', `${nameServiceCommands(node)}\ncd -- "$0"\nexec "$@"`, process.cwd(), ...command],
  ];
}

/** The lab's own program. */
export const LAB_COMMAND = [process.execPath, join(import.meta.dirname, 'lab-main.ts')] as const;
