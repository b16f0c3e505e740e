import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TEXT } from '../ui/words/text';
import type { NodeState } from './cluster';

const SIGNS: Readonly<Record<NodeState, string>> = {
  up: '✓',
  down: '✕',
  paused: '‖',
  joining: '…',
  unknown: '?',
};

/** A node's state as sign and word. */
@Component({
  selector: 'oc-node-state',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<span class="sign" aria-hidden="true">{{ sign() }}</span
    >&ngsp;<span>{{ t('cluster.state.' + state()) }}</span>`,
  styles: `
    :host {
      display: inline-flex;
      gap: var(--spacingHorizontalXS);
      white-space: nowrap;
    }
    .sign {
      inline-size: 1em;
      text-align: center;
    }
  `,
})
export class NodeStateComponent {
  readonly state = input.required<NodeState>();
  protected readonly t = inject(TEXT);
  protected readonly sign = computed(() => SIGNS[this.state()]);
}
