import type { ListedRule } from './listed-rules.ts';
import type { Scenario } from './scenario.ts';

/** First and only line that the lab's process reads. It ends when its standard input does. */
export interface LabRequest {
  readonly scenario: Scenario;
  readonly rules: readonly ListedRule[];
}

/** First and only line that the lab's process writes. */
export type LabReply =
  | {
      readonly ready: true;
      /** The lab's process as the outside numbers it. */
      readonly pid: number;
      /** Parts of the scenario that change nothing. */
      readonly notes: readonly string[];
      /** What programs of a node need in their environment. */
      readonly environment: Readonly<Record<string, string>>;
    }
  | { readonly ready: false; readonly problem: string };
