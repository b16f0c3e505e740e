import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TEXT } from '../ui/text';
import { HOST } from '../wac/host';
import { ClusterStore } from './cluster.store';
import { NodeStateComponent } from './node-state.component';

/** Which cluster this is, how its nodes are, and which cloud it belongs to. */
@Component({
  selector: 'oc-cluster-header',
  imports: [NodeStateComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './cluster-header.component.html',
  styles: `
    section {
      padding: var(--spacingVerticalM) var(--spacingHorizontalL);
      border-block-end: 1px solid var(--colorNeutralStroke2);
    }
    .top {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: var(--spacingVerticalXS) var(--spacingHorizontalM);
    }
    h1 {
      margin: 0;
      font-size: var(--fontSizeBase500);
      line-height: var(--lineHeightBase500);
      overflow-wrap: anywhere;
    }
    dl {
      display: flex;
      flex-wrap: wrap;
      gap: var(--spacingVerticalXS) var(--spacingHorizontalXXL);
      margin-block: var(--spacingVerticalS) 0;
    }
    dt {
      color: var(--colorNeutralForeground2);
      font-size: var(--fontSizeBase200);
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
      margin-block: var(--spacingVerticalXS);
      overflow-wrap: anywhere;
    }
  `,
})
export class ClusterHeaderComponent {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(ClusterStore);
  protected readonly name = computed(() => this.store.cluster()?.name ?? this.connectionName);
  protected readonly loading = computed(() => this.store.status() === 'loading');
  private readonly connectionName = inject(HOST).connection.name;
}
