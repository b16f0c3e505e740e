/** An element of the shell's own page, of the kind that index.html gives it; anything else is a mistake there. */
export function element(id: string): HTMLElement;
export function element<T extends HTMLElement>(id: string, kind: new () => T): T;
export function element(id: string, kind: new () => HTMLElement = HTMLElement): HTMLElement {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The shell page has no #${id} of the kind ${kind.name}.`);
  return found;
}

export function setText(id: string, text: string): void {
  element(id).textContent = text;
}

/** Opens a dialog and settles with the value of the button that closed it; '' after Escape. */
export function ask(dialog: HTMLDialogElement): Promise<string> {
  dialog.returnValue = '';
  return new Promise(resolve => {
    dialog.addEventListener(
      'close',
      () => {
        resolve(dialog.returnValue);
      },
      { once: true },
    );
    dialog.showModal();
  });
}
