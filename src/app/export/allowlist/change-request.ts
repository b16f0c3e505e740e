import type { TriedEndpoint } from '../../allowlist/list/only-rules';

/** Why rules are asked for now, and who asks: what a list alone does not say. */
export interface ChangeRequest {
  /** What is asked for: it picks the words. */
  readonly about: 'failed' | 'new' | 'lacking';
  /** Sentences at the top of the file. */
  readonly facts: readonly string[];
  /** A sentence for each, by `host:port/protocol`, or by the id of one row of the list. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Endpoints of a check, which ask for themselves alone; absent: the rows of {@link reasons}, as the list has them. */
  readonly tried?: readonly TriedEndpoint[];
  /** Ids of the features that were checked; only with {@link tried}, and empty where they are not known. */
  readonly features?: readonly string[];
}
