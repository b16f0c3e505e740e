import type { Node } from '../../cluster/cluster';
import type { Text } from '../../ui/words/text';
import type { Host } from '../../wac/host';
import { countChange, type ProxyChange } from '../change/change-plan';
import type { Failure } from '../change/failure';

/** Tells Windows Admin Center's notifications what changes on nodes. */
export class ProxyNotices {
  constructor(
    private readonly host: Pick<Host, 'notify'>,
    private readonly t: Text,
  ) {}

  changing(change: ProxyChange): void {
    const title = this.t(`proxy.notice.${change.kind}.title`);
    this.host.notify('proxy-change', 'progress', title, this.t('proxy.notice.progress', change.nodes.length));
  }

  changed(change: ProxyChange): void {
    const counts = countChange(change);
    const title = this.t(`proxy.notice.${change.kind}.title`);
    const right = counts.verified + counts.unchanged;
    const wrong = counts.unsuccessful + counts.unknown + counts.rolledBack;
    const result = this.t('proxy.notice.result', right, wrong, counts.skipped);
    const message =
      counts.unproven === 0
        ? result
        : `${result} ${this.t('proxy.results.summary.unproven', counts.unproven)}`;
    const nothingDone = right + counts.unproven === 0;
    const isGood = wrong + counts.unproven === 0 && !nothingDone;
    const state = wrong > 0 && nothingDone ? 'error' : isGood ? 'success' : 'warning';
    this.host.notify('proxy-change', state, title, message);
  }

  installing(node: Node): void {
    const message = this.t('proxy.notice.install.progress', node.name);
    this.host.notify(`proxy-install-${node.fqdn}`, 'progress', this.t('proxy.notice.install.title'), message);
  }

  installed(node: Node, failure: Failure | undefined): void {
    const title = this.t('proxy.notice.install.title');
    const id = `proxy-install-${node.fqdn}`;
    if (failure === undefined)
      this.host.notify(id, 'success', title, this.t('proxy.install.done', node.name));
    else this.host.notify(id, 'error', title, this.t(`proxy.failure.${failure.code}`, node.name));
  }
}
