import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { TEXT } from '../../../ui/words/text';
import { HOST } from '../../../wac/host';
import { type Grade, GRADES } from '../../verdict/verdicts';
import { VerdictMarkComponent } from './verdict-mark.component';

const SIGNS = {
  proven: 'reachable',
  unproven: 'not-proven',
  failed: 'refused',
  unknown: 'not-tested',
} as const;

/** How many results say what; each number shows its rows. */
@Component({
  selector: 'oc-tally',
  imports: [VerdictMarkComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (kind of kinds; track kind) {
      <button
        type="button"
        class="oc-chip"
        [attr.aria-pressed]="kind === shown()"
        (click)="choose.emit(kind === shown() ? '' : kind)"
      >
        <oc-verdict-mark [verdict]="signs[kind]" [withWord]="false" aria-hidden="true" />
        {{ t('reachability.tally.' + kind, number(kind)) }}
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: var(--spacingHorizontalXS);
    }
  `,
  host: { role: 'group', '[attr.aria-label]': "t('reachability.tally')" },
})
export class TallyComponent {
  protected readonly t = inject(TEXT);
  private readonly locale = inject(HOST).locale;
  protected readonly kinds = GRADES;
  protected readonly signs = SIGNS;

  readonly tally = input.required<Readonly<Record<Grade, number>>>();
  readonly shown = input.required<Grade | ''>();
  readonly choose = output<Grade | ''>();

  protected number(kind: Grade): string {
    return this.tally()[kind].toLocaleString(this.locale);
  }
}
