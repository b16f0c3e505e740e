import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  Injector,
  signal,
  untracked,
  viewChild,
  afterNextRender,
} from '@angular/core';
import { ChoiceLineComponent } from '../../allowlist/page/choice/choice-line.component';
import { FailedNoticeComponent } from '../../ui/failed-notice.component';
import { CommandBarComponent } from '../../ui/panes/command-bar.component';
import { CopyButtonComponent } from '../../ui/copy-button.component';
import { DetailsPaneComponent } from '../../ui/panes/details-pane.component';
import { goToPart } from '../../ui/go-to-part';
import { Navigation } from '../../ui/navigation';
import { ScriptPanelComponent } from '../../ui/panes/script-panel.component';
import { speaking, spokenAfter } from '../../ui/words/spoken';
import { TEXT } from '../../ui/words/text';
import { TIMES } from '../../ui/words/times';
import { HOST } from '../../wac/host';
import { CLIPBOARD } from '../../wac/platform';
import { progressText } from '../run/run-announcer';
import { CheckOptions, TIMEOUT_SECONDS } from '../state/check-options.store';
import { NextCheck } from '../state/next-check.store';
import { ReachabilityStore } from '../state/reachability.store';
import { spokenCheck } from '../state/spoken-check';
import { WatchStore } from '../state/watch.store';
import { CheckButtonsComponent } from './runs/check-buttons.component';
import { CheckOptionsComponent } from './runs/check-options.component';
import { ExportResultsComponent } from './export-results.component';
import { NodeNotesComponent } from './node-notes.component';
import { PairCheckComponent } from './runs/pair-check.component';
import { ResultDetailsComponent } from './results/details/result-details.component';
import { ResultFilterComponent } from './results/result-filter.component';
import { type CellPlace, ResultMatrixComponent } from './results/matrix/result-matrix.component';
import { ResultView } from './results/result-view';
import { RunAgainComponent } from './runs/run-again.component';
import { RunHistoryComponent } from './runs/run-history.component';
import { ShownScripts } from './shown-scripts';
import { TallyComponent } from './results/tally.component';
import { WatchComponent } from './runs/watch.component';
import { addressesOf } from '../run/names';
import { chainsOf } from '../run/follow-up/redirect-chain';
import { elsewhereText, forcedWay } from '../run/way-words';
import { verdictWord } from './results/verdict-mark.component';

/** Proves from every node which endpoints can be reached, and explains what cannot. */
@Component({
  selector: 'oc-reachability-page',
  imports: [
    CheckButtonsComponent,
    CheckOptionsComponent,
    ChoiceLineComponent,
    CommandBarComponent,
    CopyButtonComponent,
    DetailsPaneComponent,
    ExportResultsComponent,
    FailedNoticeComponent,
    NodeNotesComponent,
    PairCheckComponent,
    ResultDetailsComponent,
    ResultFilterComponent,
    ResultMatrixComponent,
    RunAgainComponent,
    RunHistoryComponent,
    ScriptPanelComponent,
    TallyComponent,
    WatchComponent,
  ],
  providers: [ShownScripts],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './reachability-page.component.html',
  styleUrl: './reachability-page.component.css',
})
export class ReachabilityPage {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(ReachabilityStore);
  protected readonly next = inject(NextCheck);
  protected readonly options = inject(CheckOptions);
  protected readonly view = inject(ResultView);
  protected readonly scripts = inject(ShownScripts).all;
  private readonly navigation = inject(Navigation);
  private readonly injector = inject(Injector);
  private readonly clipboard = inject(CLIPBOARD);
  private readonly locale = inject(HOST).locale;
  private readonly times = inject(TIMES);
  private readonly matrix = viewChild(ResultMatrixComponent);
  protected readonly limits = TIMEOUT_SECONDS;

