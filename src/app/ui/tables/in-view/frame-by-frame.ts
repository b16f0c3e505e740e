import { computed, effect, linkedSignal, type Signal } from '@angular/core';

/** Parts that are drawn at once, and with each frame. */
const FIRST = 2;
const MORE = 3;

export interface FrameByFrameParts<T> {
  readonly parts: Signal<readonly T[]>;
  readonly key: (part: T) => string;
  /** Otherwise all are drawn at once. */
  readonly isOn: Signal<boolean>;
}

export interface FrameByFrame<T> {
  readonly drawn: Signal<readonly T[]>;
  readonly isWhole: Signal<boolean>;
  /** What is below them may come: they are whole, or were. What a reader did there is not lost when others join. */
  readonly hasRest: Signal<boolean>;
  /** Draws what is left at once: somebody goes there. */
  readonly drawAll: () => void;
}

/**
 * Parts of a long page in their order: the first come at once and the others frame by frame, so that the page answers.
 * What is drawn stays when others join it, as after a filter that is taken back. Needs an injection context.
 */
export function frameByFrame<T>({ parts, key, isOn }: FrameByFrameParts<T>): FrameByFrame<T> {
  const withMore = (drawn: readonly T[], most: number): readonly T[] => {
    const before = new Set(drawn.map(key));
    let left = most;
    return parts().filter(part => before.has(key(part)) || (left -= 1) >= 0);
  };
  const drawn = linkedSignal<{ readonly all: readonly T[]; readonly isSlow: boolean }, readonly T[]>({
    source: () => ({ all: parts(), isSlow: isOn() }),
    computation: ({ all, isSlow }, last) => (isSlow ? withMore(last?.value ?? [], FIRST) : all),
  });
  const isWhole = computed(() => drawn().length === parts().length);
  const wasWhole = linkedSignal<boolean, boolean>({
    source: () => isWhole() && parts().length > 0,
    computation: (is, last) => is || last?.value === true,
  });
  // First what remembers: it must be asked each time.
  const hasRest = computed(() => wasWhole() || isWhole());
  effect(onCleanup => {
    if (isWhole()) return;
    const now = drawn();
    const frame = requestAnimationFrame(() => drawn.set(withMore(now, MORE)));
    onCleanup(() => cancelAnimationFrame(frame));
  });
  return { drawn: drawn.asReadonly(), isWhole, hasRest, drawAll: () => drawn.set(parts()) };
}
