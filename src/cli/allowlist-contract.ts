/** The command line as typed: nothing is checked yet. */
export interface AllowlistOptions {
  readonly cloud?: string;
  readonly features: readonly string[];
  readonly requirement?: string;
  readonly witness?: string;
  readonly format?: string;
}

export type AllowlistOutcome =
  /** `notes` are for people and go to stderr. */
  | { readonly ok: true; readonly text: string; readonly notes: readonly string[] }
  /** Wrong use, in one line. */
  | { readonly ok: false; readonly message: string };

/** `edition` is the edition's JSON; `strings` those of the allowlist and of the exports. */
export type AllowlistCommand = (
  options: AllowlistOptions,
  edition: unknown,
  strings: Readonly<Record<string, string>>,
) => AllowlistOutcome;
