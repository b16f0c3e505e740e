import { effect, inject, signal, type WritableSignal } from '@angular/core';
import { HOST } from '../../../wac/host';
import { KEEP_SAFE } from '../../../wac/platform';

/** One of a few, kept with the connection; what other code wrote there is the first. Needs an injection context. */
export function keptChoice<T extends string>(name: string, choices: readonly [T, ...T[]]): WritableSignal<T> {
  const keepSafe = inject(KEEP_SAFE);
  const key = `choice:${name}:${inject(HOST).connection.name}`;
  const kept = keepSafe.read(key);
  const choice = signal(choices.find(each => each === kept) ?? choices[0]);
  effect(() => keepSafe.write(key, choice() === choices[0] ? undefined : choice()));
  return choice;
}
