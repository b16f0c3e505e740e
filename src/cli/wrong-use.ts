import type { Outcome } from './allowlist-contract';

/** What was typed cannot be done; the message is one line and names what can. */
export class WrongUse extends Error {}

/** The outcome of a command that may throw {@link WrongUse}. */
export function outcomeOf(run: () => Omit<Extract<Outcome, { ok: true }>, 'ok'>): Outcome {
  try {
    return { ok: true, ...run() };
  } catch (error) {
    if (error instanceof WrongUse) return { ok: false, message: error.message };
    throw error;
  }
}

/** The value if it is one of those that are allowed. */
export function oneOf<T extends string>(option: string, value: string | undefined, allowed: readonly T[]): T {
  const found = allowed.find(each => each === value);
  if (found !== undefined) return found;
  const list = allowed.join(', ');
  throw new WrongUse(
    value === undefined
      ? `${option} is missing: give one of ${list}.`
      : `${option} ${JSON.stringify(value)} is not known: give one of ${list}.`,
  );
}