  protected readonly chosen = signal<CellPlace | undefined>(undefined);
  /** The node whose measurement is shown, of those that the chosen cell speaks for. */
  private readonly shownNode = signal('');
  protected readonly details = computed(() => {
    const chosen = this.chosen();
    const node = this.shownNode();
    return chosen && this.store.run()?.cells.get(node)?.get(chosen.entry);
  });
  protected readonly detailRules = computed(() => {
    const details = this.details();
    return details ? this.view.facts().rowsOf(details) : [];
  });
  /** What each node finds for the host of the shown result. */
  protected readonly found = computed(() => {
    const run = this.store.run();
    const details = this.details();
    return run && details ? addressesOf(run, details.host) : [];
  });
  protected readonly resolvers = computed(
    () => this.store.run()?.nodes.find(({ node }) => node.name === this.shownNode())?.resolvers ?? [],
  );
  protected readonly chain = computed(() => {
    const run = this.store.run();
    const details = this.details();
    return run && details ? chainsOf(run)(details) : [];
  });
  protected readonly heading = computed(() => {
    const details = this.details();
    const scope = this.chosen()?.scope ?? '';
    return details ? this.t('reachability.details.title', details.host, details.port, scope) : '';
  });
  /** Every node's result of the chosen endpoint, a line each. */
  protected readonly rowText = computed(() => {
    const row = this.view.rowOf(this.chosen()?.entry ?? '');
    const nodes = this.view.nodes();
    return (row?.cells ?? [])
      .map((cell, index) =>
        this.t('reachability.cell', row?.door ?? '', nodes[index] ?? '', verdictWord(this.t, cell?.verdict)),
      )
      .join('\r\n');
  });
  protected readonly elapsed = computed(() => this.seconds(this.store.elapsedMs()));
  /** Some findings claim no result: what answers slowly, or leads on to other hosts, explains no failure. */
  protected readonly explanations = computed(() => {
    const findings = this.store.findings();
    const explaining = findings.filter(({ cells }) => cells.length > 0).length;
    const key = `reachability.findings${this.view.tally().failed === 0 ? '.missing' : ''}`;
    if (explaining > 0) return this.t(key, explaining);
    return findings.length === 0 ? '' : this.t('reachability.findings.noticed', findings.length);
  });
  protected readonly status = computed(() => {
    const run = this.store.run();
    if (run?.endedAt === undefined) return '';
    const { name } = run.request.edition;
    const since = run.since === undefined ? '' : this.t('reachability.status.since', this.date(run.since));
    return [
      this.t(`reachability.status.${run.status}`, this.date(run.endedAt), this.elapsed()),
      this.store.isAhead() ? this.t('reachability.status.ahead') : '',
      name === '' ? '' : this.t('reachability.status.list', name),
      since,
    ]
      .filter(sentence => sentence !== '')
      .join(' ');
  });
  /** That the run is of another cluster; '' where it is of this one. */
  protected readonly elsewhere = computed(() =>
    elsewhereText(this.store.run(), this.store.elsewhere(), this.t),
  );
  /** That another way was forced than the nodes' own; '' where none was. */
  protected readonly forced = computed(() => forcedWay(this.store.run(), this.t));
  /** Why no row is left. */
  protected readonly empty = computed(() => {
    const { failed, unknown } = this.view.tally();
    return this.view.filter().kind === 'failed' && failed === 0 && unknown > 0
      ? this.t('reachability.matrix.nothingFailed', unknown)
      : this.t('reachability.matrix.empty');
  });
  protected readonly progress = computed(() => progressText(this.store.progress(), this.t));
  /** Spoken, never shown. */
  protected readonly live = speaking(spokenCheck(), inject(WatchStore).told);

  constructor() {
    effect(() => {
      const errand = this.navigation.errand();
      if (errand?.tab === 'reachability') untracked(() => this.run());
    });
  }
  protected choose(place: CellPlace): void {
    this.chosen.set(place);
    this.showNode(place.nodes[0] ?? '');
    const details = this.details();
    const row = this.view.allRows().find(each => each.entry.id === place.entry);
    if (row === undefined) return;
    const word = verdictWord(this.t, details?.verdict);
    const cell = this.t('reachability.cell', row.door, place.scope, word);
    this.say(this.t('reachability.live.details', cell));
  }

  protected showNode(node: string): void {
    this.shownNode.set(node);
  }

  protected closeDetails(): void {
    this.chosen.set(undefined);
    this.matrix()?.focusCurrent();
  }

  protected async copy(text: string): Promise<void> {
    const done = await this.clipboard.copy(text);
    this.say(this.t(done ? 'common.copied' : 'common.notCopied'));
  }

  private say(sentence: string): void {
    this.live.update(before => spokenAfter(before, sentence));
  }

  protected openRule(rule: string): void {
    this.navigation.go({ tab: 'allowlist', rule });
  }

  protected openOverview(): void {
    this.navigation.go({ tab: 'overview' });
  }

  /** To a feature of the results, or to a part of the page below them. */
  protected goTo(section: string): void {
    if (!goToPart(section)) this.matrix()?.showSection(section);
  }

  /** Does what another page sent the reader here for. */
  private run(): void {
    const errand = this.navigation.take('reachability');
    if (errand === undefined) return;
    this.view.follow(errand);
    const { rule } = errand;
    if (rule === undefined) return;
    afterNextRender(() => this.matrix()?.showEntry(line => line.row.entry.rules.includes(rule)), {
      injector: this.injector,
    });
  }

  private date(iso: string): string {
    return this.times.moment(iso);
  }

  private seconds(ms: number): string {
    return (ms / 1000).toLocaleString(this.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }
}
