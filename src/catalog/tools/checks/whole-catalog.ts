import type { ComposedEdition, EditionFile } from '../compose.ts';
import type { HostsFile } from './files/hosts.ts';

/** What `azure-local.json` has for every edition by region. */
interface CommonWords {
  readonly linked: readonly { readonly id: string }[];
  readonly sources: Readonly<Record<string, { readonly date?: string }>>;
  readonly changes: readonly { readonly source: string; readonly text: string }[];
}

/** Linked services and changes that an edition by region leaves out; a sentence each. */
export function commonProblems(
  {
    regions,
    features,
    published = '',
    changes = [],
  }: EditionFile & {
    readonly published?: string;
    readonly changes?: readonly { readonly source: string; readonly text: string }[];
  },
  words: CommonWords,
): readonly string[] {
  if (regions === undefined) return [];
  const known = words.changes.filter(({ source }) => (words.sources[source]?.date ?? '') <= published);
  return [
    ...words.linked
      .filter(({ id }) => !features.some(feature => feature.id === id))
      .map(
        ({ id }) => `it lacks the linked service "${id}" of azure-local.json: import one of its lists again.`,
      ),
    ...known
      .filter(({ source, text }) => !changes.some(each => each.source === source && each.text === text))
      .map(
        ({ source }) =>
          `it does not tell of the change "${source}" of azure-local.json, which is not newer: import one of its lists again.`,
      ),
  ];
}

/** Representatives that do not say over which protocol they answer, of hosts that stand on several. */
export function protocolProblems(
  { hosts }: HostsFile,
  editions: readonly Pick<ComposedEdition, 'rules'>[],
): readonly string[] {
  const protocols = new Map<string, Set<string>>();
  for (const { host, protocol } of editions.flatMap(({ rules }) => rules))
    protocols.set(host, (protocols.get(host) ?? new Set()).add(protocol));
  return Object.entries(hosts)
    .filter(([host]) => (protocols.get(host)?.size ?? 0) > 1)
    .flatMap(([host, { representatives = [] }]) =>
      representatives
        .filter(({ protocol }) => protocol === undefined)
        .map(
          each =>
            `host "${host}" stands on several protocols: say in "protocol" over which "${each.host}" was shown.`,
        ),
    );
}
