/**
 * Brings a part of the page to the top and opens what it folds away. The focus goes with it, so that the keyboard goes on
 * from there. False where the page has no such part.
 *
 * @param id of its heading, or of the element that holds it
 */
export function goToPart(id: string): boolean {
  const part = document.getElementById(id);
  if (part === null) return false;
  const folded = part.querySelector('details');
  if (folded !== null) folded.open = true;
  part.scrollIntoView();
  const target = part.querySelector<HTMLElement>('summary, button') ?? part;
  if (target === part) part.tabIndex = -1;
  target.focus({ preventScroll: true });
  return true;
}

/** Of what was unfolded as much as there is room for: it may stand at the end of the page. */
export function showWhole(folded: HTMLDetailsElement): void {
  if (folded.open) folded.scrollIntoView({ block: 'nearest' });
}
