import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** A command that wraps between its words only: a parameter that breaks behind its hyphen reads like two. */
@Component({
  selector: 'oc-command-text',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@for (word of words(); track $index) {
    <span>{{ word }}</span>
    @if (!$last) {
      &ngsp;
    }
  }`,
  styles: `
    span {
      display: inline-block;
      max-inline-size: 100%;
    }
  `,
})
export class CommandTextComponent {
  readonly text = input.required<string>();
  protected readonly words = computed(() => this.text().split(' '));
}
