import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { ClusterStore } from '../../cluster/cluster.store';
import { allowlistFile, internalFile, type NotedFile } from '../../export/allowlist/allowlist-file';
import { ALLOWLIST_FORMATS, type AllowlistFormat } from '../../export/allowlist/allowlist-format';
import { TEXT } from '../../ui/text';
import { HOST } from '../../wac/host';
import { CLOCK, DOWNLOADS } from '../../wac/platform';
import { rowsOf } from '../list/allowlist';
import { AllowlistStore } from '../state/allowlist.store';
import { SelectionStore } from '../state/selection.store';

type Scope = 'shown' | 'everything' | 'internal';

/** The Export button and its dialog: format, scope, the file's name, then the download. */
@Component({
  selector: 'oc-export-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './export-dialog.component.html',
  styles: `
    h2 {
      margin-block-end: var(--spacingVerticalM);
    }
    .notes {
      max-block-size: 12rem;
      overflow-y: auto;
    }
    ul {
      margin: 0;
      padding-inline-start: var(--spacingHorizontalL);
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

  private readonly isOpen = signal(false);

  protected readonly counts = computed(() => ({
    shown: this.store.counts()?.rules ?? 0,
    everything: rowsIn(this.store.whole()),
    internal: this.store.whole()?.internal.length ?? 0,
  }));
  protected readonly scope = computed<Scope>(() => {
    const wanted = this.wantedScope();
    if (wanted === 'internal' && this.counts().internal > 0) return wanted;
    return this.counts().shown === 0 || wanted === 'everything' ? 'everything' : 'shown';
  });
  /** As it would be saved now; undefined while nobody looks at it. */
  protected readonly file = computed<NotedFile | undefined>(() => {
    const scope = this.scope();
    const allowlist = scope === 'shown' ? this.store.shown() : this.store.whole();
    if (!this.isOpen() || allowlist === undefined) return undefined;
    const details = [allowlist, this.format(), this.clusterName(), this.openedAt(), this.t] as const;
    return scope === 'internal' ? { ...internalFile(...details), notes: [] } : allowlistFile(...details);
  });
  protected readonly notes = computed(() => {
    const file = this.file();
    if (file === undefined) return [];
    const cloud = this.t(`common.cloud.${this.selection.cloud()}`);
    const missing = this.store.hasCloud() ? [] : [this.t('allowlist.edition.notForCloud', cloud)];
    return [...missing, ...file.notes];
  });

  private readonly clusterName = computed(() => this.cluster()?.name ?? this.connectionName);

  protected open(): void {
    this.openedAt.set(this.clock.now());
    this.saved.set('');
    this.isOpen.set(true);
    this.dialog().nativeElement.showModal();
  }

  protected chooseScope(scope: Scope): void {
    this.wantedScope.set(scope);
  }

  protected save(): void {
    const file = this.file();
    if (file !== undefined) {
      this.downloads.save({ fileName: file.fileName, mime: file.mime, text: file.text });
      this.saved.set(this.t('allowlist.export.saved', file.fileName));
    }
    this.close();
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  /** Also after Escape. */
  protected closed(): void {
    this.isOpen.set(false);
    this.opener().nativeElement.focus();
  }
}

function rowsIn(allowlist: Parameters<typeof rowsOf>[0] | undefined): number {
  return allowlist === undefined ? 0 : rowsOf(allowlist).length;
}
