import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { TEXT } from '../words/text';

/**
 * The one bar of a tab. Its content: buttons of the class `oc-command`, each an `oc-icon` and a word, in the order of their
 * use; fields that belong to a command may stand beside it.
 */
@Component({
  selector: 'oc-command-bar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<ng-content />',
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--spacingVerticalXXS) var(--spacingHorizontalXS);
      padding-block: var(--spacingVerticalXS);
      border-block-end: 1px solid var(--colorNeutralStroke2);
    }
  `,
  host: { role: 'group', '[attr.aria-label]': "t('common.commands')" },
})
export class CommandBarComponent {
  protected readonly t = inject(TEXT);
}
