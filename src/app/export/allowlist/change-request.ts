/** Why rules are asked for now, and who asks: what a list alone does not say. */
export interface ChangeRequest {
  /** Sentences at the top of the file. */
  readonly facts: readonly string[];
  /** A sentence for each, by the id of a rule or of one row of the list. */
  readonly reasons: ReadonlyMap<string, string>;
}
