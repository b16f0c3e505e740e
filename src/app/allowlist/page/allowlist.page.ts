import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  Injector,
  signal,
  untracked,
  viewChild,
  viewChildren,
} from '@angular/core';
import { ChangesComponent } from '../../changes/changes.component';
import type { ChangeRequest } from '../../export/allowlist/change-request';
import { CoverageCommandComponent } from '../../coverage/page/coverage-command.component';
import { OwnRulesComponent } from '../../own-rules/page/own-rules.component';
import { OWN_RULES } from '../../own-rules/rules/with-own-rules';
import { FailedNoticeComponent } from '../../ui/failed-notice.component';
import { CommandBarComponent } from '../../ui/panes/command-bar.component';
import { DetailsPaneComponent } from '../../ui/panes/details-pane.component';
import { goToPart } from '../../ui/go-to-part';
import { IconComponent } from '../../ui/icon.component';
import { Navigation } from '../../ui/navigation';
import { frameByFrame } from '../../ui/tables/in-view/frame-by-frame';
import { MANY_ROWS } from '../../ui/tables/in-view/rows-in-view';
import { TEXT } from '../../ui/words/text';
import { type AllowlistRow, rowsOf } from '../list/allowlist';
import { AllowlistStore } from '../state/allowlist.store';
import { BLOCKED, type Feature, REQUIREMENTS } from '../catalog/catalog';
import { ChoiceFieldComponent } from '../../ui/fields/choice-field.component';
import { ExportDialogComponent } from './export-dialog.component';
import { isChosen } from '../list/filter';
import { RULE_SORTINGS } from '../list/rule/rule-columns';
import { InternalTableComponent } from './rules/internal-table.component';
import { ChoiceLineComponent } from './choice/choice-line.component';
import { ListNoticesComponent } from './list-notices.component';
import { RuleDetailsComponent } from './rules/rule-details.component';
import { RuleTableComponent } from './rules/rule-table.component';
import { SelectionStore } from '../state/selection.store';
import { SourceLinkComponent } from './source-link.component';
import { ListTextDirective } from './list-text.directive';

