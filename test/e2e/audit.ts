import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Tool } from './tool.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** 320 px wide: what WCAG 1.4.10 asks for, and what 400 % zoom makes of 1280 px. */
const LOOKS = [
  { name: 'light', theme: 'light', width: 1280 },
  { name: 'dark', theme: 'dark', width: 1280 },
  { name: 'narrow', theme: 'light', width: 320 },
] as const;

/** What axe finds in the tool's document in each look, one line each, and whether it scrolls sideways. Takes pictures. */
export async function auditEveryLook(tool: Tool, what: string): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const look of LOOKS) {
    await wear(tool, look);
    await tool.picture(`${what}-${look.name}`);
    findings.push(...(await audit(tool)).map(finding => `${look.name}: ${finding}`));
    if (await scrollsSideways(tool)) findings.push(`${look.name}: the page scrolls sideways`);
  }
  await wear(tool, LOOKS[0]);
  return findings;
}

async function wear(tool: Tool, { theme, width }: (typeof LOOKS)[number]): Promise<void> {
  await tool.page.setViewportSize({ width, height: 1000 });
  const button = tool.page.locator('#theme');
  const pressed = (await button.getAttribute('aria-pressed')) === 'true';
  // A modal dialog of the tool does not cover the shell's own bar.
  if (pressed !== (theme === 'dark')) await button.click();
  await tool.frame.locator(`html[data-theme="${theme}"]`).waitFor();
}

async function audit(tool: Tool): Promise<readonly string[]> {
  const document = tool.document();
  await document.evaluate(AXE);
  return document.evaluate(async tags => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run({ runOnly: { type: 'tag', values: tags } });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(node => `${id} at ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
    );
  }, TAGS);
}

function scrollsSideways(tool: Tool): Promise<boolean> {
  return tool.document().evaluate(() => {
    const page = document.documentElement;
    return page.scrollWidth > page.clientWidth;
  });
}

interface Axe {
  run(options: object): Promise<{
    violations: readonly {
      id: string;
      nodes: readonly { target: readonly string[]; failureSummary?: string }[];
    }[];
  }>;
}
