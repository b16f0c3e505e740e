import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  Injector,
  signal,
  viewChild,
} from '@angular/core';
import { AllowlistStore } from '../../allowlist/state/allowlist.store';
import { SelectionStore } from '../../allowlist/state/selection.store';
import { ClusterStore } from '../../cluster/cluster.store';
import { ownRulesFile } from '../../export/allowlist/own-rules-file';
import { CopyButtonComponent } from '../../ui/copy-button.component';
import { spokenAfter } from '../../ui/words/spoken';
import { TEXT } from '../../ui/words/text';
import { HOST } from '../../wac/host';
import { CLOCK, DOWNLOADS } from '../../wac/platform';
import { type ImportOutcome, readImport } from '../rules/import-outcome';
import { ImportReportComponent } from './import-report.component';
import type { OwnRule } from '../rules/own-rule';
import { OwnRuleDialogComponent } from './own-rule-dialog.component';
import { OwnRuleTableComponent, type PlacedRule } from './own-rule-table.component';
import { OwnRulesStore } from '../state/own-rules.store';
import { OWN_RULES } from '../rules/with-own-rules';

interface Notice {
  readonly text: string;
  /** The rules before the change, when it can be undone. */
  readonly before?: readonly OwnRule[] | undefined;
  /** The import that it tells of. */
  readonly outcome?: ImportOutcome;
}

/** The administrator's own rules: a feature of the allowlist that can be written to. */
@Component({
  selector: 'oc-own-rules',
  imports: [CopyButtonComponent, ImportReportComponent, OwnRuleDialogComponent, OwnRuleTableComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './own-rules.component.html',
  styleUrl: './own-rules.component.css',
})
export class OwnRulesComponent {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(OwnRulesStore);
  protected readonly allowlist = inject(AllowlistStore);
  protected readonly selection = inject(SelectionStore);
  private readonly cluster = inject(ClusterStore).cluster;
  private readonly connectionName = inject(HOST).connection.name;
  private readonly clock = inject(CLOCK);
  private readonly downloads = inject(DOWNLOADS);
  private readonly injector = inject(Injector);
  private readonly table = viewChild(OwnRuleTableComponent);
  private readonly undoButton = viewChild<ElementRef<HTMLButtonElement>>('undoButton');

  protected readonly notice = signal<Notice | undefined>(undefined);
  protected readonly imported = signal<ImportOutcome | undefined>(undefined);

  /** Whether the report of an import is the last thing that happened. */
  protected readonly isReported = computed(
    () => this.imported() !== undefined && this.imported() === this.notice()?.outcome,
  );

  /** Those that the page's filter shows; all of them while there is no list to filter. */
  protected readonly shown = computed<readonly PlacedRule[]>(() => {
    const placed = this.store.rules().map((rule, index) => ({ rule, index }));
    const list = this.allowlist.shown();
    if (list === undefined) return placed;
    const rows = list.groups.find(({ feature }) => feature.id === OWN_RULES)?.rows ?? [];
    const doors = new Set(rows.map(doorOf));
    return placed.filter(({ rule }) => doors.has(doorOf(rule)));
  });

  protected readonly copiedLine = (): string => this.table()?.copiedLine() ?? '';

  protected count(rules: number): string {
    return this.t(rules === 1 ? 'allowlist.rules.one' : 'allowlist.rules.other', rules);
  }

  protected saved({ host, port }: OwnRule): void {
    this.say(this.t('ownRules.saved', host, port));
  }

  /** The focus goes to Undo, since the pressed button is gone. */
  protected remove(index: number): void {
    const before = this.store.rules();
    const rule = before[index];
    if (rule === undefined) return;
    this.store.remove(index);
    this.say(this.t('ownRules.removed', rule.host, rule.port), { before });
    afterNextRender(() => this.undoButton()?.nativeElement.focus(), { injector: this.injector });
  }

  protected undo(next: HTMLElement): void {
    const before = this.notice()?.before;
    if (before === undefined) return;
    this.store.restore(before);
    if (this.isReported()) this.imported.set(undefined);
    this.say(this.t('ownRules.undone'));
    next.focus();
  }

  protected async import(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (file === undefined) return;
    let before: readonly OwnRule[] | undefined;
    const outcome = await readImport(
      file,
      async text => {
        const result = await this.store.import(text);
        if (result.ok && result.rules.length > 0) before = this.store.rules().slice(0, -result.rules.length);
        return result;
      },
      this.t,
    );
    // So that the same file, mended, can be chosen again.
    input.value = '';
    this.imported.set(outcome.state === 'success' ? undefined : outcome);
    this.say(outcome.text, { before, outcome });
  }

  protected dismiss(next: HTMLElement): void {
    this.imported.set(undefined);
    next.focus();
  }

  protected export(): void {
    const allowlist = this.allowlist.everything();
    if (allowlist === undefined) return;
    const name = this.cluster()?.name ?? this.connectionName;
    const file = ownRulesFile(allowlist, name, this.clock.now(), this.t);
    this.downloads.save(file);
    this.say(this.t('allowlist.export.saved', file.fileName));
  }

  private say(sentence: string, more: Omit<Notice, 'text'> = {}): void {
    this.notice.update(last => ({ ...more, text: spokenAfter(last?.text ?? '', sentence) }));
  }
}

function doorOf({ host, port, protocol }: Pick<OwnRule, 'host' | 'port' | 'protocol'>): string {
  return `${protocol}://${host}:${port}`;
}
