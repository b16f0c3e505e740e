/**
 * What the checks read of an edition whose schema holds. The tool's own types (`src/app/allowlist/catalog/catalog.ts`) are
 * written for a bundler and cannot be imported by plain Node.
 */
export interface Edition {
  readonly id: string;
  /** Lists that editions share have no dates of their own. */
  readonly published?: string;
  readonly printedDate?: string;
  readonly sources: Readonly<
    Record<
      string,
      { readonly url?: string; readonly commit?: string; readonly date?: string; readonly undated?: string }
    >
  >;
  readonly features: readonly Feature[];
  readonly rules: readonly Rule[];
  readonly regions?: readonly { readonly id: string; readonly cloud: string }[];
  readonly vendors?: readonly { readonly id: string }[];
  readonly internal?: string;
  readonly internalRules?: readonly InternalRule[];
  readonly bypassInspection?: { readonly source: string; readonly text?: string };
  readonly changes?: readonly { readonly source: string }[];
}

export interface InternalRule {
  readonly id: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly ports: readonly string[];
  readonly origins: readonly { readonly source: string }[];
}

export interface Feature {
  readonly id: string;
  /** The list in `src/catalog/lists` that has the rest; it is checked on its own. */
  readonly list?: string;
  readonly kind?: 'rules' | 'none' | 'linked';
  /** That it is left out until it is chosen. */
  readonly optIn?: unknown;
  readonly links?: readonly { readonly title: string; readonly url: string }[];
  readonly uses?: readonly Use[];
  readonly vendor?: string;
  readonly state?: State;
}

export interface State {
  readonly kind: 'superseded' | 'retired';
  readonly by?: string;
  readonly source: string;
}

export interface Use {
  readonly rule: string;
  readonly requirement: 'required' | 'recommended' | 'optional';
  readonly clouds?: readonly string[];
  readonly regions?: readonly string[];
  readonly scheme?: boolean;
  readonly when?: string;
  readonly arcGateway?: boolean;
  readonly placeholder?: { readonly host: string };
  readonly origins: readonly Origin[];
}

export interface Origin {
  readonly source: string;
  readonly section?: string;
  readonly regions?: readonly string[];
  readonly asWritten: {
    readonly url: string;
    readonly port?: string;
    readonly arcGateway?: string;
    readonly requiredFor?: string;
  };
}

export interface Rule {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: 'https' | 'http' | 'tcp' | 'udp';
  readonly clouds: readonly string[];
  readonly scheme: boolean;
  readonly placeholder?: { readonly name?: string; readonly host: string };
  readonly authority?: string;
  readonly representatives?: readonly { readonly host: string; readonly source: string }[];
  readonly correction?: { readonly field: string; readonly reason: string; readonly source: string };
  readonly risk?: string;
  readonly note?: { readonly source: string };
  readonly state?: State;
  readonly bypassInspection?: { readonly source: string };
}

/** One kind of mistake. `find` gives a sentence for each place: where it is, what is wrong, how to mend it. */
export interface Check {
  readonly name: string;
  find(edition: Edition): readonly string[];
}

/** Every use with its feature and its rule; uses of unknown rules are left to the check that names them. */
export function usedRules(edition: Edition): { feature: Feature; use: Use; rule: Rule }[] {
  const rules = new Map(edition.rules.map(rule => [rule.id, rule]));
  return edition.features.flatMap(feature =>
    (feature.uses ?? []).flatMap(use => {
      const rule = rules.get(use.rule);
      return rule === undefined ? [] : [{ feature, use, rule }];
    }),
  );
}

/** Values that occur more than once, each named once. */
export function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}
