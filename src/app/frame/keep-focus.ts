const FOCUSABLE =
  'a[href], button, input, select, textarea, summary, [tabindex="0"], [role="gridcell"][tabindex="0"]';

/**
 * Keeps the keyboard's place when what had the focus goes away or is switched off, as a button does that starts what it
 * says: the browser would drop the focus to the body, and Tab would begin at the top of the page. The focus goes on to what
 * stands nearest; parts that know better move it themselves, and before. Ends with the function it gives back.
 */
export function keepFocus(document: Document): () => void {
  let last: HTMLElement | undefined;
  /** From the innermost out; an element that is taken out of the page forgets them. */
  let around: readonly Element[] = [];
  const remember = ({ target }: Event): void => {
    if (!(target instanceof HTMLElement)) return;
    last = target;
    around = ancestorsOf(target);
  };
  const look = (): void => {
    const active = document.activeElement;
    if (last === undefined || (active !== document.body && active !== null && active !== last)) return;
    if (isUsable(last)) return;
    const next = nextTo(last, around);
    last = undefined;
    next?.focus({ preventScroll: true });
  };
  // A turn later: a dialog that closes takes the focus back in steps of its own.
  let turn: ReturnType<typeof setTimeout> | undefined;
  const changes = new MutationObserver(() => {
    clearTimeout(turn);
    turn = setTimeout(look);
  });
  changes.observe(document.body, {
    ...{ childList: true, subtree: true, attributes: true },
    attributeFilter: ['disabled', 'hidden', 'open'],
  });
  document.addEventListener('focusin', remember);
  return () => {
    changes.disconnect();
    clearTimeout(turn);
    document.removeEventListener('focusin', remember);
  };
}

function nextTo(lost: HTMLElement, around: readonly Element[]): HTMLElement | undefined {
  const parts = around.filter(each => each.isConnected);
  // Another page came: whoever opened it goes on from its top.
  const [nearest] = parts;
  if (nearest instanceof HTMLElement && nearest.getAttribute('role') === 'tabpanel' && !lost.isConnected)
    return nearest;
  for (const part of parts) {
    const candidates = [...part.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
      each => each !== lost && each.tabIndex >= 0 && isUsable(each),
    );
    const after = candidates.find(each => (lost.compareDocumentPosition(each) & FOLLOWING) !== 0);
    const next = lost.isConnected ? (after ?? candidates.at(-1)) : candidates[0];
    if (next !== undefined) return next;
  }
  return undefined;
}
const FOLLOWING = 4;

function ancestorsOf(element: Element): readonly Element[] {
  const found: Element[] = [];
  for (let at = element.parentElement; at !== null; at = at.parentElement) found.push(at);
  return found;
}

function isUsable(element: HTMLElement): boolean {
  return (
    element.isConnected &&
    !element.matches(':disabled') &&
    // Not every document lays out what it holds.
    (typeof element.checkVisibility !== 'function' ||
      element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false }))
  );
}
