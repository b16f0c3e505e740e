import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { CloudFieldComponent } from '../../allowlist/page/choice/cloud-field.component';
import { editionName } from '../../allowlist/choice/edition-words';
import { FeatureChoiceComponent } from '../../allowlist/page/choice/feature-choice.component';
import { TEXT } from '../../ui/text';
import { HOST } from '../../wac/host';
import { ExportResultsComponent } from './export-results.component';
import { FindingsComponent } from './findings.component';
import { filterRows, matrixRows, tallyOf } from '../run/matrix';
import { NodeNotesComponent } from './node-notes.component';
import { ReachabilityStore, TIMEOUT_SECONDS } from '../state/reachability.store';
import { ResultDetailsComponent } from './result-details.component';
import { type CellPlace, ResultMatrixComponent } from './result-matrix.component';
import { RunAgainComponent } from './run-again.component';
import { RunHistoryComponent } from './run-history.component';
import { announcementOf, summaryOf } from '../run/run-announcer';
import { WatchComponent } from './watch.component';
import { verdictWord } from './verdict-mark.component';

/** Proves from every node which endpoints can be reached, and explains what cannot. */
@Component({
  selector: 'oc-reachability-page',
  imports: [
    CloudFieldComponent,
    ExportResultsComponent,
    FeatureChoiceComponent,
    FindingsComponent,
    NodeNotesComponent,
    ResultDetailsComponent,
    ResultMatrixComponent,
    RunAgainComponent,
    RunHistoryComponent,
    WatchComponent,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './reachability-page.component.html',
  styleUrl: './reachability-page.component.css',
})
export class ReachabilityPage {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(ReachabilityStore);
  private readonly locale = inject(HOST).locale;
  private readonly matrix = viewChild(ResultMatrixComponent);
  protected readonly limits = TIMEOUT_SECONDS;
  protected readonly editionName = editionName;

  protected readonly onlyFailures = signal(false);
  protected readonly onlyUntested = signal(false);
  protected readonly onlyDifferences = signal(false);
  protected readonly chosen = signal<CellPlace | undefined>(undefined);
  /** Spoken, never shown. */
  protected readonly live = signal('');

  protected readonly allRows = computed(() => {
    const run = this.store.run();
    return run ? matrixRows(run) : [];
  });
  protected readonly rows = computed(() =>
    filterRows(this.allRows(), {
      onlyFailures: this.onlyFailures(),
      onlyUntested: this.onlyUntested(),
      onlyDifferences: this.onlyDifferences(),
    }),
  );
  protected readonly nodes = computed(() => this.store.run()?.nodes.map(report => report.node) ?? []);
  protected readonly details = computed(() => {
    const chosen = this.chosen();
    return chosen && this.store.run()?.cells.get(chosen.node)?.get(chosen.entry);
  });
  protected readonly elapsed = computed(() => this.seconds(this.store.elapsedMs()));
  protected readonly status = computed(() => {
    const run = this.store.run();
    if (run?.endedAt === undefined) return '';
    return `${this.t(`reachability.status.${run.status}`, this.date(run.endedAt), this.elapsed())} ${summaryOf(run, this.t)}`;
  });
  /** Why no row is left. */
  protected readonly empty = computed(() => {
    const run = this.store.run();
    const { failed, unknown } = run ? tallyOf(run) : { failed: 0, unknown: 0 };
    return this.onlyFailures() && failed === 0 && unknown > 0
      ? this.t('reachability.matrix.nothingFailed', unknown)
      : this.t('reachability.matrix.empty');
  });
  /** When the oldest results were measured, where a part was measured again. */
  protected readonly since = computed(() => {
    const since = this.store.run()?.since;
    return since && this.date(since);
  });
  private readonly announcement = computed(() => {
    const run = this.store.run();
    return run && !this.store.isKept() ? announcementOf(run, this.t) : '';
  });

  constructor() {
    effect(() => {
      const sentence = this.announcement();
      untracked(() => this.live.set(sentence));
    });
  }

  protected start(): void {
    this.chosen.set(undefined);
    this.store.start();
  }

  protected choose(place: CellPlace): void {
    this.chosen.set(place);
    const row = this.allRows().find(each => each.entry.id === place.entry);
    const verdict = this.details()?.verdict;
    if (row === undefined) return;
    const cell = this.t('reachability.cell', row.door, place.node, verdictWord(this.t, verdict));
    this.live.set(this.t('reachability.live.details', cell));
  }

  protected closeDetails(): void {
    this.chosen.set(undefined);
    this.matrix()?.focusCurrent();
  }

  private date(iso: string): string {
    return new Date(iso).toLocaleString(this.locale, { dateStyle: 'medium', timeStyle: 'medium' });
  }

  private seconds(ms: number): string {
    return (ms / 1000).toLocaleString(this.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }
}
