import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { ClusterStore } from '../../../cluster/cluster.store';
import { TEXT } from '../../../ui/words/text';
import { ChoiceFieldComponent } from '../../../ui/fields/choice-field.component';
import { commonBuild } from '../../choice/detection';
import { editionMonth, editionName } from '../../choice/edition-words';
import { EditionsStore } from '../../state/editions.store';
import { SelectionStore } from '../../state/selection.store';

/** The edition of the list, and whether the nodes or the administrator say so. */
@Component({
  selector: 'oc-edition-field',
  imports: [ChoiceFieldComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <oc-choice-field
      fieldId="oc-edition"
      [label]="t('allowlist.edition.label')"
      [options]="options()"
      [value]="selection.edition()?.id ?? ''"
      [hint]="hint()"
      (choose)="selection.chooseEdition($event)"
    />
  `,
})
export class EditionFieldComponent {
  protected readonly t = inject(TEXT);
  protected readonly selection = inject(SelectionStore);
  private readonly editions = inject(EditionsStore).all;
  private readonly cluster = inject(ClusterStore);

  protected readonly options = computed(() =>
    this.editions().map(edition => ({ value: edition.id, text: editionName(edition, this.t) })),
  );
  protected readonly hint = computed(() => {
    const build = commonBuild(this.cluster.cluster()?.nodes ?? []);
    const detected = this.selection.detectedEdition();
    switch (this.selection.editionOrigin()) {
      case 'detected':
        return this.t('allowlist.edition.detected', build ?? '');
      case 'chosen':
        return detected === undefined
          ? this.t('allowlist.chosen')
          : this.t('allowlist.edition.otherThanDetected', editionMonth(detected.id), build ?? '');
      case 'assumed':
        if (this.cluster.status() === 'loading') return this.t('allowlist.edition.asking');
        return build === undefined
          ? this.t('allowlist.edition.unknown')
          : this.t('allowlist.edition.noneForBuild', build);
    }
  });
}
