/** Wrong use; the message is one sentence. */
export class WrongUse extends Error {}

/** What the command says and how it ends: 0 written, 1 what was given cannot be interpreted, 2 wrong use. */
export interface Outcome {
  readonly exitCode: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

export function problems(lines: readonly string[]): Outcome {
  return { exitCode: 1, stdout: lines.map(line => `${line}\n`).join(''), stderr: '' };
}
