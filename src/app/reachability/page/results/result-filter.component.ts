import { ChangeDetectionStrategy, Component, computed, inject, output } from '@angular/core';
import { REQUIREMENTS } from '../../../allowlist/catalog/catalog';
import { ChoiceFieldComponent, type ChoiceOption } from '../../../ui/fields/choice-field.component';
import { IconComponent } from '../../../ui/icon.component';
import { SidePanelComponent } from '../../../ui/panes/side-panel.component';
import { TEXT } from '../../../ui/words/text';
import { ReachabilityStore } from '../../state/reachability.store';
import { VERDICTS } from '../../verdict/verdicts';
import { wishesOf } from '../../view/result-filter';
import { ResultView } from './result-view';

/** Search, the usual wishes, the rest of them in a panel, and the way from section to section. */
@Component({
  selector: 'oc-result-filter',
  imports: [ChoiceFieldComponent, IconComponent, SidePanelComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './result-filter.component.html',
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--spacingVerticalXS) var(--spacingHorizontalM);
    }
    .search {
      inline-size: 15rem;
      max-inline-size: 100%;
    }
    .sections {
      max-inline-size: 10.5rem;
    }
    .fields {
      display: grid;
      gap: var(--spacingVerticalM);
      margin-block-end: var(--spacingVerticalL);
    }
    .count {
      margin-inline-start: auto;
    }
  `,
})
export class ResultFilterComponent {
  protected readonly t = inject(TEXT);
  protected readonly view = inject(ResultView);
  protected readonly store = inject(ReachabilityStore);
  readonly goTo = output<string>();

  protected readonly wishes = computed(() => wishesOf(this.view.filter()));
  protected readonly verdicts = computed(() =>
    this.withAny(
      this.view.options().verdicts.map(value => ({ value, text: this.t(`reachability.verdict.${value}`) })),
    ),
  );
  protected readonly nodes = computed(() =>
    this.withAny(this.view.nodes().map(value => ({ value, text: value }))),
  );
  protected readonly features = computed(() =>
    this.withAny(this.view.options().features.map(({ id, title }) => ({ value: id, text: title }))),
  );
  protected readonly requirements = computed(() =>
    this.withAny(
      this.view.options().requirements.map(value => ({ value, text: this.t(`common.requirement.${value}`) })),
    ),
  );
  protected readonly blocks = computed(() =>
    this.withAny(
      this.view.options().blocks.map(value => ({ value, text: this.t(`allowlist.blocks.${value}`) })),
    ),
  );

  /** Also where no heading is in view, or within Tab's way. */
  protected readonly sortings = computed((): readonly ChoiceOption[] => [
    { value: '', text: this.t('reachability.sort.feature') },
    ...this.view.sortings().map(value => {
      const [, way = '', column = ''] = /^(-?)(.*)$/.exec(value) ?? [];
      const [kind = '', node = ''] = column.split(/:(.*)/);
      return { value, text: this.t(`reachability.sort.${kind}${way === '' ? '' : '.down'}`, node) };
    }),
  ]);

  protected chooseVerdict(value: string): void {
    this.view.change({ verdict: VERDICTS.find(verdict => verdict === value) ?? '' });
  }

  protected chooseRequirement(value: string): void {
    this.view.change({ requirement: REQUIREMENTS.find(each => each === value) ?? '' });
  }

  protected jump(select: HTMLSelectElement): void {
    this.goTo.emit(select.value);
    select.selectedIndex = 0;
  }

  private withAny(options: readonly ChoiceOption[]): readonly ChoiceOption[] {
    return [{ value: '', text: this.t('common.any') }, ...options];
  }
}
