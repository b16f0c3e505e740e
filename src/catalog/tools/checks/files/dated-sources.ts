/** What is read of a source; the schema has the rest. */
export interface DatedSource {
  readonly date?: string;
  readonly undated?: string;
}

/** Sources that say neither when they are from nor why nobody knows; a sentence each. */
export function undatedSources(sources: Readonly<Record<string, DatedSource>>): readonly string[] {
  return Object.entries(sources)
    .filter(([, { date, undated }]) => date === undefined && undated === undefined)
    .map(
      ([name]) =>
        `source "${name}" has no date: give that of its commit, or say in "undated" why none is known.`,
    );
}
