import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** A host name, always left to right; where it is too long it breaks between its labels before it breaks in one. */
@Component({
  selector: 'oc-host-name',
  changeDetection: ChangeDetectionStrategy.OnPush,
  // A place that keeps names on one line sets none: the chance to break is taken even where text does not wrap.
  styles: `
    wbr {
      display: var(--host-breaks, inline);
    }
  `,
  // White space here would be white space in the name.
  // prettier-ignore
  template: `<bdi dir="ltr">@for (part of parts(); track $index) {{{ part }}<wbr />}</bdi>`,
})
export class HostNameComponent {
  readonly host = input.required<string>();

  /** In front of a dot, so that no line ends like a sentence. */
  protected readonly parts = computed(() => this.host().split(/(?=[.:])/));
}
