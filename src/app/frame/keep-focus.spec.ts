import { keepFocus } from './keep-focus';

describe('The place of the keyboard', () => {
  let end: () => void;
  beforeEach(() => {
    const page = `
      <div role="tabpanel" tabindex="0" id="page">
        <div id="bar"><button id="check">Check</button><button id="again">Again</button></div>
        <details open><summary id="runs">Runs</summary>
          <ul><li id="first"><button id="delete">Delete</button></li><li><button id="other">Delete</button></li></ul>
        </details>
        <fieldset><button id="apply">Apply</button><button id="remove">Remove</button></fieldset>
      </div>`;
    document.body.replaceChildren(...new DOMParser().parseFromString(page, 'text/html').body.children);
    end = keepFocus(document);
  });
  afterEach(() => end());

  async function nextTurn(): Promise<void> {
    await Promise.resolve();
    await new Promise(resolve => setTimeout(resolve));
  }
  function find(id: string): HTMLElement {
    return document.getElementById(id) ?? fail(id);
  }
  /** What is watched is told of in a turn of its own, and looked at in the next. */
  async function after(id: string, change: () => void): Promise<string | undefined> {
    find(id).focus();
    change();
    await nextTurn();
    return document.activeElement?.id;
  }

  it('goes on beside a button that is gone', async () => {
    expect(await after('again', () => find('again').remove())).toBe('check');
    expect(await after('delete', () => find('first').remove())).toBe('other');
    expect(await after('other', () => document.querySelector('ul')?.remove())).toBe('runs');
  });

  it('goes on behind a button that is switched off, else before it', async () => {
    expect(await after('apply', () => ((find('apply') as HTMLButtonElement).disabled = true))).toBe('remove');
    expect(await after('remove', () => ((find('remove') as HTMLButtonElement).disabled = true))).toBe(
      'other',
    );
  });

  it('is the new page where another one came', async () => {
    expect(await after('check', () => find('page').replaceChildren('Another page'))).toBe('page');
  });

  it('is left to whoever moved it, and to a reader who clicked beside everything', async () => {
    const moved = await after('again', () => {
      find('again').remove();
      find('runs').focus();
    });
    expect(moved).toBe('runs');
    find('runs').blur();
    find('bar').append('more');
    await nextTurn();
    expect(document.activeElement).toBe(document.body);
  });
});
