import { ChangeDetectionStrategy, Component, computed, inject, output, signal } from '@angular/core';
import { rowsOf } from '../../allowlist/list/allowlist';
import { AllowlistStore } from '../../allowlist/state/allowlist.store';
import { ClusterStore } from '../../cluster/cluster.store';
import { firewallRows } from '../../export/formats/firewall-rows';
import type { ChangeRequest } from '../../export/allowlist/change-request';
import { listIds } from '../../export/allowlist/list-ids';
import { fileName } from '../../export/text/file-name';
import { hostKey } from '../../ui/tables/sorting';
import { LineTemplate } from '../../ui/tables/in-view/line-template';
import { LineTableComponent } from '../../ui/tables/view/line-table.component';
import { TableView } from '../../ui/tables/view/table-view';
import { spokenAfter } from '../../ui/words/spoken';
import { TEXT } from '../../ui/words/text';
import { HOST } from '../../wac/host';
import { CLOCK, DOWNLOADS } from '../../wac/platform';
import { byFeature, doorOf, type FeatureCoverage } from '../compare/by-feature';
import { checkFile, type CoverageFinding } from '../compare/check-file';
import { coverageCsv } from '../compare/coverage-csv';
import { CoverageStore } from '../state/coverage.store';
import { ListTextDirective } from '../../allowlist/page/list-text.directive';

type State = CoverageFinding['state'];

/** In the order in which they matter. */
const STATES: readonly State[] = ['missing', 'half', 'covered', 'wider', 'ports', 'unrelated', 'unread'];
/** More are in the saved file. */
const SHOWN = 200;

