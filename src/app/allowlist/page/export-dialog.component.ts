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
import { type FirewallFile, firewallFile } from '../../export/allowlist/firewall-file';
import { version } from '../../../../package.json';
import type { checkScriptFile } from '../../export/allowlist/check-script';
import type { ChangeRequest } from '../../export/allowlist/change-request';
import { CHECK_SCRIPT } from '../../export/allowlist/check-script-name';
import type { WriteFormat } from '../../export/formats/contract';
import { FORMAT_GROUPS, type FormatName, isFormatName } from '../../export/formats/format-names';
import { FailedNoticeComponent } from '../../ui/failed-notice.component';
import { IconComponent } from '../../ui/icon.component';
import { spokenAfter } from '../../ui/words/spoken';
import { TEXT } from '../../ui/words/text';
import { HOST } from '../../wac/host';
import { ASSETS, CLIPBOARD, CLOCK, DOWNLOADS } from '../../wac/platform';
import { doorName } from '../catalog/door';
import { type Allowlist, rowsOf } from '../list/allowlist';
import { onlyRows, onlyTried, withoutRow } from '../list/only-rules';
import { AllowlistStore } from '../state/allowlist.store';
import { SelectionStore } from '../state/selection.store';

/** `asked`: what another page opened the dialog for. */
type Scope = 'shown' | 'everything' | 'internal' | 'asked';
type Format = AllowlistFormat | FormatName | typeof CHECK_SCRIPT;
type Writers = Readonly<Record<FormatName, WriteFormat>>;

/** Enough to see what the file is; the whole is copied and saved. */
const PREVIEW_LINES = 40;

/** Formats by group; each group's name is in the strings file. */
const GROUPS: readonly { readonly id: string; readonly formats: readonly Format[] }[] = [
  { id: 'list', formats: ALLOWLIST_FORMATS },
  ...Object.entries(FORMAT_GROUPS).map(([id, formats]) => ({ id, formats })),
  { id: 'check', formats: [CHECK_SCRIPT] },
];

/** What makes the offline check, and of what. */
interface CheckMaker {
  readonly write: typeof checkScriptFile;
  readonly timeoutMs: number;
  readonly template: string;
}

