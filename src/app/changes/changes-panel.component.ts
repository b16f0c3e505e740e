import { ChangeDetectionStrategy, Component, computed, inject, linkedSignal } from '@angular/core';
import type { EditionSummary } from '../allowlist/catalog/catalog';
import { editionMonth } from '../allowlist/choice/edition-words';
import type { EditionDiff } from '../allowlist/list/edition-diff';
import { SelectionStore } from '../allowlist/state/selection.store';
import { ClusterStore } from '../cluster/cluster.store';
import { DIFF_FORMATS, diffFile, type DiffFormat } from '../export/allowlist/diff-file';
import { FailedNoticeComponent } from '../ui/failed-notice.component';
import { Navigation } from '../ui/navigation';
import { MANY_ROWS } from '../ui/tables/in-view/rows-in-view';
import { hostKey } from '../ui/tables/sorting';
import { TableToolsComponent } from '../ui/tables/view/table-tools.component';
import { TableView } from '../ui/tables/view/table-view';
import { spokenAfter } from '../ui/words/spoken';
import { TEXT } from '../ui/words/text';
import { HOST } from '../wac/host';
import { CLOCK, DOWNLOADS } from '../wac/platform';
import { changeLines, type ChangeLine, DIFFERENCES } from './change-lines';
import { ChangeTableComponent } from './change-table.component';
import { ChangesStore } from './changes.store';

/** Of each table, where all together are many. */
const FIRST_ROWS = 50;

/** Two editions to choose, what changed between them and why, and that as a file. */
@Component({
  selector: 'oc-changes-panel',
  imports: [ChangeTableComponent, FailedNoticeComponent, TableToolsComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './changes-panel.component.html',
  styles: `
    .summary {
      max-inline-size: 110ch;
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

  protected readonly view = new TableView<ChangeLine>({
    name: 'changes',
    columns: () => [
      {
        ...{ id: 'kind', title: this.t('changes.column.kind'), isHidden: true },
        facet: ({ kind }) => [this.t(`changes.kind.${kind}`)],
      },
      {
        ...{ id: 'host', title: this.t('allowlist.column.host') },
        text: ({ host }) => host,
        key: ({ host }) => hostKey(host),
      },
      {
        ...{ id: 'port', title: this.t('allowlist.column.port') },
        text: ({ host, port }) => `${host}:${port}`,
        key: ({ port }) => port,
        facet: ({ port }) => [String(port)],
      },
      {
        ...{ id: 'protocol', title: this.t('allowlist.column.protocol') },
        text: ({ protocol }) => this.t(`allowlist.protocol.${protocol}`),
        facet: ({ protocol }) => [this.t(`allowlist.protocol.${protocol}`)],
      },
      { id: 'what', title: this.t('changes.column.what'), text: ({ what }) => what.join(' ') },
      {
        ...{ id: 'why', title: this.t('changes.column.why') },
        text: ({ reasons }) => reasons.map(({ text }) => text).join(' '),
      },
    ],
    items: () => {
      const diff = this.diff();
      return diff === undefined ? [] : DIFFERENCES.flatMap(kind => changeLines(diff, kind, this.t));
    },
  });
  /** Each kind has a table of its own; all are searched and sorted alike. */
  protected readonly groups = computed(() =>
    DIFFERENCES.map(kind => ({ kind, lines: this.view.found().filter(line => line.kind === kind) }))
      .filter(({ lines }) => lines.length > 0)
      .map(each => ({ ...each, title: this.t(`changes.title.${each.kind}`, each.lines.length) })),
  );

  /** Lines of each table that are drawn at first. */
  protected readonly most = computed(() => (this.view.found().length > MANY_ROWS ? FIRST_ROWS : Infinity));

  protected readonly month = editionMonth;

  protected titleOf({ title, published }: EditionSummary): string {
    return this.t('changes.edition', title, published);
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
      ...{ tab: 'allowlist', act: 'export' },
      request: { about: 'new', facts, reasons: new Map(reasons) },
    });
  }

  protected export(diff: EditionDiff, format: DiffFormat): void {
    const name = this.cluster()?.name ?? this.connectionName;
    const file = diffFile(diff, format, name, this.clock.now(), this.t);
    this.downloads.save(file);
    this.saved.update(before => spokenAfter(before, this.t('allowlist.export.saved', file.fileName)));
  }
}
