import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { ClusterStore } from '../../../cluster/cluster.store';
import { IconComponent } from '../../../ui/icon.component';
import { TEXT } from '../../../ui/words/text';
import { editionMonth } from '../../choice/edition-words';
import { isChosen } from '../../list/filter';
import { AllowlistStore } from '../../state/allowlist.store';
import { SelectionStore } from '../../state/selection.store';
import { FeatureChoiceComponent } from './feature-choice.component';
import { ListChoiceComponent } from './list-choice.component';

/** Everything that was chosen in one line, and the panel behind it in which it is chosen: the only place for that. */
@Component({
  selector: 'oc-choice-line',
  imports: [FeatureChoiceComponent, IconComponent, ListChoiceComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      #opener
      type="button"
      class="oc-button oc-button-subtle"
      aria-controls="oc-choice-panel"
      [attr.aria-expanded]="isOpen()"
      (click)="isOpen.set(!isOpen())"
      (keydown.escape)="isOpen() && close($event)"
    >
      <oc-icon name="options" />
      <span class="what">{{ t('allowlist.choice.list') }}</span>
      <span class="parts">{{ parts().join(' · ') }}</span>
      @if (isAssumed()) {
        <span class="oc-badge">{{ t('allowlist.choice.assumed') }}</span>
      }
      <span class="change">{{ t('allowlist.choice.change') }}</span>
    </button>
    <div
      id="oc-choice-panel"
      role="region"
      [hidden]="!isOpen()"
      [attr.aria-label]="t('allowlist.choice.heading')"
      (keydown.escape)="close($event)"
    >
      @if (isOpen()) {
        <p>{{ t('allowlist.choice.lead') }}</p>
        <oc-list-choice />
        <oc-feature-choice />
        <button type="button" class="oc-button" (click)="close()">{{ t('common.close') }}</button>
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
      padding-block: var(--spacingVerticalXXS);
    }
    button {
      flex-wrap: wrap;
      max-inline-size: 100%;
      margin-inline-start: calc(-1 * var(--spacingHorizontalS));
      padding-inline: var(--spacingHorizontalS);
      font-weight: var(--fontWeightRegular);
      text-align: start;
    }
    /* There the button's border shows, and stands in line with the others. */
    @media (forced-colors: active) {
      button {
        margin-inline-start: 0;
      }
    }
    [role='region']:not([hidden]) {
      margin-block: var(--spacingVerticalXS) var(--spacingVerticalM);
      padding: var(--spacingVerticalM);
      border: 1px solid var(--colorNeutralStroke2);
      border-radius: var(--borderRadiusMedium);
      background: var(--colorNeutralBackground2);
    }
    .what {
      font-weight: var(--fontWeightSemibold);
    }
    .parts {
      overflow-wrap: anywhere;
    }
    .change {
      color: var(--colorBrandForegroundLink);
      text-decoration: underline;
    }
    /* The link's colour has too little contrast on this background in the dark theme. */
    button:hover .change {
      color: var(--colorNeutralForeground1);
    }
  `,
})
export class ChoiceLineComponent {
  protected readonly t = inject(TEXT);
  private readonly selection = inject(SelectionStore);
  private readonly store = inject(AllowlistStore);
  private readonly cluster = inject(ClusterStore);
  private readonly opener = viewChild.required<ElementRef<HTMLButtonElement>>('opener');
  protected readonly isOpen = signal(false);

  /** Neither the cluster nor the administrator says which edition or cloud it is; the usual is shown. */
  protected readonly isAssumed = computed(
    () =>
      this.cluster.status() !== 'loading' &&
      this.selection.edition() !== undefined &&
      (this.selection.editionOrigin() === 'assumed' || this.selection.cloudOrigin() === 'assumed'),
  );

  protected readonly parts = computed(() => {
    const edition = this.selection.edition();
    if (edition === undefined)
      return [
        this.t(this.store.state().status === 'failed' ? 'allowlist.choice.failed' : 'allowlist.loading'),
      ];
    const region = this.selection.region()?.title;
    const vendor = this.selection.vendor()?.title;
    return [
      editionMonth(edition.id),
      ...(region === undefined
        ? this.selection.regions().length > 0
          ? [this.t('allowlist.region.all')]
          : []
        : [region]),
      this.t(`common.cloud.${this.selection.cloud()}`),
      ...(vendor === undefined ? [] : [vendor]),
      ...(this.selection.arcGateway() ? [this.t('allowlist.choice.arcGateway')] : []),
      this.t(this.selection.published() ? 'allowlist.choice.published' : 'allowlist.choice.corrected'),
      ...this.featureParts(),
    ];
  });

  protected close(event?: Event): void {
    event?.preventDefault();
    this.isOpen.set(false);
    this.opener().nativeElement.focus();
  }

  private featureParts(): readonly string[] {
    const chosen = this.selection.features();
    const features = (this.store.edition()?.features ?? []).filter(
      ({ kind, vendor }) => kind === 'rules' && vendor === undefined,
    );
    const count = features.filter(feature => isChosen(feature, chosen)).length;
    return features.length === 0 ? [] : [this.t('allowlist.choice.features', count, features.length)];
  }
}
