import type { AsWritten } from './read-row.ts';

/** One row of one list, as an edition keeps it in its origins. */
export interface ListFact {
  /** Short name of the source, for example `eastus` or `oem-dell`. */
  readonly source: string;
  /** What the list calls the component, and its number: `Azure Local AKS infra, row 12`. */
  readonly section: string;
  readonly asWritten: AsWritten;
}

/** What the importer looks at of an edition's file. */
export interface ImportedEdition {
  readonly sources: Readonly<Record<string, unknown>>;
  readonly regions?: readonly { readonly id: string; readonly cloud: string }[];
  readonly vendors?: readonly { readonly id: string }[];
  readonly internalRules?: readonly { readonly origins: readonly { readonly source: string }[] }[];
  readonly features: readonly {
    readonly uses?: readonly { readonly origins: readonly ListFact[] }[];
  }[];
  readonly [field: string]: unknown;
}

/** Every row of every list that the edition is made of. A row that opens several doors is one fact. */
export function factsOf({ features }: ImportedEdition): readonly ListFact[] {
  const facts = new Map<string, ListFact>();
  for (const { source, section, asWritten } of features
    .flatMap(each => each.uses ?? [])
    .flatMap(use => use.origins)) {
    const { url, port, arcGateway, requiredFor } = asWritten;
    const fact = { source, section, asWritten: { url, port, arcGateway, requiredFor } };
    facts.set(JSON.stringify(fact), fact);
  }
  return [...facts.values()].sort(byPlace);
}

export function sectionOf(component: string, id: string): string {
  return `${component}, row ${id}`;
}

export function componentOf({ section }: ListFact): string {
  return section.replace(/, row [^,]*$/, '');
}

/** List by list, row by row. */
export function byPlace(a: ListFact, b: ListFact): number {
  return a.source.localeCompare(b.source, 'en') || rowOf(a) - rowOf(b);
}

function rowOf({ section }: ListFact): number {
  return Number(/, row (\d+)/.exec(section)?.[1] ?? 0);
}
