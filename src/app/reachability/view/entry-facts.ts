import type { AllowlistRow } from '../../allowlist/list/allowlist';
import type { PlanEntry } from '../plan/probe-plan';

/** What the list says of an endpoint, of all rules together that it stands for. */
export interface EntryFacts {
  /** In the list's order; none when the list that is chosen now has none of its rules. */
  readonly features: readonly { readonly id: string; readonly title: string }[];
  readonly requirements: ReadonlySet<string>;
  /** Ids of what fails without it. */
  readonly blocks: ReadonlySet<string>;
}

const NOTHING: EntryFacts = { features: [], requirements: new Set(), blocks: new Set() };

/** Answers for the endpoints of a run from the rules of a list. */
export class FactsOfEntries {
  private readonly rows = new Map<string, AllowlistRow[]>();
  private readonly known = new Map<string, EntryFacts>();

  constructor(
    rows: readonly AllowlistRow[],
    private readonly blocksOf: (row: AllowlistRow) => readonly string[],
  ) {
    for (const row of rows) {
      const of = this.rows.get(row.rule.id);
      if (of) of.push(row);
      else this.rows.set(row.rule.id, [row]);
    }
  }

  of(entry: PlanEntry): EntryFacts {
    const known = this.known.get(entry.id);
    if (known) return known;
    const facts = this.collect(entry);
    this.known.set(entry.id, facts);
    return facts;
  }

  /** The rules of an endpoint, each once a feature. */
  rowsOf(entry: Pick<PlanEntry, 'rules'>): readonly AllowlistRow[] {
    return entry.rules.flatMap(id => this.rows.get(id) ?? []);
  }

  private collect(entry: PlanEntry): EntryFacts {
    const rows = this.rowsOf(entry);
    if (rows.length === 0) return NOTHING;
    const features = new Map(
      rows.map(({ feature }) => [feature.id, { id: feature.id, title: feature.title }]),
    );
    return {
      features: [...features.values()],
      requirements: new Set(rows.map(row => row.requirement)),
      blocks: new Set(rows.flatMap(row => this.blocksOf(row))),
    };
  }
}
