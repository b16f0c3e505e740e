import type { Cloud } from '../cluster/cluster';

/**
 * One dated version of the published list, as in `src/catalog/editions/*.json` (schema beside it).
 * A host is written once, as a rule; features use rules.
 */
export interface Edition {
  readonly id: string;
  readonly title: string;
  /** ISO date of the document. */
  readonly published: string;
  readonly appliesTo: readonly string[];
  readonly sources: Readonly<Record<string, Source>>;
  /** In the document's order. */
  readonly features: readonly Feature[];
  readonly rules: readonly Rule[];
}

/** Where a fact is from. */
export interface Source {
  readonly title: string;
  readonly repository?: string;
  readonly path?: string;
  readonly commit?: string;
  readonly url?: string;
  /** ISO date of the source itself, or of the commit; absent when neither is known. */
  readonly date?: string;
}

/** `none`: the document says no rules are needed. `linked`: it only links to another list. */
export type FeatureKind = 'rules' | 'none' | 'linked';

export interface Feature {
  readonly id: string;
  readonly title: string;
  readonly kind: FeatureKind;
  /** What this is for, in our own words. */
  readonly summary: string;
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly uses: readonly RuleUse[];
}

export type Requirement = 'required' | 'recommended' | 'optional';
export const REQUIREMENTS: readonly Requirement[] = ['required', 'recommended', 'optional'];

/** That a feature needs a rule, and why. */
export interface RuleUse {
  readonly rule: string;
  readonly requirement: Requirement;
  readonly purpose: string;
  /** What can be done instead of opening it. */
  readonly alternative?: string;
  /** Where this feature needs it, when that is less than the rule's clouds. */
  readonly clouds?: readonly Cloud[];
  /** Whether the feature's part of the document writes a scheme, when that differs from the rule's. */
  readonly scheme?: boolean;
  readonly origins: readonly Origin[];
}

/** The place in a source, and what stands there. */
export interface Origin {
  readonly source: string;
  readonly section: string;
  /** URL and port exactly as written there. */
  readonly asWritten: { readonly url: string; readonly port?: string };
}

export type Protocol = 'https' | 'http' | 'tcp';

export interface Rule {
  readonly id: string;
  /** A host name, or a wildcard with a leading `*.`; lower case, no scheme, no slash. */
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly clouds: readonly Cloud[];
  /** Whether the document writes a scheme before the host; kept for the export in its own shape. */
  readonly scheme: boolean;
  readonly serviceTag?: string;
  /** The part that only this cluster's owner knows; replaces the wildcard when it is known. */
  readonly placeholder?: { readonly name: 'witness-account'; readonly host: string };
  /** Hosts that a source shows to exist under the wildcard. None: not testable. */
  readonly representatives?: readonly {
    readonly host: string;
    readonly source: string;
    readonly note?: string;
  }[];
  /** What we changed against the document, and why. */
  readonly correction?: {
    readonly field: 'host' | 'port' | 'cloud' | 'listed';
    readonly reason: string;
    readonly source: string;
  };
  /** What opening this also opens. */
  readonly risk?: string;
  /** What a later source says of it; changes nothing in this edition. */
  readonly note?: { readonly text: string; readonly source: string };
}
