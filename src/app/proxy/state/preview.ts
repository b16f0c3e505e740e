import type { Node } from '../../cluster/cluster';
import type { Wish } from '../change/order';
import type { PreviewRow } from '../change/preview/preview';
import type { ChangeKind } from '../setting/change-record';
import { parseTypedServer } from '../setting/compose/typed-server';
import type { ProxySetting } from '../setting/proxy-setting';

/** What is shown before a change, and waits for the administrator. */
export interface Preview {
  readonly kind: ChangeKind;
  readonly rows: readonly PreviewRow[];
  /** Everything is read and tested. */
  readonly ready: boolean;
  /** The nodes of the last change that did not get there. */
  readonly isRetry: boolean;
}

/** Undefined: the node has no part in it. `setting`: what it has now, once it was read. */
export type WishFor = (node: Node, setting: ProxySetting | undefined) => Wish | undefined;

/** The machine's own server in a form that the node's script takes again; '' where there is none. */
export function serverToKeep(setting: Pick<ProxySetting, 'machineWide' | 'server'> | undefined): string {
  if (setting?.machineWide !== true) return '';
  const read = parseTypedServer(setting.server, undefined);
  if (!read.ok) return '';
  // Alone it keeps its `http://`, or that it has none.
  return read.server.includes('=') ? read.server : setting.server.trim().replace(/^http:\/\//i, 'http://');
}
