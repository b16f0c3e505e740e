import type { Node } from '../../cluster/cluster';
import { named } from '../../ui/words/named';
import type { Text } from '../../ui/words/text';
import type { Host } from '../../wac/host';
import { countChange, type ProxyChange } from '../change/change-plan';
import type { Failure } from '../change/failure';

const INSTALLING = 'proxy-install';

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
    const more = (['stopped', 'losing', 'unproven'] as const).flatMap(each =>
      counts[each] === 0 ? [] : [this.t(`proxy.results.summary.${each}`, counts[each])],
    );
    const message = [result, ...more].join(' ');
    const nothingDone = right + counts.unproven === 0;
    const isGood = right === change.nodes.length && counts.losing === 0 && !nothingDone;
    const state = wrong > 0 && nothingDone ? 'error' : isGood ? 'success' : 'warning';
    this.host.notify('proxy-change', state, title, message);
  }

  installing(nodes: readonly Node[]): void {
    const message = this.t('proxy.notice.install.progress', named(nodes.map(({ name }) => name)));
    this.host.notify(INSTALLING, 'progress', this.t('proxy.notice.install.title'), message);
  }

  /** @param failures by node; one that is not there has the module */
  installed(nodes: readonly Node[], failures: ReadonlyMap<Node, Failure>): void {
    const good = nodes.filter(node => !failures.has(node)).map(({ name }) => name);
    const codes = [...new Set([...failures.values()].map(({ code }) => code))];
    const sentences = codes.map(code => {
      const names = nodes.filter(node => failures.get(node)?.code === code).map(({ name }) => name);
      return this.t(`proxy.failure.${code}`, named(names));
    });
    if (good.length > 0) sentences.unshift(this.t('proxy.install.done', named(good)));
    const state = failures.size === 0 ? 'success' : good.length > 0 ? 'warning' : 'error';
    this.host.notify(INSTALLING, state, this.t('proxy.notice.install.title'), sentences.join(' '));
  }
}
