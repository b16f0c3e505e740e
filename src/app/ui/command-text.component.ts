import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { ValueTextComponent } from './value-text.component';

/**
 * A command that wraps between its words, and in one that is too long where that has a joint: a parameter that breaks
 * behind its hyphen reads like two.
 */
@Component({
  selector: 'oc-command-text',
  imports: [ValueTextComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@for (word of words(); track $index) {
    <span><oc-value-text [text]="word" /></span>
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
