/** `src/catalog/http-evidence.json`. */
export interface HttpEvidenceFile {
  readonly sources: Readonly<Record<string, unknown>>;
  readonly hosts: readonly {
    readonly host: string;
    readonly path?: string;
    readonly body?: string;
    readonly contentTypes?: readonly string[];
    readonly length?: number;
    readonly redirect?: readonly string[];
    readonly sources: readonly string[];
  }[];
}

/** What is wrong with the HTTP evidence, as `CHECK: what, where, how to mend it`. */
export function checkHttpEvidence({ sources, hosts }: HttpEvidenceFile): readonly string[] {
  const names = hosts.map(each => each.host);
  const cited = new Set(hosts.flatMap(each => each.sources));
  return [
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map(name => `unique-ids: host "${name}" is there twice: join the two.`),
    ...[...cited]
      .filter(source => !Object.hasOwn(sources, source))
      .map(source => `known-sources: source "${source}" is not there: add it to "sources".`),
    ...Object.keys(sources)
      .filter(source => !cited.has(source))
      .map(source => `known-sources: source "${source}" backs nothing: cite it or remove it.`),
  ];
}