/** The Export button and its dialog: format, scope, preview with what is left out, then copy or download. */
@Component({
  selector: 'oc-export-dialog',
  imports: [FailedNoticeComponent, IconComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './export-dialog.component.html',
  styles: `
    h2 {
      margin-block-end: var(--spacingVerticalM);
    }
    dialog {
      inline-size: min(60rem, calc(100vw - 2rem));
      max-inline-size: none;
    }
    .formats {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
      gap: 0 var(--spacingHorizontalXL);
    }
    .notes {
      max-block-size: 10rem;
      overflow-y: auto;
    }
    pre {
      max-block-size: 16rem;
      overflow: auto;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      margin: 0 0 var(--spacingVerticalM);
      padding: var(--spacingVerticalS) var(--spacingHorizontalM);
      background: var(--colorNeutralBackground3);
      font-family: var(--fontFamilyMonospace);
      font-size: var(--fontSizeBase200);
    }
    ul {
      margin: 0;
      padding-inline-start: var(--spacingHorizontalL);
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

  private readonly clipboard = inject(CLIPBOARD);

  protected readonly groups = GROUPS;
  protected readonly format = signal<Format>('json');
  /** Loaded when one of its formats is chosen. */
  private readonly writers = signal<Writers | undefined>(undefined);
  private readonly checkMaker = signal<CheckMaker | undefined>(undefined);
  private readonly assets = inject(ASSETS);
  protected readonly failure = signal<Error | undefined>(undefined);
  private readonly wantedPort = signal<number | undefined>(undefined);
  protected readonly copied = signal('');
  private readonly wantedScope = signal<Scope>('shown');
  /** The day is fixed when the dialog opens, so that the shown name is the saved one. */
  private readonly openedAt = signal(this.clock.now());
  protected readonly saved = signal('');

  private readonly isOpen = signal(false);

  protected readonly counts = computed(() => ({
    shown: this.store.counts()?.rules ?? 0,
    everything: rowsIn(this.store.everything()),
    internal: this.store.whole()?.internal.length ?? 0,
    asked: this.countAsked(),
  }));
  protected readonly scope = computed<Scope>(() => {
    const wanted = this.wantedScope();
    if (wanted === 'asked' && this.request() !== undefined) return wanted;
    if (wanted === 'internal' && this.counts().internal > 0 && this.grade() === '') return wanted;
    return this.counts().shown === 0 || wanted === 'everything' ? 'everything' : 'shown';
  });
  /** What another page asks for. */
  protected readonly request = signal<ChangeRequest | undefined>(undefined);
  private readonly asked = computed(() => {
    const [everything, request] = [this.store.everything(), this.request()];
    if (everything === undefined || request === undefined) return undefined;
    return request.tried === undefined
      ? onlyRows(everything, new Set(request.reasons.keys()))
      : onlyTried(everything, request.tried, request.features ?? []);
  });
  /** Endpoints of a check that the list of now does not have. */
  private readonly unlisted = computed(() => {
    const [asked, tried] = [this.asked(), this.request()?.tried];
    return asked === undefined || tried === undefined ? [] : withoutRow(tried, asked);
  });
  private readonly allowlist = computed(() => {
    if (this.scope() === 'asked') return this.asked();
    return this.scope() === 'shown' ? this.store.shown() : this.store.everything();
  });
  /** Ports of the list, where the format is for one of them at a time. */
  protected readonly ports = computed<readonly number[]>(() => {
    const allowlist = this.allowlist();
    if (this.format() !== 'palo-alto' || allowlist === undefined) return [];
    return [...new Set(rowsOf(allowlist).map(({ port }) => port))].sort((a, b) => a - b);
  });
  protected readonly port = computed(() => {
    const ports = this.ports();
    return ports.find(port => port === this.wantedPort()) ?? ports.find(port => port === 443) ?? ports[0];
  });
  /** As it would be saved now; undefined while nobody looks at it or its writer is on the way. */
  protected readonly file = computed<FirewallFile | undefined>(() => {
    const allowlist = this.allowlist();
    const format = this.format();
    if (!this.isOpen() || allowlist === undefined) return undefined;
    if (this.scope() === 'asked' && rowsIn(allowlist) === 0) return undefined;
    if (isFormatName(format)) {
      const write = this.writers()?.[format];
      const [cluster, date, port] = [this.clusterName(), this.openedAt(), this.port()];
      if (write === undefined) return undefined;
      const isForPeople = FORMAT_GROUPS.people.some(each => each === format);
      const request = isForPeople && this.scope() === 'asked' ? this.request() : undefined;
      return firewallFile(
        allowlist,
        { write, cluster, date, ...(port === undefined ? {} : { port }), ...(request && { request }) },
        this.t,
      );
    }
    if (format === CHECK_SCRIPT) return this.checkFile(allowlist);
    const details = [allowlist, format, this.clusterName(), this.openedAt(), this.t] as const;
    const file: NotedFile =
      this.scope() === 'internal' ? { ...internalFile(...details), notes: [] } : allowlistFile(...details);
    return { ...file, skipped: [] };
  });
  protected readonly grade = computed(() => {
    const format = this.format();
    return isGraded(format) ? this.t(`formats.grade.${format}`) : '';
  });
  protected readonly preview = computed(() => {
    const file = this.file();
    if (file === undefined || file.bytes !== undefined) return undefined;
    const lines = file.text.split('\n');
    const shown = lines.slice(0, PREVIEW_LINES).join('\n');
    return { text: shown, more: Math.max(0, lines.length - PREVIEW_LINES) };
  });
  protected readonly notes = computed(() => {
    const file = this.file();
    const doors = this.scope() === 'asked' ? this.unlisted().map(doorName) : [];
    const unlisted =
      doors.length === 0 ? [] : [this.t('allowlist.export.unlisted', doors.length, doors.join(', '))];
    if (file === undefined) return unlisted;
    const cloud = this.t(`common.cloud.${this.selection.cloud()}`);
    const missing = this.store.hasCloud() ? [] : [this.t('allowlist.edition.notForCloud', cloud)];
    return [...unlisted, ...missing, ...file.notes];
  });

  private readonly clusterName = computed(() => this.cluster()?.name ?? this.connectionName);

  /** @param request what is exported; all that the list shows where there is none */
  open(request?: ChangeRequest): void {
    this.request.set(request);
    this.wantedScope.set(request === undefined ? 'shown' : 'asked');
    this.openedAt.set(this.clock.now());
    this.saved.set('');
    this.copied.set('');
    this.isOpen.set(true);
    this.dialog().nativeElement.showModal();
  }

  /** Endpoints that failed, where it is about them; else rows. */
  private countAsked(): number {
    const tried = this.request()?.tried;
    return tried === undefined ? rowsIn(this.asked()) : tried.length - this.unlisted().length;
  }

  protected titleOf(format: Format): string {
    return this.t(isGraded(format) ? `formats.title.${format}` : `allowlist.export.format.${format}`);
  }

  protected async choose(format: Format): Promise<void> {
    this.format.set(format);
    this.copied.set('');
    this.failure.set(undefined);
    try {
      if (format === CHECK_SCRIPT) this.checkMaker.set(this.checkMaker() ?? (await this.loadCheckMaker()));
      else if (isFormatName(format) && this.writers() === undefined)
        this.writers.set((await import('../../export/formats/registry')).FORMATS);
    } catch (error) {
      // The gateway is away, or the tool was updated under this page.
      this.failure.set(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private async loadCheckMaker(): Promise<CheckMaker> {
    const [{ checkScriptFile: write, USUAL_TIMEOUT_MS: timeoutMs }, asset] = await Promise.all([
      import('../../export/allowlist/check-script'),
      this.assets.json('assets/powershell/alone.json'),
    ]);
    return { write, timeoutMs, template: (asset as { readonly script: string }).script };
  }

  private checkFile(allowlist: Allowlist): FirewallFile | undefined {
    const maker = this.checkMaker();
    if (maker === undefined) return undefined;
    const { write, template, timeoutMs } = maker;
    const [cluster, date] = [this.clusterName(), this.openedAt()];
    const options = { template, cluster, toolVersion: version, timeoutMs, date };
    return { ...write(allowlist, options, this.t), skipped: [] };
  }

  protected choosePort(value: string): void {
    this.wantedPort.set(Number(value));
  }

  protected async copy(): Promise<void> {
    const file = this.file();
    if (file === undefined) return;
    const isCopied = await this.clipboard.copy(file.text);
    const sentence = this.t(isCopied ? 'allowlist.export.copied' : 'allowlist.export.notCopied');
    this.copied.update(before => spokenAfter(before, sentence));
  }

  protected chooseScope(scope: Scope): void {
    this.wantedScope.set(scope);
  }

  protected save(): void {
    const file = this.file();
    if (file !== undefined) {
      const { fileName, mime, text, bytes } = file;
      this.downloads.save({ fileName, mime, text, ...(bytes === undefined ? {} : { bytes }) });
      this.saved.set(this.t('allowlist.export.saved', file.fileName));
    }
    this.close();
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  /** Also after Escape. */
  protected closed(): void {
    // The event comes late: it may be opened again by then.
    if (this.dialog().nativeElement.open) return;
    this.isOpen.set(false);
    this.opener().nativeElement.focus();
  }
}

function isGraded(format: Format): format is FormatName | typeof CHECK_SCRIPT {
  return format === CHECK_SCRIPT || isFormatName(format);
}

function rowsIn(allowlist: Parameters<typeof rowsOf>[0] | undefined): number {
  return allowlist === undefined ? 0 : rowsOf(allowlist).length;
}
