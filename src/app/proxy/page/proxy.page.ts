import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { ChoiceLineComponent } from '../../allowlist/page/choice/choice-line.component';
import type { Node } from '../../cluster/cluster';
import { ClusterStore } from '../../cluster/cluster.store';
import { CommandBarComponent } from '../../ui/panes/command-bar.component';
import { IconComponent } from '../../ui/icon.component';
import { Navigation } from '../../ui/navigation';
import { ScriptPanelComponent } from '../../ui/panes/script-panel.component';
import { named } from '../../ui/words/named';
import { speaking } from '../../ui/words/spoken';
import { TEXT } from '../../ui/words/text';
import { countChange } from '../change/change-plan';
import { driftOf } from '../change/drift';
import {
  accountCutOff,
  cutOff,
  type HistoryEntry,
  historyOf,
  neverEnded,
  type NodeSetting,
} from '../change/history';
import type { ExtraLayers } from '../change/order';
import { isAgentRead } from '../setting/layers/arc-agent';
import { gatewaySignsOf } from '../setting/compare-layers';
import { networksLeftOut, proposalsFor } from '../setting/compose/advice';
import type { DesiredProxy } from '../setting/proxy-setting';
import { LISTED_HOSTS } from '../state/needed-plan';
import { ProxyChangeStore } from '../state/proxy-change.store';
import { isOtherInForce, ProxyStore } from '../state/proxy.store';
import { ConfirmDialogComponent } from './confirm-dialog.component';
import { type FormWish, ProxyFormComponent } from './change/proxy-form.component';
import { ProxyHistoryComponent } from './proxy-history.component';
import { type ChosenPackage, ProxyPackageComponent } from './change/proxy-package.component';
import { ProxyPreviewComponent } from './change/proxy-preview.component';
import { ProxyResultsComponent } from './change/proxy-results.component';
import { installQuestion, packageQuestion } from './module-questions';
import { driftLines } from './settings/drift-text';
import { ProxySettingsTableComponent } from './settings/proxy-settings-table.component';
import { ProxySummaryComponent } from './settings/proxy-summary.component';
import { changeSentence, changeSpeech, installationSpeech, readingSpeech } from './speech';
import { shownProxyScripts } from './shown-proxy-scripts';

