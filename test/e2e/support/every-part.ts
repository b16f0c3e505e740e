import type { Tool } from './tool.ts';

/** Buttons that would start a check, ask the nodes, or move away: they show no part of their own. */
const STARTERS = /Check|again|Watch|Refresh|Delete|Undo|Close|Save|Show all results|Show what fails/;

/**
 * Opens what a page of the tool keeps closed, and calls `look` for each: the page with every fold open, then every dialog and
 * panel that one of its buttons leads to. Texts of buttons may be longer than in English, as the pseudo language has them.
 */
export async function lookAtEveryPart(tool: Tool, look: (part: string) => Promise<void>): Promise<void> {
  const tab = await shownTab(tool);
  await openFolds(tool);
  await look('the page');
  const seen = new Set<string>();
  for (;;) {
    const name = await nextButton(tool, [...seen]);
    if (name === undefined) return;
    seen.add(name);
    if (STARTERS.test(name) || !(await pressNamed(tool, name))) continue;
    await openFolds(tool);
    await look(name);
    if (await hasDialog(tool)) await tool.page.keyboard.press('Escape');
    // Some buttons lead to another page.
    if ((await shownTab(tool)) !== tab) await tool.frame.locator(`#${tab}`).click();
  }
}

async function shownTab(tool: Tool): Promise<string> {
  return (await tool.frame.locator('[role=tab][aria-selected=true]').getAttribute('id')) ?? '';
}

/** Folds are `details`; what they hold is drawn some frames after. */
function openFolds(tool: Tool): Promise<void> {
  return tool.document().evaluate(async () => {
    for (let round = 0; round < 2; round += 1) {
      const room = document.querySelector('dialog[open]') ?? document.body;
      for (const fold of room.querySelectorAll('details')) fold.open = true;
      await new Promise(resolve =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))),
      );
    }
  });
}

/** The first button outside of tables of which no other of its name was pressed. */
function nextButton(tool: Tool, seen: readonly string[]): Promise<string | undefined> {
  return tool.document().evaluate(
    names =>
      [...document.querySelectorAll('main button, [role=tabpanel] button')]
        .filter(
          each => each.checkVisibility() && !each.matches('[role=tab], :disabled, dialog *, td *, th *'),
        )
        .map(each => each.textContent.trim())
        .find(name => name !== '' && !names.includes(name)),
    seen,
  );
}

function pressNamed(tool: Tool, name: string): Promise<boolean> {
  return tool.document().evaluate(wanted => {
    const button = [...document.querySelectorAll('button')].find(
      each => each.textContent.trim() === wanted && each.checkVisibility(),
    );
    button?.click();
    return button !== undefined;
  }, name);
}

function hasDialog(tool: Tool): Promise<boolean> {
  return tool.document().evaluate(() => document.querySelector('dialog[open]') !== null);
}
