/** A public authority that the services of the lists are known to chain to. */
export interface KnownRoot {
  readonly commonName: string;
  readonly organization: string;
  /** SHA-1, upper case; absent when no source gives it. */
  readonly thumbprint?: string;
}

/** Who is known to sign for the services of the lists, and who for the public web at large. */
export interface KnownAuthorities {
  readonly roots: readonly KnownRoot[];
  /** SHA-1 thumbprints, upper case, of certificates of the authorities below a root that issue for Azure. */
  readonly issuing: ReadonlySet<string>;
  /** Common names of the same: a hint, no proof, where the certificate itself was not sent. */
  readonly issuingNames: ReadonlySet<string>;
  /** Roots of the public web, whoever uses them. */
  readonly publicRoots: readonly { readonly subject: string; readonly thumbprint: string }[];
}

/** `assets/authorities/known.json`, made by `scripts/generate.ts`. */
interface AuthoritiesAsset {
  readonly roots: readonly KnownRoot[];
  readonly issuing: readonly string[];
  readonly issuingNames: readonly string[];
  /** Subjects by SHA-1 thumbprint. */
  readonly publicRoots: Readonly<Record<string, string>>;
}

let learned: KnownAuthorities | undefined;

/**
 * Takes the authorities that ship as a file: 30 kB of data that no first screen needs to parse. Called before anything
 * is judged.
 *
 * @throws Error when the file is not what it should be: without authorities every chain would be called a stranger's
 */
export function learnAuthorities(json: unknown): void {
  if (!isAsset(json))
    throw new Error('The list of certificate authorities is missing from the installation.');
  const { roots, issuing, issuingNames, publicRoots } = json;
  learned = {
    roots,
    issuing: new Set(issuing),
    issuingNames: new Set(issuingNames),
    publicRoots: Object.entries(publicRoots).map(([thumbprint, subject]) => ({ subject, thumbprint })),
  };
}

function known(): KnownAuthorities {
  if (learned === undefined) throw new Error('Nothing can be judged before the authorities are known.');
  return learned;
}

/** From `src/catalog/*-authorities.json`, where each has its source. Reading it before it was learned throws. */
export const KNOWN_AUTHORITIES: KnownAuthorities = {
  get roots() {
    return known().roots;
  },
  get issuing() {
    return known().issuing;
  },
  get issuingNames() {
    return known().issuingNames;
  },
  get publicRoots() {
    return known().publicRoots;
  },
};

function isAsset(json: unknown): json is AuthoritiesAsset {
  const { roots, issuing, issuingNames, publicRoots } = (json ?? {}) as Readonly<Record<string, unknown>>;
  return (
    [roots, issuing, issuingNames].every(list => Array.isArray(list) && list.length > 0) &&
    typeof publicRoots === 'object' &&
    publicRoots !== null
  );
}
