/** `src/catalog/certificate-authorities.json`. */
export interface AuthoritiesFile {
  readonly sources: Readonly<Record<string, unknown>>;
  readonly roots: readonly (Authority & { readonly organization: string; readonly thumbprint?: string })[];
  readonly issuing: readonly (Authority & { readonly thumbprint: string })[];
}

interface Authority {
  readonly commonName: string;
  readonly sources: readonly string[];
}

/** What is wrong with the certificate authorities, as `CHECK: what, where, how to mend it`. */
export function checkAuthorities({ sources, roots, issuing }: AuthoritiesFile): readonly string[] {
  const cited = [...roots, ...issuing].flatMap(({ commonName, sources: named }) =>
    named.map(source => ({ name: commonName, source })),
  );
  const names = new Set(cited.map(each => each.source));
  return [
    ...repeated(roots.map(each => each.commonName)).map(
      name => `unique-ids: root "${name}" is there twice: keep one.`,
    ),
    ...repeated(issuing.map(each => each.thumbprint)).map(
      thumbprint => `unique-ids: thumbprint ${thumbprint} is there twice: join their sources in one.`,
    ),
    ...cited
      .filter(({ source }) => !Object.hasOwn(sources, source))
      .map(
        ({ name, source }) =>
          `known-sources: "${name}" names the source "${source}", which is not there: add it to "sources".`,
      ),
    ...Object.keys(sources)
      .filter(source => !names.has(source))
      .map(source => `known-sources: source "${source}" backs nothing: cite it or remove it.`),
  ];
}

/** `src/catalog/public-authorities.json`. */
export interface PublicAuthoritiesFile {
  readonly authorities: readonly { readonly thumbprint: string; readonly subject: string }[];
}

/** What is wrong with the public authorities, as `CHECK: what, where, how to mend it`. */
export function checkPublicAuthorities({ authorities }: PublicAuthoritiesFile): readonly string[] {
  return repeated(authorities.map(each => each.thumbprint)).map(
    thumbprint => `unique-ids: thumbprint ${thumbprint} is there twice: keep one.`,
  );
}

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
