import { computed, Directive, inject, input } from '@angular/core';
import { AllowlistStore } from '../state/allowlist.store';

/** A text of the chosen list, marked as English where it is not in the language of the page. */
@Directive({
  selector: '[ocListText]',
  host: { '[attr.lang]': 'lang()', '[textContent]': 'ocListText()' },
})
export class ListTextDirective {
  readonly ocListText = input.required<string>();
  private readonly edition = inject(AllowlistStore).edition;

  protected readonly lang = computed(() =>
    this.edition()?.english?.has(this.ocListText()) === true ? 'en' : null,
  );
}
