import { ChangeDetectionStrategy, Component, computed, DestroyRef, inject, signal } from '@angular/core';
import { showWhole } from '../../../ui/go-to-part';
import { spokenAfter } from '../../../ui/words/spoken';
import { TEXT } from '../../../ui/words/text';
import { TIMES } from '../../../ui/words/times';
import { ClusterStore } from '../../../cluster/cluster.store';
import { HOST } from '../../../wac/host';
import { isSameName } from '../../run/elsewhere';
import type { RunState } from '../../run/run';
import type { JudgedRun } from '../../record/judged-run';
import { compareRuns } from '../../record/compare';
import type { ShelfEntry } from '../../record/shelf';
import { RunKeeper } from '../../state/run-keeper';
import { ReachabilityStore } from '../../state/reachability.store';
import { RunComparisonComponent } from './run-comparison.component';
import { tallySentence } from '../../run/run-announcer';
import { wayWord } from '../../run/way-words';

/** A larger file is no run. */
const MAX_FILE = 50_000_000;

/** The cluster's last runs: shown again, compared with the shown one, deleted; and a run from a file. */
@Component({
  selector: 'oc-run-history',
  imports: [RunComparisonComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <details #part (toggle)="showWhole(part)">
      <summary>{{ t('reachability.history', entries().length) }}</summary>
      <p class="oc-hint">{{ t('reachability.history.hint') }}</p>
      @if (entries().length === 0) {
        <p>{{ t('reachability.history.none') }}</p>
      } @else {
        <ul [attr.aria-label]="t('reachability.history.label')">
          @for (item of entries(); track item.entry.id) {
            <li>
              <span>{{ item.text }}</span>
              @if (item.isShown) {
                <span class="oc-hint">{{ t('reachability.history.shown') }}</span>
              } @else {
                <button
                  type="button"
                  class="oc-button"
                  [disabled]="store.isRunning()"
                  [attr.aria-label]="t('reachability.history.show.name', item.date)"
                  (click)="show(item.entry)"
                >
                  {{ t('reachability.history.show') }}
                </button>
                <button
                  type="button"
                  class="oc-button"
                  [disabled]="store.isRunning() || !store.run()"
                  [attr.aria-label]="t('reachability.history.compare.name', item.date)"
                  (click)="compare(item.entry)"
                >
                  {{ t('reachability.history.compare') }}
                </button>
                <button
                  type="button"
                  class="oc-button oc-button-subtle"
                  [attr.aria-label]="t('reachability.history.forget.name', item.date)"
                  (click)="forget(item.entry)"
                >
                  {{ t('reachability.history.forget') }}
                </button>
              }
            </li>
          }
        </ul>
      }
      <p class="oc-hint" role="status">
        @if (reading(); as id) {
          {{ t('reachability.history.reading', date(id)) }}
        }
      </p>
      <p class="oc-error" role="alert">{{ lost() }}</p>
      <div class="oc-field">
        <label for="oc-run-import">{{ t('reachability.history.import') }}</label>
        <input
          id="oc-run-import"
          type="file"
          accept=".json,application/json,.csv,text/csv"
          [disabled]="store.isRunning()"
          (change)="takeFile($event)"
        />
        <span class="oc-error" role="alert">{{ refused() }}</span>
      </div>
    </details>
    @if (comparison(); as compared) {
      <oc-run-comparison
        [comparison]="compared.result"
        [date]="compared.date"
        [ways]="compared.ways"
        (dismiss)="other.set(undefined)"
      />
    }
  `,
  styles: `
    summary {
      min-block-size: 24px;
      inline-size: fit-content;
      cursor: pointer;
    }
    ul {
      display: grid;
      gap: var(--spacingVerticalXS);
      margin-block: var(--spacingVerticalS);
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--spacingHorizontalS);
    }
  `,
})
export class RunHistoryComponent {
  protected readonly t = inject(TEXT);
  protected readonly showWhole = showWhole;
  protected readonly store = inject(ReachabilityStore);
  private readonly keeper = inject(RunKeeper);
  private readonly cluster = inject(ClusterStore).cluster;
  private readonly connection = inject(HOST).connection;
  private readonly times = inject(TIMES);

  /** The run with which the shown one is compared. */
  protected readonly other = signal<JudgedRun | undefined>(undefined);
  protected readonly refused = signal('');
  /** When the run that is being read was begun; '' for none. */
  protected readonly reading = signal('');
  private stop = (): void => undefined;
  /** That a run in the list is not there any more, or not whole: other code and other tabs write there, too. */
  protected readonly lost = signal('');

  protected readonly entries = computed(() =>
    this.keeper.runs().map(entry => {
      const date = this.date(entry.id);
      const summary = tallySentence(entry.counts, this.t);
      const way = entry.way === undefined ? '' : ` ${this.t(`reachability.options.way.${entry.way}`)}.`;
      return {
        entry,
        date,
        text: this.t('reachability.history.entry', date, entry.edition, summary) + way + this.whose(entry),
        isShown: entry.id === this.store.run()?.startedAt,
      };
    }),
  );

  /** The older of the two is the one before. */
  protected readonly comparison = computed(() => {
    const kept = this.other();
    const shown = this.store.run();
    if (kept === undefined || shown === undefined || shown.status === 'running') return undefined;
    if (kept.startedAt === shown.startedAt) return undefined;
    const [before, after] = kept.startedAt < shown.startedAt ? [kept, shown] : [shown, kept];
    const [wayBefore, wayAfter] = [wayWord(before, this.t), wayWord(after, this.t)];
    return {
      result: compareRuns(before, after),
      date: this.date(kept.startedAt),
      ways: [
        ...(isSameName(before.request.cluster, after.request.cluster)
          ? []
          : [this.t('reachability.compare.clusters', before.request.cluster, after.request.cluster)]),
        ...(wayBefore === wayAfter ? [] : [this.t('reachability.compare.ways', wayBefore, wayAfter)]),
      ].join(' '),
    };
  });

  /** That a run is of another cluster: it came in a file. */
  private whose({ cluster = '' }: ShelfEntry): string {
    const names = [this.connection.name, this.cluster()?.name ?? ''].filter(name => name !== '');
    return names.some(name => isSameName(name, cluster))
      ? ''
      : ` ${this.t('reachability.history.of', cluster)}`;
  }

  constructor() {
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  protected show(entry: ShelfEntry): void {
    this.read(
      entry,
      taken => this.keeper.read(entry.id, taken),
      (run: RunState) => this.store.show(run),
    );
  }

  protected compare(entry: ShelfEntry): void {
    this.read(
      entry,
      taken => this.keeper.readJudged(entry.id, taken),
      (run: JudgedRun) => this.other.set(run),
    );
  }

  protected forget({ id }: ShelfEntry): void {
    if (id === this.reading()) this.stopReading();
    this.keeper.forget(id);
  }

  private read<R>(
    { id }: ShelfEntry,
    reading: (taken: (run: R | undefined) => void) => () => void,
    taken: (run: R) => void,
  ): void {
    this.stopReading();
    this.other.set(undefined);
    this.reading.set(id);
    const shown = this.store.run()?.startedAt;
    this.stop = reading(run => {
      this.reading.set('');
      // Asked for beside another run: a check was begun or a file taken since.
      if (this.store.run()?.startedAt !== shown) return;
      this.lost.set(run === undefined ? this.t('reachability.history.lost', this.date(id)) : '');
      if (run !== undefined) taken(run);
    });
  }

  private stopReading(): void {
    this.stop();
    this.reading.set('');
  }

  protected async takeFile(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (file === undefined) return;
    const why = file.size > MAX_FILE ? 'too-large' : await this.taken(file);
    input.value = '';
    const sentence = why === undefined ? '' : this.t(`reachability.history.refused.${why}`, file.name);
    this.refused.update(before => spokenAfter(before, sentence));
  }

  private async taken(file: File): Promise<string | undefined> {
    const text = await file.text().catch(() => undefined);
    if (text === undefined) return 'unreadable';
    return this.store.take(text).catch(() => 'not-loaded');
  }

  protected date(iso: string): string {
    return this.times.moment(iso);
  }
}
