import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What is wrong with a report that is opened from a file, as from a mail: without script and network, light, dark, narrow
 * and printed; one line each.
 */
export async function auditReport(browser: Browser, html: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'report-'));
  const found: string[] = [];
  try {
    const file = join(folder, 'report.html');
    await writeFile(file, html);
    const url = pathToFileURL(file).href;
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1280, 320]) {
        const context = await browser.newContext({
          ...{ colorScheme, viewport: { width, height: 900 }, offline: true, bypassCSP: true },
        });
        const page = await context.newPage();
        page.on('request', request => {
          if (request.url() !== url) found.push(`asks for ${request.url()}`);
        });
        page.on('console', message => found.push(message.text()));
        await page.goto(url);
        const name = `${colorScheme} ${width}`;
        found.push(...(await axe(page)).map(each => `${name}: ${each}`));
        if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth))
          found.push(`${name}: scrolls sideways`);
        await context.close();
      }
    // As it is: its own policy holds, and nothing of it is a script.
    const strict = await browser.newContext({ javaScriptEnabled: false, offline: true });
    const page = await strict.newPage();
    page.on('console', message => found.push(message.text()));
    await page.goto(url);
    if ((await page.getByRole('heading', { level: 1 }).count()) !== 1) found.push('has no heading');
    if ((await page.getByRole('table').count()) < 2) found.push('has no tables');
    const printed = (await page.pdf({ format: 'A4', landscape: true })).length;
    if (printed < 10_000) found.push(`prints ${printed} bytes`);
    await strict.close();
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function axe(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate<readonly Violation[]>(
    `axe.run({ runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } }).then(found => found.violations)`,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}
