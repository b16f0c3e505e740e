import {
  ChangeDetectionStrategy,
  Component,
  type ElementRef,
  inject,
  PendingTasks,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { version } from '../../../../package.json';
import { IconComponent } from '../../ui/icon.component';
import { TEXT } from '../../ui/words/text';
import { CLOCK, DOWNLOADS, type FileOut } from '../../wac/platform';
import type { Finding } from '../finding/finding';
import { findingRecords } from '../record/run-file';
import type { JudgedRun } from '../record/judged-run';
import { inSteps } from '../state/in-steps';
import { RunKeeper } from '../state/run-keeper';
import { isSameName } from '../run/elsewhere';
import type { RunState } from '../run/run';
import { reportFile } from '../../export/results/report-file';
import { RUN_FORMATS, type RunFormat, runFile, runFileName } from '../../export/results/run-export';

/** The button Export results and its dialog: format, the file's name, then the download. */
@Component({
  selector: 'oc-export-results',
  imports: [IconComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      #opener
      type="button"
      class="oc-command"
      aria-haspopup="dialog"
      [disabled]="run().status === 'running'"
      (click)="open()"
    >
      <oc-icon name="export" />{{ t('reachability.export') }}
    </button>
    <span role="status" class="oc-hint">{{ saved() }}</span>
    <dialog #dialog aria-labelledby="oc-export-results-title" (close)="closed()">
      <h2 id="oc-export-results-title">{{ t('reachability.export.title') }}</h2>
      <p>{{ t('reachability.export.hint') }}</p>
      <fieldset class="oc-options">
        <legend class="oc-label">{{ t('reachability.export.format') }}</legend>
        @for (each of formats; track each) {
          <label>
            <input
              type="radio"
              name="oc-export-results-format"
              [value]="each"
              [checked]="each === format()"
              (change)="format.set(each)"
            />
            {{ t('reachability.export.format.' + each) }}
          </label>
        }
      </fieldset>
      <p>
        {{ t('reachability.export.fileName') }} <code>{{ fileName() }}</code>
      </p>
      <div class="oc-toolbar oc-dialog-foot">
        <button type="button" class="oc-button oc-button-primary" (click)="save()">
          {{ t('reachability.export.save') }}
        </button>
        <button type="button" class="oc-button" (click)="close()">{{ t('common.cancel') }}</button>
      </div>
    </dialog>
  `,
})
export class ExportResultsComponent {
  protected readonly t = inject(TEXT);
  private readonly clock = inject(CLOCK);
  private readonly downloads = inject(DOWNLOADS);
  private readonly keeper = inject(RunKeeper);
  private readonly pending = inject(PendingTasks);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly opener = viewChild.required<ElementRef<HTMLButtonElement>>('opener');

  /** A run that is over. */
  readonly run = input.required<RunState>();
  readonly findings = input.required<readonly Finding[]>();

  /** The report first: it is for people. */
  protected readonly formats = ['html', ...RUN_FORMATS] as const;
  protected readonly format = signal<RunFormat | 'html'>('json');
  protected readonly saved = signal('');

  /** The run's own day: exporting it again later gives the same file. */
  protected fileName(): string {
    return runFileName(this.run(), this.format(), this.day());
  }

  protected open(): void {
    this.saved.set('');
    this.dialog().nativeElement.showModal();
  }

  protected save(): void {
    const format = this.format();
    const [run, findings, date] = [this.run(), this.findings(), this.day()];
    if (format === 'html') this.saveReport(run, findings, date);
    else this.give(runFile(run, format, version, date, findingRecords(findings, this.t)));
    this.close();
  }

  /** In steps: of a large run it takes seconds. Goes on when the page is left, since it was asked for. */
  private saveReport(run: RunState, findings: readonly Finding[], date: Date): void {
    this.saved.set(this.t('reachability.export.writing'));
    const write = (before: JudgedRun | undefined): void => {
      const parts = { findings, before, toolVersion: version, date, t: this.t };
      inSteps(reportFile(run, parts), this.pending, file => this.give(file));
    };
    const id = this.before();
    if (id === undefined) write(undefined);
    else this.keeper.readJudged(id, write);
  }

  private give(file: FileOut): void {
    this.downloads.save(file);
    this.saved.set(this.t('reachability.export.saved', file.fileName));
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  /** Also after Escape. */
  protected closed(): void {
    // The event comes late: it may be opened again by then.
    if (this.dialog().nativeElement.open) return;
    this.opener().nativeElement.focus();
  }

  /** Of the run of the same cluster before this one, as far as it is kept. */
  private before(): string | undefined {
    const { startedAt, request } = this.run();
    return this.keeper
      .runs()
      .filter(({ cluster = '' }) => isSameName(cluster, request.cluster))
      .map(({ id }) => id)
      .filter(id => id < startedAt)
      .sort()
      .at(-1);
  }

  private day(): Date {
    const { startedAt } = this.run();
    return startedAt === '' ? this.clock.now() : new Date(startedAt);
  }
}
