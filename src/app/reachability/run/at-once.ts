/** What work that goes in steps comes to, without a pause between them. */
export function atOnce<T>(work: Iterator<undefined, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