/** The allowlist for this cluster: choices on top, then every feature of the document in its order. */
@Component({
  selector: 'oc-allowlist-page',
  imports: [
    ChangesComponent,
    ChoiceFieldComponent,
    ChoiceLineComponent,
    CommandBarComponent,
    CoverageCommandComponent,
    DetailsPaneComponent,
    IconComponent,
    ExportDialogComponent,
    FailedNoticeComponent,
    InternalTableComponent,
    ListNoticesComponent,
    OwnRulesComponent,
    RuleDetailsComponent,
    RuleTableComponent,
    SourceLinkComponent,
    ListTextDirective,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './allowlist-page.component.html',
  styleUrl: './allowlist-page.component.css',
})
export class AllowlistPage {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(AllowlistStore);
  protected readonly selection = inject(SelectionStore);
  private readonly navigation = inject(Navigation);
  private readonly injector = inject(Injector);
  private readonly exporter = viewChild.required(ExportDialogComponent);
  protected readonly requirements = (['all', ...REQUIREMENTS] as const).map(value => ({
    value,
    text: this.t(value === 'all' ? 'allowlist.requirement.all' : `common.requirement.${value}`),
  }));
  protected readonly blocks = (['all', ...BLOCKED] as const).map(value => ({
    value,
    text: this.t(`allowlist.blocks.${value}`),
  }));

  protected readonly sortings = ['', ...RULE_SORTINGS].map(value => ({
    value,
    text: this.sortingText(value),
  }));

  private readonly tables = viewChildren(RuleTableComponent);
  private readonly allRows = computed(() => {
    const shown = this.store.shown();
    return shown ? rowsOf(shown) : [];
  });
  /** So many rules that a table draws only those in view. */
  protected readonly isMany = computed(() => this.allRows().length > MANY_ROWS);
  /** Id of the row whose details are open. */
  protected readonly chosen = signal<string | undefined>(undefined);
  protected readonly details = computed(() => this.allRows().find(({ id }) => id === this.chosen()));
  protected readonly heading = computed(() => {
    const row = this.details();
    return row ? this.t('allowlist.details.title', row.host, row.port, row.feature.title) : '';
  });

  protected readonly failure = computed(() => {
    const state = this.store.state();
    return state.status === 'failed' ? state.message : undefined;
  });

  /** Own rules have a part of the page to themselves. */
  protected readonly listed = computed(
    () => this.store.shown()?.groups.filter(({ feature }) => feature.id !== OWN_RULES) ?? [],
  );

  /** How many rules inside the network are shown, and of how many where the filter leaves some out. */
  protected readonly internalCount = computed(() => {
    const shown = this.store.shown()?.internal.length ?? 0;
    const all = this.store.chosen()?.internal.length ?? 0;
    return shown === all ? this.rules(all) : this.t('common.search.counts', shown, all);
  });

  /** Nothing matches what is asked for. A list that leaves out the cloud is not empty for that reason. */
  protected readonly isEmpty = computed(
    () =>
      this.store.hasCloud() && this.store.counts()?.rules === 0 && this.store.shown()?.internal.length === 0,
  );
  private readonly groups = frameByFrame({
    parts: this.listed,
    key: ({ feature }) => feature.id,
    isOn: this.isMany,
  });
  protected readonly inPage = this.groups.drawn;
  protected readonly isWhole = this.groups.isWhole;
  protected readonly hasRest = this.groups.hasRest;
  /** Why a feature has no rules here. */
  protected readonly noneText = computed(() => {
    const cloud = this.t(`common.cloud.${this.selection.cloud()}`);
    if (!this.store.hasCloud()) return this.t('allowlist.edition.noList', cloud);
    const place = this.selection.region()?.title ?? cloud;
    return this.t(
      this.selection.arcGateway() ? 'allowlist.noneBesideArcGateway' : 'allowlist.noneInCloud',
      place,
    );
  });

  constructor() {
    // Waits for the list: before it is there nothing can be shown or exported.
    effect(() => {
      if (this.navigation.errand()?.tab !== 'allowlist' || this.store.shown() === undefined) return;
      untracked(() => this.run());
    });
  }

  /** Does what another page sent the reader here for. */
  private run(): void {
    const errand = this.navigation.take('allowlist');
    if (errand?.rule !== undefined) this.selection.clearFilter();
    this.groups.drawAll();
    afterNextRender(
      () => {
        if (errand?.act === 'export') this.exporter().open(errand.request);
        if (errand?.rule !== undefined) this.showRule(errand.rule);
      },
      { injector: this.injector },
    );
  }

  protected exportLacking(request: ChangeRequest): void {
    this.exporter().open(request);
  }

  private showRule(id: string): void {
    if (!this.tables().some(table => table.reveal(id))) return;
    this.chosen.set(this.allRows().find(({ rule }) => rule.id === id)?.id);
  }

  protected choose(row: AllowlistRow): void {
    this.chosen.set(row.id);
  }

  /** Brings a part of the page to the top; the focus goes with it, so that the keyboard goes on from there. */
  protected jumpTo(id: string): void {
    this.groups.drawAll();
    afterNextRender(() => goToPart(id), { injector: this.injector });
  }

  protected filterText(text: string): void {
    this.selection.setFilter({ text });
  }

  protected filterRequirement(value: string): void {
    this.selection.setFilter({ requirement: REQUIREMENTS.find(each => each === value) ?? 'all' });
  }

  protected filterBlocks(value: string): void {
    this.selection.setFilter({ blocks: BLOCKED.find(each => each === value) });
  }

  protected isChosen(feature: Feature): boolean {
    return isChosen(feature, this.selection.features());
  }

  protected showAll(): void {
    this.selection.clearFilter();
    this.selection.chooseFeatures(undefined);
  }

  private sortingText(sorting: string): string {
    if (sorting === '') return this.t('allowlist.sort.list');
    const isDown = sorting.startsWith('-');
    const column = this.t(`allowlist.column.${isDown ? sorting.slice(1) : sorting}`);
    return isDown ? this.t('allowlist.sort.down', column) : column;
  }

  /** How many rules, in words that fit the number. */
  protected rules(count: number): string {
    return this.t(count === 1 ? 'allowlist.rules.one' : 'allowlist.rules.other', count);
  }
}
