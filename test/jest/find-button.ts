/** The button of this name. Throws when there is none. */
export function findButton(within: ParentNode, name: string): HTMLButtonElement {
  const found = [...within.querySelectorAll('button')].find(each => each.textContent.trim() === name);
  if (found === undefined) throw new Error(`No button ${name}`);
  return found;
}
