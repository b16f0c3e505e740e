import { ChangeDetectionStrategy, Component, computed, inject, viewChild } from '@angular/core';
import { isReachableState, type Node } from '../../cluster/cluster';
import { ClusterStore } from '../../cluster/cluster.store';
import { TEXT } from '../../ui/text';
import { countChange, type PutBack } from '../change/change-plan';
import { ConfirmDialogComponent, type Confirmation } from './confirm-dialog.component';
import { proxyCommand } from '../change/proxy-command';
import { ProxyFormComponent } from './proxy-form.component';
import { ProxyResultsComponent } from './proxy-results.component';
import type { DesiredProxy } from '../setting/proxy-setting';
import { ProxySettingsTableComponent } from './proxy-settings-table.component';
import { ProxyStore } from '../state/proxy.store';

/** The Proxy tab. */
@Component({
  selector: 'oc-proxy-page',
  imports: [ConfirmDialogComponent, ProxyFormComponent, ProxyResultsComponent, ProxySettingsTableComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './proxy-page.component.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--spacingVerticalL);
    }
    .top {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: var(--spacingHorizontalM);
    }
    h3 {
      margin-block-end: var(--spacingVerticalM);
    }
    p {
      margin: 0;
    }
    .oc-notice {
      margin-block: 0 var(--spacingVerticalM);
    }
  `,
})
export class ProxyPage {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(ProxyStore);
  private readonly clusterStore = inject(ClusterStore);
  private readonly dialog = viewChild.required(ConfirmDialogComponent);
  private readonly results = viewChild(ProxyResultsComponent);

  protected readonly waiting = computed(
    () => this.store.nodes().length === 0 && this.clusterStore.status() === 'loading',
  );
  protected readonly differ = computed(() => this.store.rows().some(row => row.differs.size > 0));
  protected readonly denied = computed(() => {
    const asked = this.store.rows().filter(row => row.reading.at !== 'skipped');
    const isDenied = asked.map(
      ({ reading }) => reading.at === 'failed' && reading.failure.code === 'access-denied',
    );
    return asked.length > 0 && isDenied.every(Boolean);
  });
  protected readonly disabled = computed(() => this.store.busy() || this.store.reachable().length === 0);
  /** The setting that all readable nodes share, to start the fields with. */
  protected readonly common = computed<DesiredProxy | undefined>(() => {
    if (this.store.loading() || this.differ()) return undefined;
    const first = this.store
      .rows()
      .flatMap(({ reading }) => (reading.at === 'read' ? [reading.setting] : []))[0];
    return first?.readable && first.machineWide ? { server: first.server, bypass: first.bypass } : undefined;
  });
  /** One sentence for the live region: how far the change is, then how it ended. */
  protected readonly progress = computed(() => {
    const change = this.store.change();
    if (change === undefined) return '';
    const { open, verified, unsuccessful, skipped } = countChange(change);
    const all = change.nodes.length;
    return open > 0
      ? this.t('proxy.results.progress', all - open, all)
      : this.t('proxy.results.summary', verified, unsuccessful, skipped);
  });
  protected readonly outcome = computed(() => {
    const change = this.store.change();
    if (change === undefined) return 'info';
    const { open, unsuccessful, verified } = countChange(change);
    if (open > 0) return 'info';
    if (unsuccessful > 0) return 'error';
    return verified > 0 ? 'success' : 'warning';
  });

  protected askApply(desired: DesiredProxy): void {
    this.askAll('set', desired, this.t('proxy.confirm.set.heading', desired.server), () => {
      void this.store.apply(desired);
    });
  }

  protected askRemove(): void {
    this.askAll('remove', undefined, this.t('proxy.confirm.remove.heading'), () => void this.store.remove());
  }

  protected askInstall(node: Node): void {
    this.dialog().ask({
      heading: this.t('proxy.confirm.install.heading', node.name),
      lead: this.t('proxy.confirm.install.lead'),
      nodes: [node],
      command:
        'Install-Module -Name WinInetProxy -RequiredVersion 0.1.0 -Repository PSGallery -Scope AllUsers -Force',
      confirm: this.t('proxy.confirm.install.button'),
      act: () => void this.store.install(node),
    });
  }

  protected askPutBack(plan: PutBack): void {
    this.dialog().ask({
      heading: this.t('proxy.confirm.put-back.heading'),
      lead: this.t('proxy.confirm.put-back.lead'),
      nodes: plan.change.nodes.map(({ node, desired }) => ({
        name: node.name,
        command: proxyCommand(desired),
      })),
      confirm: this.t('proxy.confirm.put-back.button'),
      act: () => {
        void this.store.putBack();
        this.results()?.focus();
      },
    });
  }

  protected retry(): void {
    void this.store.retry();
    this.results()?.focus();
  }

  private askAll(
    kind: 'set' | 'remove',
    desired: DesiredProxy | undefined,
    heading: string,
    act: () => void,
  ): void {
    const skipped = this.store.nodes().filter(node => !isReachableState(node.state));
    const names = skipped.map(node => node.name).join(', ');
    const confirmation: Confirmation = {
      heading,
      lead: this.t(`proxy.confirm.${kind}.lead`),
      nodes: this.store.reachable().map(({ name }) => ({ name })),
      command: proxyCommand(desired),
      notes: skipped.length > 0 ? [this.t('proxy.confirm.skipped', names)] : [],
      confirm: this.t(`proxy.confirm.${kind}.button`),
      act,
    };
    this.dialog().ask(confirmation);
  }
}