/** What the firewall has already: a file or pasted text against the chosen list, and what is missing as an export. */
@Component({
  selector: 'oc-coverage-panel',
  imports: [LineTableComponent, LineTemplate, ListTextDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './coverage-panel.component.html',
  styleUrl: './coverage-panel.component.css',
})
export class CoveragePanelComponent {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(CoverageStore);
  private readonly allowlist = inject(AllowlistStore);
  private readonly cluster = inject(ClusterStore).cluster;
  private readonly connectionName = inject(HOST).connection.name;
  private readonly clock = inject(CLOCK);
  private readonly downloads = inject(DOWNLOADS);

  /** The list's rows that the firewall lacks, each with what it has in place of it. */
  readonly export = output<ChangeRequest>();

  protected readonly problem = signal('');
  protected readonly saved = signal('');
  protected readonly shownMost = SHOWN;

  /** What the nodes need for the chosen features, whatever is filtered. */
  private readonly rows = computed(() => {
    const list = this.allowlist.chosen();
    return list === undefined
      ? []
      : firewallRows(list, this.t).filter(({ connects }) => connects === 'nodes');
  });
  protected readonly checked = computed(() => {
    const given = this.store.given();
    return given === undefined || this.rows().length === 0
      ? undefined
      : checkFile(this.rows(), given.text, this.t);
  });
  protected readonly check = computed(() => {
    const checked = this.checked();
    return checked?.ok === true ? checked.check : undefined;
  });
  protected readonly refused = computed(() => {
    const checked = this.checked();
    return checked?.ok === false ? checked.message : this.problem();
  });
  protected readonly hasNothingToCompare = computed(() => this.rows().length === 0);
  protected readonly features = new TableView<FeatureCoverage>({
    name: 'coverage-features',
    items: () => {
      const [list, check] = [this.allowlist.chosen(), this.check()];
      return list === undefined || check === undefined ? [] : byFeature(list, check.findings);
    },
    columns: () => [
      { id: 'feature', title: this.t('coverage.page.feature'), text: ({ title }) => title },
      {
        ...{ id: 'covered', title: this.t('coverage.page.coveredOf'), isNumber: true },
        text: ({ covered, needed }) => `${covered} / ${needed}`,
        key: ({ covered, needed }) => covered / needed,
      },
      ...(['half', 'missing'] as const).map(id => ({
        ...{ id, title: this.t(`coverage.state.${id}`), isNumber: true as const },
        text: (feature: FeatureCoverage) => String(feature[id]),
        key: (feature: FeatureCoverage) => feature[id],
      })),
    ],
  });
  protected readonly states = computed(() => {
    const check = this.check();
    return STATES.filter(state => (check?.counts[state] ?? 0) > 0).map(state => ({
      ...{ state, count: check?.counts[state] ?? 0 },
    }));
  });
  private readonly wanted = signal<State | undefined>(undefined);
  protected readonly state = computed(() => {
    const states = this.states().map(({ state }) => state);
    const wanted = this.wanted();
    return wanted !== undefined && states.includes(wanted) ? wanted : states[0];
  });
  protected readonly findings = computed(() => {
    const state = this.state();
    return this.check()?.findings.filter(each => each.state === state) ?? [];
  });
  protected readonly rules = new TableView<CoverageFinding>({
    name: 'coverage',
    items: this.findings,
    columns: () => [
      {
        ...{ id: 'rule', title: this.t('coverage.page.rule') },
        ...{ text: doorText, key: finding => hostKey(doorText(finding)) },
      },
      {
        ...{ id: 'why', title: this.t('coverage.page.why') },
        text: ({ reason = '', entry = '', line }) =>
          `${reason} ${entry} ${line === undefined ? '' : this.t('coverage.page.line', line)}`,
      },
    ],
  });

  protected async choose(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (file === undefined) return;
    this.began();
    const problem = await this.store.choose(file);
    // So that the same file, mended, can be chosen again.
    input.value = '';
    if (problem === undefined) return;
    this.store.clear();
    this.problem.set(
      this.t(problem === 'too-large' ? 'coverage.refused.too-large' : 'coverage.page.unreadable', file.name),
    );
  }

  protected paste(text: string): void {
    const before = this.problem();
    this.began();
    this.store.paste(text);
    if (this.store.given() !== undefined) return;
    this.problem.set(spokenAfter(before, this.t('coverage.refused.empty')));
  }

  private began(): void {
    this.problem.set('');
    this.saved.set('');
    this.wanted.set(undefined);
    // A search of before would hide what the new comparison says.
    this.rules.showAll();
  }

  protected show(state: string): void {
    this.wanted.set(STATES.find(each => each === state));
  }

  protected readonly doorText = doorText;

  protected exportLacking(): void {
    const findings = this.check()?.findings ?? [];
    const lacking = new Map(
      findings
        .filter(({ state }) => state === 'missing' || state === 'half')
        .map(({ entry, reason = '', ...door }) => [
          doorOf(door),
          entry === undefined ? reason : `${reason} ${entry}`,
        ]),
    );
    const list = this.allowlist.chosen();
    const rows = list === undefined ? [] : rowsOf(list).filter(row => lacking.has(doorOf(row)));
    const reasons = rows.map(row => [row.id, lacking.get(doorOf(row)) ?? ''] as const);
    const { name } = this.store.given() ?? {};
    const facts = [
      this.t(name === undefined ? 'request.onlyLackingPasted' : 'request.onlyLacking', name ?? ''),
    ];
    this.export.emit({ about: 'lacking', facts, reasons: new Map(reasons) });
  }

  protected save(): void {
    const [check, list] = [this.check(), this.allowlist.chosen()];
    if (check === undefined || list === undefined) return;
    const name = fileName({
      ...{ content: 'firewall-coverage', cluster: this.cluster()?.name ?? this.connectionName },
      ...{ cloud: list.choice.cloud, list: listIds(list), date: this.clock.now(), extension: 'csv' },
    });
    this.downloads.save({
      fileName: name,
      mime: 'text/csv;charset=utf-8',
      text: coverageCsv(check.findings),
    });
    this.saved.update(before => spokenAfter(before, this.t('allowlist.export.saved', name)));
  }
}

function doorText(finding: CoverageFinding): string {
  return finding.host === undefined ? (finding.entry ?? '') : doorOf(finding);
}
