/** What an import cannot interpret. The line counts from 1; 0 is the file as a whole. */
export interface Problem {
  readonly line: number;
  readonly text: string;
}
