import { computed, effect, inject, Injectable, signal } from '@angular/core';
import { REQUIREMENTS } from '../../../allowlist/catalog/catalog';
import { rowsOf } from '../../../allowlist/list/allowlist';
import { blocksOf } from '../../../allowlist/list/rule/blocks-of';
import { AllowlistStore } from '../../../allowlist/state/allowlist.store';
import { calmed } from '../../../ui/calmed';
import { isNarrowPage } from '../../../ui/tables/narrow';
import type { Errand } from '../../../ui/navigation';
import { HOST } from '../../../wac/host';
import { KEEP_SAFE } from '../../../wac/platform';
import { matrixRows, type MatrixRow, tallyOf } from '../../run/matrix';
import { blocksByRule } from '../../finding/list-facts';
import { NextCheck } from '../../state/next-check.store';
import { ReachabilityStore } from '../../state/reachability.store';
import { silentNodes } from '../../view/agreement';
import { FactsOfEntries } from '../../view/entry-facts';
import { countsOfSections, linesOf, nodeColumn, RESULT_SORTINGS, sortedLinesOf } from '../../view/lines';
import {
  filterResults,
  keepResultFilter,
  NO_RESULT_FILTER,
  readResultFilter,
  type ResultFilter,
} from '../../view/result-filter';
import { tallyResults, VERDICTS } from '../../verdict/verdicts';

/** A cluster of 64 nodes reports many results a second; the page is computed again at most this often, in ms. */
const CALM_MS = 250;

/**
 * What the page shows of a run: its rows as lines, grouped, filtered and laid out. Lives on while other tabs are shown:
 * coming back to 32,000 results computes nothing again.
 */
@Injectable({ providedIn: 'root' })
export class ResultView {
  private readonly store = inject(ReachabilityStore);
  private readonly next = inject(NextCheck);
  private readonly allowlist = inject(AllowlistStore);
  private readonly keepSafe = inject(KEEP_SAFE);
  private readonly key = `results-filter:${inject(HOST).connection.name}`;
  private readonly narrow = isNarrowPage();
  private readonly run = calmed(this.store.run, CALM_MS);

  readonly filter = signal(readResultFilter(this.keepSafe.read(this.key)));

  readonly nodes = computed(() => this.run()?.nodes.map(({ node }) => node.name) ?? [], { equal: sameTexts });
  readonly allRows = computed(() => {
    const run = this.run();
    return run ? matrixRows(run) : [];
  });
  readonly facts = computed(() => {
    const everything = this.allowlist.everything();
    const blocks = blocksByRule(this.next.facts());
    return new FactsOfEntries(
      everything ? rowsOf(everything) : [],
      row => blocks.get(row.rule.id) ?? blocksOf(row).what,
    );
  });
  readonly silent = computed(() => silentNodes(this.allRows()));
  readonly rows = computed(() => {
    const facts = this.facts();
    return filterResults(this.allRows(), this.filter(), this.nodes(), row => facts.of(row.entry));
  });
  readonly layout = computed(() => (!this.filter().everyNode ? 'short' : this.narrow() ? 'list' : 'nodes'));
  /** '' where what was kept sorts by a column that this run does not have. */
  readonly sorting = computed(() => {
    const { sorting } = this.filter();
    return this.sortings().includes(sorting) ? sorting : '';
  });
  /** All that the rows can be sorted by, as they are laid out now. */
  readonly sortings = computed((): readonly string[] => [
    ...RESULT_SORTINGS,
    ...(this.filter().everyNode
      ? this.nodes().flatMap(node => [`-${nodeColumn(node)}`, nodeColumn(node)])
      : []),
  ]);
  private readonly counts = computed(() => {
    const facts = this.facts();
    return countsOfSections(this.allRows(), row => facts.of(row.entry));
  });
  readonly lines = computed(() => {
    const facts = this.facts();
    const sorting = this.sorting();
    return sorting === ''
      ? linesOf(this.rows(), this.layout(), this.silent(), row => facts.of(row.entry), this.counts())
      : sortedLinesOf(this.rows(), this.layout(), this.silent(), sorting, this.nodes());
  });
  readonly sections = computed(() => this.lines().filter(line => line.kind === 'section'));

  /** Results of each kind, of all rows. */
  readonly tally = computed(() => {
    const run = this.run();
    return run ? tallyOf(run) : tallyResults([]);
  });

  /** What can be chosen in the filter: only what some row has. */
  readonly options = computed(() => {
    const facts = this.facts();
    const rows = this.allRows();
    const all = rows.map(row => facts.of(row.entry));
    const verdicts = new Set(rows.flatMap(({ cells }) => cells.map(cell => cell?.verdict)));
    const features = new Map(all.flatMap(each => each.features.map(({ id, title }) => [id, title] as const)));
    return {
      verdicts: VERDICTS.filter(verdict => verdicts.has(verdict)),
      features: [...features].map(([id, title]) => ({ id, title })),
      requirements: REQUIREMENTS.filter(each => all.some(({ requirements }) => requirements.has(each))),
      blocks: [...new Set(all.flatMap(each => [...each.blocks]))],
    };
  });

  constructor() {
    effect(() => this.keepSafe.write(this.key, keepResultFilter(this.filter())));
  }

  change(change: Partial<ResultFilter>): void {
    this.filter.update(filter => ({ ...filter, ...change }));
  }

  clear(): void {
    this.filter.update(({ everyNode, sorting }) => ({ ...NO_RESULT_FILTER, everyNode, sorting }));
  }

  /** Shows what another page wants to be seen. */
  follow({ rule, only, blocks }: Errand): void {
    if (rule === undefined && only === undefined && blocks === undefined) return;
    this.filter.update(({ everyNode, sorting }) => ({
      ...NO_RESULT_FILTER,
      everyNode,
      sorting,
      kind: only ?? '',
      blocks: blocks ?? '',
    }));
  }

  rowOf(entry: string): MatrixRow | undefined {
    return this.allRows().find(row => row.entry.id === entry);
  }
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
