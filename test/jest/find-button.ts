/** The button of this accessible name, or of this text. Throws when there is none. */
export function findButton(within: ParentNode, name: string): HTMLButtonElement {
  const found = [...within.querySelectorAll('button')].find(
    each => each.getAttribute('aria-label') === name || each.textContent.trim() === name,
  );
  if (found === undefined) throw new Error(`No button ${name}`);
  return found;
}
