import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { TEXT } from '../ui/text';
import { AllowlistStore } from './allowlist.store';
import { SelectionStore } from './selection.store';

/** Asks for the storage account of the cloud witness, or shows the one that the cluster uses. */
@Component({
  selector: 'oc-witness-field',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="oc-field">
      <label for="oc-witness">{{ t('allowlist.witness.label') }}</label>
      <input
        id="oc-witness"
        class="oc-input"
        type="text"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        [value]="selection.witness()"
        [attr.aria-invalid]="problem() ? true : null"
        aria-describedby="oc-witness-hint oc-witness-problem"
        (input)="enter($any($event.target).value)"
        (change)="leave()"
      />
      <span id="oc-witness-hint" class="oc-hint">{{ hint() }}</span>
      <span id="oc-witness-problem" class="oc-error">
        @if (problem(); as code) {
          {{ t('allowlist.answer.witness-account.' + code) }}
        }
      </span>
    </div>
  `,
})
export class WitnessFieldComponent {
  protected readonly t = inject(TEXT);
  protected readonly selection = inject(SelectionStore);
  private readonly store = inject(AllowlistStore);
  private readonly typing = signal(false);

  /** While a name is being typed it is not yet called too short. */
  protected readonly problem = computed(() => {
    const witness = this.store.witness();
    if (witness.ok || (this.typing() && witness.problem === 'too-short')) return undefined;
    return witness.problem;
  });

  protected readonly hint = computed(() => {
    const detected = this.selection.detectedWitness();
    const fromCluster = detected !== undefined && detected === this.selection.witness();
    return this.t(
      fromCluster ? 'allowlist.witness.detected' : 'allowlist.witness.hint',
      this.store.blobSuffix(),
    );
  });

  protected enter(text: string): void {
    this.typing.set(true);
    this.selection.enterWitness(text);
  }

  protected leave(): void {
    this.typing.set(false);
  }
}