/** The Proxy tab. */
@Component({
  selector: 'oc-proxy-page',
  imports: [
    ChoiceLineComponent,
    CommandBarComponent,
    ConfirmDialogComponent,
    IconComponent,
    ProxyFormComponent,
    ProxyHistoryComponent,
    ProxyPackageComponent,
    ProxyPreviewComponent,
    ProxyResultsComponent,
    ProxySettingsTableComponent,
    ProxySummaryComponent,
    ScriptPanelComponent,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './proxy-page.component.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--spacingVerticalS);
    }
    h3 {
      margin-block-end: var(--spacingVerticalM);
    }
    p {
      margin: 0;
    }
    .below {
      margin-block-start: var(--spacingVerticalL);
    }
    .oc-notice {
      margin-block: 0 var(--spacingVerticalM);
    }
  `,
})
export class ProxyPage {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(ProxyStore);
  protected readonly changes = inject(ProxyChangeStore);
  private readonly clusterStore = inject(ClusterStore);
  private readonly dialog = viewChild.required(ConfirmDialogComponent);
  private readonly results = viewChild(ProxyResultsComponent);

  protected readonly scripts = shownProxyScripts(this.t);
  private readonly formHeading = viewChild<ElementRef<HTMLElement>>('formHeading');
  private readonly navigation = inject(Navigation);
  /** Another page sent the reader to the form, which is not there before the nodes are known. */
  private readonly isSentToForm = signal(false);

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
  /** Why no change can be started just now; '' when one can. */
  protected readonly waits = computed(
    () => this.busyWith() || (this.store.reachable().length === 0 ? this.t('proxy.none-reachable') : ''),
  );
  protected readonly busyWith = computed(() => {
    if (!this.store.busy()) return '';
    return this.t(this.store.held() ? 'proxy.waits.change' : 'proxy.waits.installing');
  });
  /** The setting that all readable nodes share, to start the fields with. */
  protected readonly common = computed<DesiredProxy | undefined>(() => {
    if (this.store.loading() || this.store.rows().some(isOtherInForce)) return undefined;
    const first = this.store
      .rows()
      .flatMap(({ reading }) => (reading.at === 'read' ? [reading.setting] : []))[0];
    return first?.readable && first.machineWide ? { server: first.server, bypass: first.bypass } : undefined;
  });
  private readonly settings = computed<readonly NodeSetting[]>(() =>
    this.store
      .rows()
      .flatMap(({ node, reading }) => (reading.at === 'read' ? [{ node, setting: reading.setting }] : [])),
  );
  protected readonly history = computed(() => historyOf(this.settings()));
  protected readonly drift = computed(() => driftLines(this.t, driftOf(this.settings())));
  protected readonly cutOffNames = computed(() => allNamesOf(cutOff(this.settings())));
  private readonly accounts = computed(() => accountCutOff(this.settings()));
  protected readonly accountNames = computed(() => allNamesOf(this.accounts().changed));
  protected readonly hiddenAccounts = computed(() => this.accounts().hidden);
  protected readonly openNames = computed(() => allNamesOf(neverEnded(this.settings())));
  protected readonly gatewayNames = computed(() =>
    namesOf(this.nodesWhere(({ setting }) => gatewaySignsOf(setting).length > 0)),
  );
  protected readonly agentUnreadNames = computed(() =>
    namesOf(this.nodesWhere(({ setting: { agent } }) => agent !== undefined && !isAgentRead(agent))),
  );
  protected readonly untoldNames = computed(() =>
    namesOf(this.nodesWhere(({ setting: { node } }) => node === undefined)),
  );
  protected readonly scriptNames = computed(() =>
    namesOf(this.nodesWhere(({ setting }) => setting.pacUrl !== '')),
  );
  protected readonly withoutModule = computed(() =>
    this.nodesWhere(({ setting }) => setting.moduleVersion === null),
  );
  protected readonly withoutModuleNames = computed(() => namesOf(this.withoutModule()));
  protected readonly putBackNames = computed(() =>
    allNamesOf(this.changes.toPutBack().map(({ node }) => node)),
  );
  protected readonly listed = inject(LISTED_HOSTS);
  protected readonly nodeNames = computed(() => this.store.nodes().map(({ name }) => name));
  /** The lowest: what it cannot take, the cluster does not get. */
  protected readonly build = computed(() => {
    const builds = this.store.nodes().flatMap(({ build }) => (build === undefined ? [] : [build]));
    return builds.length > 0 ? Math.min(...builds) : undefined;
  });
  protected readonly proposals = computed(() => {
    const cluster = this.clusterStore.cluster();
    const addresses = this.settings().flatMap(({ setting }) => setting.node?.addresses ?? []);
    return cluster === undefined ? [] : proposalsFor(cluster, addresses);
  });
  protected readonly knowsNetwork = computed(() => this.clusterStore.cluster()?.addresses !== undefined);
  protected readonly networksLeftOut = computed(() => {
    const cluster = this.clusterStore.cluster();
    return cluster === undefined ? [] : networksLeftOut(cluster);
  });
  /** The server in the form, when it is right: the module is fetched through it. */
  protected readonly typedServer = signal('');

  protected readonly progress = computed(() => changeSentence(this.changes.change(), this.t));
  private readonly notices = computed(
    () =>
      [
        ...[this.denied(), this.differ(), this.gatewayNames(), this.scriptNames(), this.drift().length > 0],
        ...[this.agentUnreadNames(), this.untoldNames()],
        ...[this.cutOffNames(), this.accountNames(), this.openNames()],
      ].filter(Boolean).length + this.hiddenAccounts().length,
  );
  /** Steps of a change are nobody's news: what comes of them is spoken of at its end, where it is new. */
  private readonly readings = linkedSignal<{ held: boolean; text: string }, string>({
    source: () => ({
      held: this.store.busy(),
      text: readingSpeech(this.store.rows(), this.notices(), this.t),
    }),
    computation: ({ held, text }, last) => (held ? (last?.value ?? '') : text),
  });
  /** Spoken, never shown: what becomes of 64 nodes is no reason for 64 sentences. */
  protected readonly live = speaking(
    this.readings,
    computed(() => installationSpeech(this.store.rows(), this.t)),
    computed(() => changeSpeech(this.changes.change(), this.t)),
  );
  protected readonly outcome = computed(() => {
    const change = this.changes.change();
    if (change === undefined) return 'info';
    const counts = countChange(change);
    const { open, unsuccessful, unknown, rolledBack } = counts;
    if (open > 0) return 'info';
    if (unsuccessful + unknown + rolledBack > 0) return 'error';
    const isWhole = counts.verified + counts.unchanged === change.nodes.length;
    return isWhole && counts.losing === 0 ? 'success' : 'warning';
  });

  constructor() {
    effect(() => {
      if (this.navigation.errand()?.tab !== 'proxy') return;
      untracked(() => this.isSentToForm.set(this.navigation.take('proxy')?.act === 'set'));
    });
    effect(() => {
      if (!this.isSentToForm() || this.formHeading() === undefined) return;
      untracked(() => {
        this.isSentToForm.set(false);
        this.jumpToForm();
      });
    });
  }

  /** The focus goes along, so that the keyboard goes on from there. */
  protected jumpToForm(): void {
    const heading = this.formHeading()?.nativeElement;
    heading?.scrollIntoView();
    heading?.focus({ preventScroll: true });
  }

  protected askApply({ server, bypass, extras }: FormWish): void {
    void (server === undefined
      ? this.changes.prepareBypass(bypass, extras)
      : this.changes.prepare({ kind: 'set', server, bypass, extras }));
  }

  protected askRemove(extras: ExtraLayers): void {
    void this.changes.prepare({ kind: 'remove', extras });
  }

  protected putBack(): void {
    void this.changes.preparePutBack();
  }

  protected goBack(entry: HistoryEntry): void {
    void this.changes.prepareGoingBack(entry.change);
  }

  protected confirm(): void {
    void this.changes.confirm();
    this.results()?.focus();
  }

  protected retry(): void {
    void this.changes.prepareRetry();
  }

  protected askInstall(node: Node): void {
    const proxy = this.typedServer();
    this.dialog().ask({
      ...installQuestion(this.t, node, proxy),
      act: () => void this.store.install(node, proxy),
    });
  }

  protected askPackage(chosen: ChosenPackage): void {
    const nodes = this.withoutModule();
    this.dialog().ask({
      ...packageQuestion(this.t, chosen, nodes, this.withoutModuleNames()),
      act: () => void this.store.installFrom(chosen.files, nodes),
    });
  }

  private nodesWhere(holds: (item: NodeSetting) => boolean): readonly Node[] {
    return this.settings()
      .filter(holds)
      .map(({ node }) => node);
  }
}

/** For what somebody has to put right on each of them. */
function allNamesOf(nodes: readonly Node[]): string {
  return nodes.map(({ name }) => name).join(', ');
}

function namesOf(nodes: readonly Node[]): string {
  return named(nodes.map(({ name }) => name));
}
