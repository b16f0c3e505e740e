/** The option that answers each placeholder of the catalog. */
export const ANSWER_OPTIONS = {
  'witness-account': 'witness',
  'key-vault': 'key-vault',
  'arc-gateway': 'arc-gateway-id',
  'workspace-id': 'workspace',
  region: 'azure-region',
  'appliance-domain': 'appliance-domain',
} as const;

/** The command line as typed: nothing is checked yet. */
export interface AllowlistOptions {
  readonly edition?: string;
  readonly cloud?: string;
  readonly region?: string;
  readonly vendor?: string;
  readonly features: readonly string[];
  readonly requirement?: string;
  /** Only rules that block this. */
  readonly blocks?: string;
  readonly answers: Partial<Readonly<Record<keyof typeof ANSWER_OPTIONS, string>>>;
  readonly arcGateway: boolean;
  readonly published: boolean;
  /** Only the rules inside the network. */
  readonly internal: boolean;
  readonly format?: string;
  /** The day that a file bears; today when absent. */
  readonly now?: Date;
  /** Of a list that cannot say ports. */
  readonly port?: string;
  /** What the check script is made of; needed for that format alone. */
  readonly checkTemplate?: string;
}

/** `format` is `text`, `json` or `csv`. */
export interface CheckOptions extends AllowlistOptions {
  /** What the network team has, as its bytes. */
  readonly have: Uint8Array;
}

export interface DiffOptions {
  readonly from?: string;
  readonly to?: string;
  readonly cloud?: string;
  readonly region?: string;
  readonly vendor?: string;
  readonly format?: string;
}

export type Outcome =
  /** `notes` are for people and go to stderr. */
  | {
      readonly ok: true;
      readonly text: string | Uint8Array;
      readonly notes: readonly string[];
      /** 0 when absent. */
      readonly exitCode?: number;
    }
  /** Wrong use, in one line. */
  | { readonly ok: false; readonly message: string };

/** `editions` are the JSON of all editions; `strings` those that the sentences need. */
export type Command<Options> = (
  options: Options,
  editions: readonly unknown[],
  strings: Readonly<Record<string, string>>,
) => Outcome;
