import { repeated } from '../edition.ts';
import { hostProblem } from '../hosts/host-form.ts';

/** What the checks read of `azure-local.json`, the words in which published lists are put. */
export interface WordsFile {
  readonly components: readonly { readonly id: string; readonly names: readonly string[] }[];
  readonly linked: readonly { readonly id: string; readonly list?: string; readonly optIn?: unknown }[];
  readonly purposes: Readonly<Record<string, string>>;
  readonly risks: Readonly<Record<string, string>>;
  readonly sources: Readonly<Record<string, { readonly date?: string }>>;
  readonly bypassInspection: { readonly source: string; readonly text?: string };
  readonly changes: readonly { readonly source: string }[];
}

/** What is wrong with them, as `CHECK: what, where, how to mend it`. */
export function checkWords(words: WordsFile): readonly string[] {
  const { components, linked, purposes, risks, sources, bypassInspection, changes } = words;
  const cited = [bypassInspection, ...changes].map(({ source }) => source);
  return [
    ...repeated([...components, ...linked].map(({ id }) => id)).map(
      id => `unique-ids: component "${id}" is there twice: join them.`,
    ),
    ...repeated(components.flatMap(({ names }) => names)).map(
      name => `unique-ids: two components have the name "${name}": leave it to one.`,
    ),
    ...[...Object.keys(purposes), ...Object.keys(risks)].flatMap(host => {
      const problem = hostProblem(host);
      return problem === undefined ? [] : [`host-form: host ${JSON.stringify(host)} ${problem}.`];
    }),
    ...[...new Set(cited)]
      .filter(source => !Object.hasOwn(sources, source))
      .map(
        source => `known-sources: the source "${source}" is named, and is not there: add it to "sources".`,
      ),
    ...Object.keys(sources)
      .filter(source => !cited.includes(source))
      .map(source => `known-sources: source "${source}" backs nothing: cite it or remove it.`),
    ...linked
      .filter(({ list, optIn }) => list !== undefined && optIn === undefined)
      .map(
        ({ id }) =>
          `stated-facts: linked "${id}" takes a list of its own: say in "optIn" that it is left out until it is chosen.`,
      ),
    ...(bypassInspection.text === undefined
      ? ['stated-facts: "bypassInspection" does not say what the product says of TLS inspection: add "text".']
      : []),
    ...changes
      .filter(({ source }) => Object.hasOwn(sources, source) && sources[source]?.date === undefined)
      .map(({ source }) => `dates: the change "${source}" has no date: give its source that of the commit.`),
  ];
}
