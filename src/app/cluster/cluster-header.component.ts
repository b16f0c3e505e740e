import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { IconComponent } from '../ui/icon.component';
import { RawWordsComponent } from '../ui/raw-words.component';
import { TEXT } from '../ui/words/text';
import { TIMES } from '../ui/words/times';
import { HOST } from '../wac/host';
import { ClusterStore } from './cluster.store';
import { NodeStateComponent } from './node-state.component';

/** Which cluster this is, how its nodes are, and which cloud it belongs to. */
@Component({
  selector: 'oc-cluster-header',
  imports: [IconComponent, NodeStateComponent, RawWordsComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './cluster-header.component.html',
  styles: `
    section {
      padding: var(--spacingVerticalXS) var(--spacingHorizontalL);
      border-block-end: 1px solid var(--colorNeutralStroke2);
    }
    .top {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0 var(--spacingHorizontalXXL);
    }
    .read {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      column-gap: var(--spacingHorizontalXS);
    }
    h1 {
      margin: 0;
      font-size: var(--fontSizeBase400);
      line-height: var(--lineHeightBase400);
      overflow-wrap: anywhere;
    }
    dl {
      display: flex;
      flex-wrap: wrap;
      flex: 1 1 20rem;
      gap: 0 var(--spacingHorizontalXL);
      margin: 0;
    }
    dl > div {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--spacingHorizontalS);
    }
    dt {
      color: var(--colorNeutralForeground2);
    }
    dd {
      margin: 0;
    }
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: var(--spacingVerticalXXS) var(--spacingHorizontalM);
      margin: 0;
      padding: 0;
      list-style: none;
    }
    p {
      margin-block: 0 var(--spacingVerticalXXS);
      overflow-wrap: anywhere;
    }
    summary {
      min-block-size: 24px;
      inline-size: fit-content;
      cursor: pointer;
    }
  `,
})
export class ClusterHeaderComponent {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(ClusterStore);
  protected readonly name = computed(() => this.store.cluster()?.name ?? this.connectionName);
  protected readonly loading = computed(() => this.store.status() === 'loading');
  private readonly connectionName = inject(HOST).connection.name;
  private readonly times = inject(TIMES);

  /** Of a large cluster those that are not up, and as many of the others as fit. */
  protected readonly named = computed(() => {
    const nodes = this.store.cluster()?.nodes ?? [];
    if (nodes.length <= NAMED) return nodes;
    const shown = [...nodes.filter(({ state }) => state !== 'up'), ...nodes].slice(0, NAMED);
    return nodes.filter(node => shown.includes(node));
  });
  protected readonly others = computed(() => (this.store.cluster()?.nodes.length ?? 0) - this.named().length);
  protected readonly lastRead = computed(() => {
    const at = this.store.readAt();
    return at === undefined ? '' : this.t('common.lastRead', this.times.clock(at));
  });
}

/** So many nodes have their states beside their names. */
const NAMED = 8;
