import { inject, Injectable, signal } from '@angular/core';
import { isReachableState, type Node } from '../../cluster/cluster';
import { ClusterStore } from '../../cluster/cluster.store';
import { REMOTE_SHELL } from '../../wac/remote-shell';
import type { Wish } from '../change/order';
import { forecastOf } from '../change/preview/forecast';
import { canChoose, type PreFlight, type PreviewRow } from '../change/preview/preview';
import type { ChangeKind } from '../setting/change-record';
import type { ProxySetting } from '../setting/proxy-setting';
import { forEachAtOnce } from './for-each-at-once';
import { probeAsSet, probeThrough } from './needed-endpoints';
import { NEEDED_PLAN } from './needed-plan';
import type { Preview, WishFor } from './preview';
import { AT_ONCE, ProxyStore } from './proxy.store';

/** What a change would do, after node states, settings and endpoints were looked at anew. Changes nothing. */
@Injectable({ providedIn: 'root' })
export class ProxyPreviewStore {
  private readonly shell = inject(REMOTE_SHELL);
  private readonly proxies = inject(ProxyStore);
  private readonly clusterStore = inject(ClusterStore);
  private readonly plan = inject(NEEDED_PLAN);

  private readonly shown = signal<Preview | undefined>(undefined);
  private previews = 0;

  readonly preview = this.shown.asReadonly();

  choose(node: Node, chosen: boolean): void {
    this.shown.update(
      preview =>
        preview && {
          ...preview,
          rows: preview.rows.map(row => (row.node.fqdn === node.fqdn ? { ...row, choice: chosen } : row)),
        },
    );
  }

  dismiss(): void {
    this.previews++;
    this.shown.set(undefined);
  }

  async show(kind: ChangeKind, wishFor: WishFor, isRetry = false): Promise<void> {
    if (this.proxies.busy()) return;
    const turn = ++this.previews;
    const rowsOf = (): PreviewRow[] =>
      this.proxies.nodes().flatMap(node => {
        const wish = wishFor(node, undefined);
        return wish === undefined ? [] : [{ node, wish, preFlight: { at: 'waiting' } }];
      });
    this.shown.set({ kind, rows: rowsOf(), ready: false, isRetry });
    await this.clusterStore.readAnew();
    if (turn !== this.previews) return;
    const rows = rowsOf();
    this.shown.set({ kind, rows, ready: false, isRetry });
    await forEachAtOnce(rows, AT_ONCE, async row => {
      const looked = await this.look(row, wishFor);
      if (turn === this.previews) this.putRow(looked);
    });
    if (turn === this.previews) this.shown.update(preview => preview && { ...preview, ready: true });
  }

  private async look(row: PreviewRow, wishFor: WishFor): Promise<PreviewRow> {
    const { node } = row;
    if (!isReachableState(node.state)) return { ...row, preFlight: { at: 'none' } };
    const reading = await this.proxies.read(node);
    if ('failure' in reading) return { ...row, failure: reading.failure, preFlight: { at: 'none' } };
    const wish = wishFor(node, reading.value) ?? row.wish;
    const read: PreviewRow = { ...row, wish, setting: reading.value };
    this.putRow(read);
    return {
      ...read,
      preFlight: await this.flyBefore(
        node,
        wish,
        reading.value,
        canChoose({ ...read, preFlight: { at: 'none' } }),
      ),
    };
  }

  private async flyBefore(
    node: Node,
    wish: Wish,
    setting: ProxySetting,
    isTouched: boolean,
  ): Promise<PreFlight> {
    if (!isTouched) return { at: 'none' };
    const plan = this.plan();
    if (plan === undefined) return { at: 'not-tested' };
    const now = await probeAsSet(this.shell, node.fqdn, plan, setting);
    const wished =
      wish.kind === 'set'
        ? await probeThrough(this.shell, node.fqdn, plan, wish)
        : await probeAsSet(this.shell, node.fqdn, plan, forecastOf(setting, wish));
    if (wished === undefined) return { at: 'not-tested' };
    // A setting that cannot be understood cannot be tested; what the node reaches now is not known then.
    return { at: 'tested', had: now?.reached ?? new Set(), proof: wished };
  }

  private putRow(next: PreviewRow): void {
    this.shown.update(
      preview =>
        preview && {
          ...preview,
          rows: preview.rows.map(row =>
            row.node.fqdn === next.node.fqdn
              ? { ...next, ...(row.choice !== undefined && { choice: row.choice }) }
              : row,
          ),
        },
    );
  }
}
