import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { ClusterStore } from '../cluster/cluster.store';
import {
  ALLOWLIST_FORMATS,
  type AllowlistFormat,
  allowlistFile,
  allowlistFileName,
} from '../export/allowlist-file';
import { TEXT } from '../ui/text';
import { HOST } from '../wac/host';
import { CLOCK, DOWNLOADS } from '../wac/platform';
import { rowsOf } from './allowlist';
import { AllowlistStore } from './allowlist.store';
import { SelectionStore } from './selection.store';

type Scope = 'shown' | 'everything';

/** The Export button and its dialog: format, scope, the file's name, then the download. */
@Component({
  selector: 'oc-export-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './export-dialog.component.html',
  styles: `
    h2 {
      margin-block-end: var(--spacingVerticalM);
    }
    fieldset {
      margin: 0 0 var(--spacingVerticalM);
      padding: 0;
      border: 0;
      min-inline-size: 0;
    }
    legend {
      padding: 0;
    }
    label {
      display: flex;
      align-items: center;
      gap: var(--spacingHorizontalXS);
      min-block-size: 24px;
    }
    .oc-toolbar {
      margin-block: var(--spacingVerticalL) 0;
    }
  `,
})
export class ExportDialogComponent {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(AllowlistStore);
  protected readonly selection = inject(SelectionStore);
  private readonly cluster = inject(ClusterStore).cluster;
  private readonly connectionName = inject(HOST).connection.name;
  private readonly clock = inject(CLOCK);
  private readonly downloads = inject(DOWNLOADS);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly opener = viewChild.required<ElementRef<HTMLButtonElement>>('opener');

  protected readonly formats = ALLOWLIST_FORMATS;
  protected readonly format = signal<AllowlistFormat>('json');
  private readonly wantedScope = signal<Scope>('shown');
  /** The day is fixed when the dialog opens, so that the shown name is the saved one. */
  private readonly openedAt = signal(this.clock.now());
  protected readonly saved = signal('');

  protected readonly counts = computed(() => ({
    shown: this.store.counts()?.rules ?? 0,
    everything: rowsIn(this.store.whole()),
  }));
  protected readonly scope = computed<Scope>(() =>
    this.counts().shown === 0 ? 'everything' : this.wantedScope(),
  );
  protected readonly fileName = computed(() => {
    const allowlist = this.store.whole();
    return allowlist && allowlistFileName(allowlist, this.format(), this.clusterName(), this.openedAt());
  });
  protected readonly hasOpenPlaceholder = computed(() => {
    const allowlist = this.allowlist();
    return allowlist !== undefined && rowsOf(allowlist).some(row => row.placeholderState === 'open');
  });

  private readonly allowlist = computed(() =>
    this.scope() === 'shown' ? this.store.shown() : this.store.whole(),
  );
  private readonly clusterName = computed(() => this.cluster()?.name ?? this.connectionName);

  protected open(): void {
    this.openedAt.set(this.clock.now());
    this.saved.set('');
    this.dialog().nativeElement.showModal();
  }

  protected chooseScope(scope: Scope): void {
    this.wantedScope.set(scope);
  }

  protected save(): void {
    const allowlist = this.allowlist();
    if (allowlist !== undefined) {
      const file = allowlistFile(allowlist, this.format(), this.clusterName(), this.openedAt(), this.t);
      this.downloads.save(file);
      this.saved.set(this.t('allowlist.export.saved', file.fileName));
    }
    this.close();
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  /** Also after Escape. */
  protected closed(): void {
    this.opener().nativeElement.focus();
  }
}

function rowsIn(allowlist: Parameters<typeof rowsOf>[0] | undefined): number {
  return allowlist === undefined ? 0 : rowsOf(allowlist).length;
}
