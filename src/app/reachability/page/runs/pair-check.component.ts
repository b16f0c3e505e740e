import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { LineTemplate } from '../../../ui/tables/in-view/line-template';
import { LineTableComponent } from '../../../ui/tables/view/line-table.component';
import { TableView } from '../../../ui/tables/view/table-view';
import { showWhole } from '../../../ui/go-to-part';
import { TEXT } from '../../../ui/words/text';
import { TIMES } from '../../../ui/words/times';
import { type PairOutcome, type PairResult, worstOf } from '../../run/checks/pair-check';
import { PairStore } from '../../state/pair.store';

/** Of more nodes the pairs are lists: a matrix of 64 would have four thousand cells. */
const MAX_MATRIX = 16;
/** Of the largest group of nodes no more are named one by one. */
const MAX_NAMES = 8;

const WORST_FIRST = ['silent', 'name', 'refused', 'untested', 'open', 'self'] as const;
type Worst = (typeof WORST_FIRST)[number];

interface Cell {
  readonly to: string;
  readonly worst: Worst;
  readonly text: string;
}

/** What one node tried of the others. */
interface Row {
  readonly from: string;
  readonly cells: readonly Cell[];
  readonly worst: Worst;
  readonly groups: readonly { readonly worst: string; readonly text: string }[];
}

