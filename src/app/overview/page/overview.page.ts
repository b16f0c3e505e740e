import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { editionName, longDate } from '../../allowlist/choice/edition-words';
import { ChoiceLineComponent } from '../../allowlist/page/choice/choice-line.component';
import { SelectionStore } from '../../allowlist/state/selection.store';
import { ShownScripts } from '../../reachability/page/shown-scripts';
import { FailedNoticeComponent } from '../../ui/failed-notice.component';
import { ScriptPanelComponent } from '../../ui/panes/script-panel.component';
import { CheckButtonsComponent } from '../../reachability/page/runs/check-buttons.component';
import { FindingsComponent } from '../../reachability/page/findings.component';
import { say } from '../../reachability/finding/say';
import { progressText, summaryOf } from '../../reachability/run/run-announcer';
import { elsewhereText, forcedWay } from '../../reachability/run/way-words';
import { NextCheck } from '../../reachability/state/next-check.store';
import { ReachabilityStore } from '../../reachability/state/reachability.store';
import { spokenCheck } from '../../reachability/state/spoken-check';
import { CommandBarComponent } from '../../ui/panes/command-bar.component';
import { IconComponent } from '../../ui/icon.component';
import { Navigation } from '../../ui/navigation';
import { speaking } from '../../ui/words/spoken';
import { TEXT } from '../../ui/words/text';
import { TIMES } from '../../ui/words/times';
import { HOST } from '../../wac/host';
import { type Answer, answersOf, type Coming } from '../rules/answers';
import { proxyLine } from '../rules/proxy-line';
import { CapabilityListComponent } from './capability-list.component';
import { NetworkTeamComponent } from './network-team.component';
import { RollUpsComponent } from './roll-ups.component';
import { WayComponent } from './way.component';

/** Can this cluster register, update, deploy – and if not, what is asked of whom. */
@Component({
  selector: 'oc-overview-page',
  imports: [
    CheckButtonsComponent,
    CapabilityListComponent,
    ChoiceLineComponent,
    CommandBarComponent,
    FailedNoticeComponent,
    FindingsComponent,
    IconComponent,
    NetworkTeamComponent,
    RollUpsComponent,
    WayComponent,
    ScriptPanelComponent,
  ],
  providers: [ShownScripts],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './overview-page.component.html',
  styleUrl: './overview-page.component.css',
})
export class OverviewPage {
  protected readonly t = inject(TEXT);
  private readonly checkScripts = inject(ShownScripts).all;
  /** What reads the cluster, and what a check runs. */
  protected readonly scripts = computed(() => [
    { lead: this.t('cluster.script'), command: { name: 'Get-ClusterOverview' } as const },
    ...this.checkScripts(),
  ]);
  protected readonly store = inject(ReachabilityStore);
  protected readonly next = inject(NextCheck);
  private readonly selection = inject(SelectionStore);
  private readonly navigation = inject(Navigation);
  private readonly locale = inject(HOST).locale;
  private readonly times = inject(TIMES);

  /** Why nothing is known yet of a check that was made. */
  protected readonly coming = computed((): Coming | undefined => {
    if (this.store.isReading()) return 'overview.reading';
    if (this.store.isRunning()) return 'overview.checking';
    return this.store.isExplaining() ? 'finding.explaining' : undefined;
  });
  protected readonly answers = computed(() =>
    answersOf(this.store.capabilities(), this.store.ownRun()?.nodes.length ?? 0, this.coming()),
  );
  /** That the run that is shown is of another cluster. */
  protected readonly elsewhere = computed(() =>
    elsewhereText(this.store.run(), this.store.elsewhere(), this.t),
  );
  /** That the run went another way than the nodes' own. */
  protected readonly forced = computed(() => forcedWay(this.store.ownRun(), this.t));
  protected readonly proxy = computed(() => {
    const run = this.store.ownRun();
    const line = say(proxyLine(run, this.coming()), this.t);
    // What a change or the Proxy tab read since then is not told here.
    return run?.nodes.some(({ proxy }) => proxy !== undefined) === true
      ? this.t('overview.proxy.asOf', line, this.times.moment(run.endedAt ?? run.startedAt))
      : line;
  });
  /** The list in force, and why it is this one. */
  protected readonly list = computed(() => {
    const edition = this.selection.edition();
    if (edition === undefined)
      return this.t(this.store.obstacle() === 'listFailed' ? 'allowlist.choice.failed' : 'allowlist.loading');
    const origin = this.t(`overview.list.${this.selection.editionOrigin()}`);
    return this.t(
      'overview.list',
      editionName(edition, this.t),
      longDate(edition.published, this.locale),
      origin,
    );
  });
  protected readonly checked = computed(() => {
    const run = this.store.ownRun();
    if (run?.endedAt === undefined) return '';
    const at = this.times.moment(run.endedAt);
    const ahead = this.store.isAhead() ? ` ${this.t('reachability.status.ahead')}` : '';
    return `${this.t(`overview.${run.status}`, at)}${ahead} ${summaryOf(run, this.t)}`;
  });
  protected readonly progress = computed(() => progressText(this.store.progress(), this.t));
  /** Spoken, never shown. */
  protected readonly live = speaking(spokenCheck());

  protected setProxy(): void {
    this.navigation.go({ tab: 'proxy', act: 'set' });
  }

  protected showResults(): void {
    this.navigation.go({ tab: 'reachability' });
  }

  protected follow({ id, next }: Answer): void {
    const only = next === 'failures' ? 'failed' : next === 'untested' ? 'unknown' : undefined;
    this.navigation.go({ tab: 'reachability', blocks: id, ...(only && { only }) });
  }
}
