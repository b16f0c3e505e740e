import { snapshotOf } from './nodes.ts';
import type { Tool } from './tool.ts';

/** Every value of each node's registry; keys without values are left out: a command may make a key, which says nothing. */
export function registriesOf(
  tool: Tool,
  nodes: readonly string[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return Promise.all(
    nodes.map(async name =>
      Object.fromEntries(
        Object.entries((await snapshotOf(tool, name)).registry).filter(
          ([, values]) => Object.keys(values).length > 0,
        ),
      ),
    ),
  );
}

/** Answers the question before a change, once its button may be pressed. */
export async function confirmChange(tool: Tool, button: string, timeout = 60_000): Promise<void> {
  const dialog = tool.frame.getByRole('dialog');
  await dialog.getByRole('button', { name: button, exact: true }).click({ timeout });
}

/** Waits until as many nodes say under a heading that they are done. */
export async function doneOn(tool: Tool, heading: string, nodes: number, timeout = 60_000): Promise<void> {
  const section = tool.frame.getByRole('region', { name: heading });
  await section
    .getByText('Done and read back')
    .nth(nodes - 1)
    .waitFor({ timeout });
}

/**
 * Holds the next call of a script on its way – a reading only once the change was sent –, or lets it go and holds all that
 * comes after, so that the page never hears of its end. Comes back when it is held, with the way to let it go on.
 */
export function holdAt(tool: Tool, script: string, when: 'going' | 'gone'): Promise<() => Promise<void>> {
  let wasSent = false;
  return new Promise(resolve => {
    void tool.page.route('**/api/**', async route => {
      const name = /##([A-Za-z]+-[A-Za-z]+)##/.exec(route.request().postData() ?? '')?.[1];
      const isIt = name === script && (script !== 'Get-ProxySetting' || wasSent);
      if (when === 'gone' && wasSent) return;
      wasSent ||= name === 'Set-ProxySetting';
      if (!isIt || when === 'gone') await route.continue();
      if (!isIt) return;
      resolve(async () => {
        await route.continue();
        await tool.page.unrouteAll({ behavior: 'ignoreErrors' });
      });
    });
  });
}
