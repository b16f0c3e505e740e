/** An element of the shell's own page; a missing one is a mistake in index.html. */
export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The shell page has no #${id}.`);
  return found as T;
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