/** The rules inside the network: what can be tried from node to node, as a matrix, and what cannot, with the reason. */
@Component({
  selector: 'oc-pair-check',
  imports: [LineTableComponent, LineTemplate],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <details #part (toggle)="showWhole(part)">
      <summary>{{ t('reachability.pairs') }}</summary>
      <p class="oc-hint">
        {{ t(store.plan().doors.length > 0 ? 'reachability.pairs.lead' : 'reachability.pairs.none') }}
      </p>
      @if (store.plan().doors.length > 0 && !store.hasPairs()) {
        <p class="oc-hint">{{ t('reachability.pairs.alone') }}</p>
      }
      @if (store.isRunning()) {
        <button type="button" class="oc-button" (click)="store.cancel()">
          {{ t('reachability.pairs.cancel') }}
        </button>
      } @else if (store.canStart()) {
        <button type="button" class="oc-button" (click)="store.start()">
          {{ t('reachability.pairs.check') }}
        </button>
      }
      <p role="status" [attr.aria-live]="store.isRunning() ? 'off' : null">{{ status() }}</p>
      @if (rows().length > 0) {
        <oc-line-table [view]="view" [name]="t('reachability.pairs')" [scrolls]="!isLong()">
          <ng-template [ocLineOf]="view.all()" let-row>
            <th scope="row">{{ row.from }}</th>
            @if (isLong()) {
              <td>
                @for (group of row.groups; track group.text) {
                  <div [attr.data-outcome]="group.worst">{{ group.text }}</div>
                }
              </td>
            } @else {
              @for (cell of row.cells; track cell.to) {
                <td [attr.data-outcome]="cell.worst" [class.oc-columns-only]="cell.worst === 'self'">
                  {{ cell.text }}
                </td>
              }
            }
          </ng-template>
        </oc-line-table>
        <p class="oc-hint">{{ t('reachability.pairs.refused.hint') }}</p>
      }
      @if (untested().length > 0) {
        <p class="oc-label" id="oc-pairs-not">{{ t('reachability.pairs.not') }}</p>
        <ul aria-labelledby="oc-pairs-not">
          @for (item of untested(); track item) {
            <li>{{ item }}</li>
          }
        </ul>
      }
    </details>
  `,
  styles: `
    summary {
      min-block-size: 24px;
      inline-size: fit-content;
      cursor: pointer;
    }
    oc-line-table {
      --room: 24rem;
    }
    [data-outcome='silent'],
    [data-outcome='name'] {
      font-weight: var(--fontWeightSemibold);
    }
  `,
})
export class PairCheckComponent {
  protected readonly t = inject(TEXT);
  protected readonly showWhole = showWhole;
  protected readonly store = inject(PairStore);
  private readonly times = inject(TIMES);

  protected readonly status = computed(() => {
    const run = this.store.run();
    if (run === undefined) return '';
    const total = run.nodes.length * (run.nodes.length - 1) * run.ports.length;
    if (!run.isOver) return this.t('reachability.pairs.progress', run.results.length, total);
    const count = (outcome: PairOutcome): number =>
      run.results.filter(each => each.outcome === outcome).length;
    const time = this.times.clock(run.startedAt);
    const untested = total - run.results.length + count('untested');
    const counts = [count('open'), count('refused'), count('silent') + count('name'), untested];
    const failures = [...run.failures].map(
      ([node, cause]) => `${node}: ${this.t(`reachability.cause.${cause}.meaning`)}`,
    );
    const left = run.left.length > 0 ? [this.t('reachability.pairs.left', run.left.join(', '))] : [];
    return [this.t('reachability.pairs.done', time, ...counts), ...left, ...failures].join(' ');
  });

  protected readonly rows = computed((): readonly Row[] => {
    const run = this.store.run();
    if (run === undefined) return [];
    const byPair = new Map<string, PairResult[]>();
    for (const result of run.results) {
      const key = `${result.from} ${result.to}`;
      byPair.set(key, [...(byPair.get(key) ?? []), result]);
    }
    return run.nodes.map((from): Row => {
      const cells = run.nodes.map((to): Cell => {
        if (to === from) return { to, worst: 'self', text: '–' };
        const results = byPair.get(`${from} ${to}`) ?? [];
        const missing = run.ports.filter(port => !results.some(result => result.port === port));
        return {
          to,
          worst: worstOf(results) ?? (missing.length > 0 ? 'untested' : 'open'),
          text: this.say(results, missing, run.isOver),
        };
      });
      const worst = WORST_FIRST.find(each => cells.some(cell => cell.worst === each)) ?? 'open';
      return { from, cells, worst, groups: this.isLong() ? this.groupsOf(from, cells) : [] };
    });
  });
  /** So many nodes that a line says of each what became of the others, instead of a matrix. */
  protected readonly isLong = computed(() => (this.store.run()?.nodes.length ?? 0) > MAX_MATRIX);
  protected readonly view = new TableView<Row>({
    name: 'pairs',
    items: this.rows,
    columns: () => [
      { id: 'from', title: this.t('reachability.pairs.from'), text: ({ from }) => from },
      ...(this.isLong()
        ? [
            {
              ...{ id: 'others', title: this.t('reachability.pairs.toOthers') },
              text: ({ groups }: Row) => groups.map(({ text }) => text).join('. '),
              key: ({ worst }: Row) => WORST_FIRST.indexOf(worst),
            },
          ]
        : (this.store.run()?.nodes ?? []).map((node, place) => ({
            ...{ id: `to ${node}`, title: this.t('reachability.pairs.to', node) },
            text: ({ cells }: Row) => cells[place]?.text ?? '',
            key: ({ cells }: Row) => WORST_FIRST.indexOf(cells[place]?.worst ?? 'self'),
          }))),
      {
        ...{ id: 'worst', title: this.t('reachability.pairs.worst'), isHidden: true },
        facet: ({ worst }) => [this.t(`reachability.pairs.worst.${worst}`)],
      },
    ],
  });

  /** The other nodes by what became of them, the rarest first. */
  private groupsOf(from: string, cells: readonly Cell[]): Row['groups'] {
    const groups = new Map<string, { worst: string; names: string[] }>();
    for (const { to, worst, text } of cells) {
      if (to === from) continue;
      const group = groups.get(text) ?? { worst, names: [] };
      group.names.push(to);
      groups.set(text, group);
    }
    const most = Math.max(...[...groups.values()].map(({ names }) => names.length));
    const ordered = [...groups].sort(([, a], [, b]) => a.names.length - b.names.length);
    return ordered.map(([text, { worst, names }], place) => ({
      worst,
      text: this.t(
        'reachability.pairs.group',
        names.length === most && most > MAX_NAMES && place === ordered.length - 1
          ? this.t(groups.size === 1 ? 'reachability.pairs.all' : 'reachability.pairs.rest', names.length)
          : names.join(', '),
        text,
      ),
    }));
  }

  protected readonly untested = computed(() =>
    this.store
      .plan()
      .untested.map(({ rule, reason }) =>
        this.t(
          'reachability.pairs.not.item',
          `${rule.protocol.toUpperCase()} ${rule.ports.join(', ')}`.trim(),
          rule.from,
          rule.to,
          this.t(`reachability.pairs.not.${reason}`),
        ),
      ),
  );

  /** Ports by what became of them; all open is one word. */
  private say(results: readonly PairResult[], missing: readonly number[], isOver: boolean): string {
    const parts = (['silent', 'name', 'refused', 'untested', 'open'] as const).flatMap(outcome => {
      const ports = results.filter(each => each.outcome === outcome).map(({ port }) => port);
      if (outcome === 'untested' && isOver) ports.push(...missing);
      const sorted = ports.sort((a, b) => a - b).join(', ');
      return ports.length === 0 ? [] : [this.t(`reachability.pairs.outcome.${outcome}`, sorted)];
    });
    if (!isOver && missing.length > 0) parts.push(this.t('reachability.pairs.waiting'));
    return parts.join('; ');
  }
}
