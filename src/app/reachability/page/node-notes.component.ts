import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { isReachableState } from '../../cluster/cluster';
import { TEXT } from '../../ui/text';
import type { NodeReport } from '../run/run';

interface Note {
  readonly text: string;
  readonly isWarning: boolean;
  /** The node's or the gateway's own words. */
  readonly words?: string;
}

/** For each node that is asked: the proxy that the check uses, and what went wrong with the node as a whole. */
@Component({
  selector: 'oc-node-notes',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (note of warnings(); track note.text) {
      <div class="oc-notice" data-state="warning">
        {{ note.text }}
        @if (note.words) {
          <details>
            <summary>{{ t('reachability.node.words') }}</summary>
            {{ note.words }}
          </details>
        }
      </div>
    }
    <ul [attr.aria-label]="t('reachability.node.legend')">
      @for (note of plain(); track note.text) {
        <li>{{ note.text }}</li>
      }
    </ul>
  `,
  styles: `
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: var(--spacingVerticalXXS) var(--spacingHorizontalL);
      margin-block: var(--spacingVerticalS);
      padding: 0;
      list-style: none;
    }
    li,
    div {
      overflow-wrap: anywhere;
    }
  `,
})
export class NodeNotesComponent {
  protected readonly t = inject(TEXT);

  readonly nodes = input.required<readonly NodeReport[]>();

  private readonly notes = computed(() =>
    this.nodes()
      .filter(report => isReachableState(report.node.state))
      .flatMap(report => this.notesOf(report)),
  );
  protected readonly warnings = computed(() => this.notes().filter(note => note.isWarning));
  protected readonly plain = computed(() => this.notes().filter(note => !note.isWarning));

  private notesOf(report: NodeReport): readonly Note[] {
    const { name } = report.node;
    const notes: Note[] = report.notices.map(notice => ({
      text: this.t(`reachability.notice.${notice}`, name),
      isWarning: notice !== 'constrained' && notice !== 'module',
    }));
    if (report.ended !== undefined) {
      const cause = `reachability.cause.${report.ended}`;
      notes.push({
        text: this.t('reachability.node.ended', name, this.t(`${cause}.meaning`), this.t(`${cause}.action`)),
        isWarning: true,
        words: report.message,
      });
    }
    if (report.badReports > 0) {
      const key = `reachability.node.badReports.${report.badReports === 1 ? 'one' : 'many'}`;
      notes.push({ text: this.t(key, name, report.badReports), isWarning: true });
    }
    const way = this.wayOf(report);
    return way === undefined ? notes : [...notes, { text: way, isWarning: false }];
  }

  private wayOf({ node, proxy, state }: NodeReport): string | undefined {
    if (proxy === undefined) {
      return state === 'waiting' ? this.t('reachability.node.reading', node.name) : undefined;
    }
    return proxy === ''
      ? this.t('reachability.node.direct', node.name)
      : this.t('reachability.node.proxy', node.name, proxy);
  }
}
