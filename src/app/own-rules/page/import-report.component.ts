import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import { TEXT } from '../../ui/words/text';
import { CLIPBOARD } from '../../wac/platform';
import { badRowText, changedRowText } from '../rules/imported';
import type { ImportOutcome } from '../rules/import-outcome';

/** What was not taken of a file, or not as it stood: each row with line and reason, to be copied for whoever wrote the file. */
@Component({
  selector: 'oc-import-report',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="oc-notice" [attr.data-state]="outcome().state">
      <p>{{ outcome().text }}</p>
      @if (lines().length > 0) {
        <ul [attr.aria-label]="t('ownRules.import.report')" tabindex="0">
          @for (line of lines(); track $index) {
            <li>{{ line }}</li>
          }
        </ul>
      }
      @if (changed().length > 0) {
        <p>{{ t('ownRules.import.changed') }}</p>
        <ul [attr.aria-label]="t('ownRules.import.changed')" tabindex="0">
          @for (line of changed(); track $index) {
            <li>{{ line }}</li>
          }
        </ul>
      }
      <div class="buttons">
        @if (lines().length + changed().length > 0) {
          <button type="button" class="oc-button" (click)="copy()">{{ t('ownRules.import.copy') }}</button>
        }
        @if (canUndo()) {
          <button type="button" class="oc-button" (click)="undo.emit()">{{ t('ownRules.undo') }}</button>
        }
        <button type="button" class="oc-button" (click)="dismiss.emit()">{{ t('common.close') }}</button>
        <span role="status">{{ copied() }}</span>
      </div>
    </div>
  `,
  styles: `
    ul {
      max-block-size: 16rem;
      margin-block: 0 var(--spacingVerticalS);
      padding-inline-start: var(--spacingHorizontalL);
      overflow-y: auto;
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--spacingHorizontalS);
    }
  `,
})
export class ImportReportComponent {
  protected readonly t = inject(TEXT);
  private readonly clipboard = inject(CLIPBOARD);
  readonly outcome = input.required<ImportOutcome>();
  /** Whether rules were taken, and nothing was changed since. */
  readonly canUndo = input.required<boolean>();
  readonly undo = output();
  readonly dismiss = output();
  protected readonly copied = linkedSignal({ source: this.outcome, computation: () => '' });

  protected readonly lines = computed(() =>
    this.outcome().bad.map(row => this.t('ownRules.import.line', row.line, badRowText(row, this.t))),
  );

  protected readonly changed = computed(() =>
    this.outcome().changed.map(row => this.t('ownRules.import.line', row.line, changedRowText(row, this.t))),
  );

  protected async copy(): Promise<void> {
    const done = await this.clipboard.copy(
      [this.outcome().fileName, ...this.lines(), ...this.changed(), ''].join('\r\n'),
    );
    this.copied.set(this.t(done ? 'ownRules.import.copied' : 'ownRules.import.notCopied'));
  }
}
