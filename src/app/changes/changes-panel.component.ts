import { ChangeDetectionStrategy, Component, computed, inject, linkedSignal, signal } from '@angular/core';
import type { EditionSummary } from '../allowlist/catalog/catalog';
import { editionMonth } from '../allowlist/choice/edition-words';
import type { EditionDiff } from '../allowlist/list/edition-diff';
import { SelectionStore } from '../allowlist/state/selection.store';
import { ClusterStore } from '../cluster/cluster.store';
import { DIFF_FORMATS, diffFile, type DiffFormat } from '../export/allowlist/diff-file';
import { Navigation } from '../ui/navigation';
import { foundIn } from '../ui/tables/searching';
import type { Sorting } from '../ui/tables/sorting';
import { TableSearchComponent } from '../ui/tables/table-search.component';
import { TEXT } from '../ui/words/text';
import { HOST } from '../wac/host';
import { CLOCK, DOWNLOADS } from '../wac/platform';
import { changeLines, type ChangeLine, DIFFERENCES } from './change-lines';
import { ChangeTableComponent } from './change-table.component';
import { ChangesStore } from './changes.store';

/** Two editions to choose, what changed between them and why, and that as a file. */
@Component({
  selector: 'oc-changes-panel',
  imports: [ChangeTableComponent, TableSearchComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './changes-panel.component.html',
  styles: `
    .summary {
      max-inline-size: 70ch;
      color: var(--colorNeutralForeground2);
    }
    .oc-toolbar {
      align-items: flex-start;
    }
    h3 {
      margin-block: var(--spacingVerticalM) var(--spacingVerticalXS);
    }
  `,
})
export class ChangesPanelComponent {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(ChangesStore);
  private readonly selection = inject(SelectionStore);
  private readonly cloud = this.selection.cloud;
  private readonly navigation = inject(Navigation);
  private readonly cluster = inject(ClusterStore).cluster;
  private readonly connectionName = inject(HOST).connection.name;
  private readonly clock = inject(CLOCK);
  private readonly downloads = inject(DOWNLOADS);

  protected readonly formats = DIFF_FORMATS;
  protected readonly diff = computed(() => {
    const state = this.store.state();
    return state?.status === 'ready' ? state.value : undefined;
  });
  protected readonly failure = computed(() => {
    const state = this.store.state();
    return state?.status === 'failed' ? state : undefined;
  });
  /** Forgotten when something else is compared. */
  protected readonly saved = linkedSignal({ source: this.diff, computation: () => '' });

  protected readonly summary = computed(() => {
    const state = this.store.state();
    if (state === undefined)
      return this.store.isSame() ? '' : this.t('changes.onlyOne', this.t(`common.cloud.${this.cloud()}`));
    if (state.status !== 'ready') return state.status === 'loading' ? this.t('changes.loading') : '';
    const { added, removed, changed } = state.value;
    return added.length + removed.length + changed.length === 0
      ? this.t('changes.none', this.t(`common.cloud.${this.cloud()}`))
      : this.t('changes.counts', added.length, removed.length, changed.length);
  });

  protected readonly search = signal('');
  protected readonly sorting = signal<Sorting>('');
  private readonly differences = computed(() => {
    const diff = this.diff();
    return diff === undefined
      ? []
      : DIFFERENCES.map(kind => ({ kind, lines: changeLines(diff, kind, this.t) }));
  });
  protected readonly groups = computed(() =>
    this.differences()
      .map(({ kind, lines }) => ({ kind, lines: foundIn(lines, this.search(), line => this.textsOf(line)) }))
      .filter(({ lines }) => lines.length > 0)
      .map(each => ({ ...each, title: this.t(`changes.title.${each.kind}`, each.lines.length) })),
  );
  protected readonly all = computed(() => countLines(this.differences()));
  protected readonly found = computed(() => countLines(this.groups()));

  protected readonly month = editionMonth;

  protected titleOf({ title, published }: EditionSummary): string {
    return this.t('changes.edition', title, published);
  }

  private textsOf({ host, port, protocol, what, reasons }: ChangeLine): readonly string[] {
    return [
      ...[host, `${host}:${port}`, this.t(`allowlist.protocol.${protocol}`), ...what],
      ...reasons.map(({ text }) => text),
    ];
  }

  /** Rules are exported of the list that is chosen. */
  protected isChosen({ to }: EditionDiff): boolean {
    return this.selection.edition()?.id === to.id;
  }

  /** What came, in the formats of the network team, each with why it came. */
  protected exportNew(diff: EditionDiff): void {
    if (!this.isChosen(diff)) this.selection.chooseEdition(diff.to.id);
    const lines = changeLines(diff, 'added', this.t);
    const reasons = diff.added.flatMap(({ rows }, index) => {
      const why = (lines[index]?.reasons ?? []).map(({ text }) => text).join(' ');
      const reason = why === '' ? this.t('request.new') : why;
      return rows.map(row => [row.id, reason] as const);
    });
    const facts = [this.t('request.onlyNew', this.titleOf(diff.from), this.titleOf(diff.to))];
    this.navigation.go({
      ...{ tab: 'allowlist', act: 'export', rules: reasons.map(([id]) => id) },
      request: { facts, reasons: new Map(reasons) },
    });
  }

  protected export(diff: EditionDiff, format: DiffFormat): void {
    const name = this.cluster()?.name ?? this.connectionName;
    const file = diffFile(diff, format, name, this.clock.now(), this.t);
    this.downloads.save(file);
    this.saved.set(this.t('allowlist.export.saved', file.fileName));
  }
}

function countLines(groups: readonly { readonly lines: readonly unknown[] }[]): number {
  return groups.reduce((count, { lines }) => count + lines.length, 0);
}
