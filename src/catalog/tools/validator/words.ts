/** `src/catalog/validator.json`: what a manifest does not say, in our words. */
export interface ValidatorWords {
  /** Ids of features by what a manifest calls the service; `checks` by the name of one check go first. */
  readonly services: Readonly<Record<string, string>>;
  readonly checks: Readonly<Record<string, string>>;
  /** What a service's endpoints block beside the operations that the manifest names. */
  readonly blocks: Readonly<Record<string, readonly string[]>>;
  /** The feature of services that are not known here. */
  readonly other: {
    readonly id: string;
    readonly title: string;
    readonly connects: string;
    readonly summary: string;
    readonly purpose: string;
  };
  /** Why a host is listed that the published list does not have; it continues "because". */
  readonly reason: string;
  /** The same where the list has another host for the same purpose; `{validator}` and `{published}` are hosts. */
  readonly pairReason: string;
  /** What the use of the published list's host says then. */
  readonly pairNote: string;
  readonly pairs: readonly Pair[];
  /** Endpoints that no edition has to cover. */
  readonly exceptions: readonly Exception[];
}

/** Hosts for one purpose. */
export interface Pair {
  readonly cloud: string;
  readonly validator: string;
  readonly published: readonly string[];
}

export interface Exception {
  /** As the manifest writes it; where it has none, the check's name is in `check`. */
  readonly endpoint?: string;
  readonly check?: string;
  readonly reason: string;
}

export function exceptionFor(
  row: { readonly endpoint: string; readonly name: string },
  { exceptions }: Pick<ValidatorWords, 'exceptions'>,
): Exception | undefined {
  return exceptions.find(
    ({ endpoint, check }) =>
      (endpoint === undefined || endpoint === row.endpoint) && (check === undefined || check === row.name),
  );
}
