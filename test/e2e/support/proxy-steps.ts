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
