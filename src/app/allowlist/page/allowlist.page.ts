import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  Injector,
  untracked,
  viewChild,
} from '@angular/core';
import { ChangesComponent } from '../../changes/changes.component';
import { CoverageCommandComponent } from '../../coverage/page/coverage-command.component';
import { OwnRulesComponent } from '../../own-rules/page/own-rules.component';
import { OWN_RULES } from '../../own-rules/rules/with-own-rules';
import { CommandBarComponent } from '../../ui/command-bar.component';
import { IconComponent } from '../../ui/icon.component';
import { Navigation } from '../../ui/navigation';
import { TEXT } from '../../ui/text';
import { AllowlistStore } from '../state/allowlist.store';
import { BLOCKED, type Feature, REQUIREMENTS } from '../catalog/catalog';
import { ChoiceFieldComponent } from './choice/choice-field.component';
import { ExportDialogComponent } from './export-dialog.component';
import { isChosen } from '../list/filter';
import { InternalTableComponent } from './internal-table.component';
import { ChoiceLineComponent } from './choice/choice-line.component';
import { ListNoticesComponent } from './list-notices.component';
import { RuleTableComponent } from './rule-table.component';
import { SelectionStore } from '../state/selection.store';
import { SourceLinkComponent } from './source-link.component';

/** The allowlist for this cluster: choices on top, then every feature of the document in its order. */
@Component({
  selector: 'oc-allowlist-page',
  imports: [
    ChangesComponent,
    ChoiceFieldComponent,
    ChoiceLineComponent,
    CommandBarComponent,
    CoverageCommandComponent,
    IconComponent,
    ExportDialogComponent,
    InternalTableComponent,
    ListNoticesComponent,
    OwnRulesComponent,
    RuleTableComponent,
    SourceLinkComponent,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './allowlist-page.component.html',
  styles: `
    .filters {
      display: flex;
      flex-wrap: wrap;
      gap: var(--spacingVerticalXS) var(--spacingHorizontalM);
      min-inline-size: 0;
      margin: var(--spacingVerticalXS) 0;
      padding: 0;
      border: 0;
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      justify-content: space-between;
      gap: var(--spacingVerticalXS) var(--spacingHorizontalM);
    }
    section {
      margin-block-start: var(--spacingVerticalXL);
    }
    .heading {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: var(--spacingHorizontalS);
    }
    .summary {
      max-inline-size: 70ch;
      color: var(--colorNeutralForeground2);
    }
    ul {
      margin-block: 0 var(--spacingVerticalS);
      padding-inline-start: var(--spacingHorizontalL);
    }
    a {
      overflow-wrap: anywhere;
    }
  `,
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

  protected readonly failure = computed(() => {
    const state = this.store.state();
    return state.status === 'failed' ? state.message : undefined;
  });

  /** Own rules have a part of the page to themselves. */
  protected readonly listed = computed(
    () => this.store.shown()?.groups.filter(({ feature }) => feature.id !== OWN_RULES) ?? [],
  );

  /** Nothing matches what is asked for. A list that leaves out the cloud is not empty for that reason. */
  protected readonly isEmpty = computed(
    () =>
      this.store.hasCloud() && this.store.counts()?.rules === 0 && this.store.shown()?.internal.length === 0,
  );
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
    afterNextRender(
      () => {
        if (errand?.act === 'export') this.exporter().open(errand.rules);
        if (errand?.rule !== undefined) this.showRule(errand.rule);
      },
      { injector: this.injector },
    );
  }

  protected exportRules(rules: readonly string[]): void {
    this.exporter().open(rules);
  }

  private showRule(id: string): void {
    const row = [...document.querySelectorAll<HTMLElement>('tr[data-rule]')].find(
      each => each.dataset['rule'] === id,
    );
    row?.scrollIntoView({ block: 'center' });
    row?.querySelector('details')?.setAttribute('open', '');
    row?.querySelector<HTMLElement>('[role=rowheader]')?.focus({ preventScroll: true });
  }

  /** Brings a part of the page to the top; the focus goes with it, so that the keyboard goes on from there. */
  protected jumpTo(id: string): void {
    const heading = document.getElementById(id);
    if (heading === null) return;
    heading.scrollIntoView();
    const target = heading.querySelector('button') ?? heading;
    if (target === heading) heading.tabIndex = -1;
    target.focus({ preventScroll: true });
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

  /** How many rules, in words that fit the number. */
  protected rules(count: number): string {
    return this.t(count === 1 ? 'allowlist.rules.one' : 'allowlist.rules.other', count);
  }
}
