import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { FAMILY_NAMES, takeOffFamily, wearFamily } from './font-families.ts';
import type { Tool } from './tool.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ALL_RULES = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] };
const SIZE_RULE = { type: 'rule', values: ['target-size'] };

/** 320 px wide: what WCAG 1.4.10 asks for, and what 400 % zoom makes of 1280 px. */
const LOOKS = [
  { name: 'light', theme: 'light', width: 1280 },
  { name: 'dark', theme: 'dark', width: 1280 },
  { name: 'narrow', theme: 'light', width: 320 },
] as const;

/** Between those of the looks: rooms for which a table may be too wide and a list is not yet due, px. */
const OTHER_WIDTHS = [480, 640, 768, 900] as const;

/** From here on a wide table stays one, which fonts and values may make wider than its room, px. */
const WIDE = 1200;

/** How long the page may take to find its widths, in frames. */
const FRAMES = 120;

/** WCAG 2.2, 2.5.8, in CSS pixels. */
const TARGET = 24;

/**
 * What is wrong with the tool's document in each look, under a narrow and under a wide font family, one line each: what
 * axe finds, targets that only their distance would excuse, and scrolling sideways. Takes a picture of each look.
 */
export async function auditEveryLook(tool: Tool, what: string): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const look of LOOKS) {
    await wear(tool, look);
    await tool.picture(`${what}-${look.name}`);
    for (const [index, family] of FAMILY_NAMES.entries()) {
      await wearFamily(tool, family);
      // Of what axe looks at, fonts change only the sizes of targets.
      const found = [
        ...(await audit(tool, index === 0 ? ALL_RULES : SIZE_RULE)),
        ...(await smallTargets(tool)),
      ];
      if (look.width < WIDE) found.push(...(await sideways(tool)));
      else if (await scrollsSideways(tool)) found.push('the page scrolls sideways');
      findings.push(...found.map(each => `${look.name}, ${family} font: ${each}`));
    }
    await takeOffFamily(tool);
  }
  for (const width of OTHER_WIDTHS) {
    await tool.page.setViewportSize({ width, height: 1000 });
    findings.push(...(await sideways(tool)).map(each => `${String(width)} px: ${each}`));
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

/** What axe finds in the tool's document as it is, one line each. */
export async function audit(tool: Tool, rules: object): Promise<readonly string[]> {
  const document = tool.document();
  await document.evaluate(AXE);
  return document.evaluate(async runOnly => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run({ runOnly });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(node => `${id} at ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
    );
  }, rules);
}

/** Links and buttons are large enough themselves: a distance depends on what stands between them. */
function smallTargets(tool: Tool): Promise<readonly string[]> {
  return tool.document().evaluate(
    least =>
      [...document.querySelectorAll('a[href], button, summary, select, [role="tab"], [role="gridcell"]')]
        .filter(target => target.checkVisibility({ visibilityProperty: true }))
        .map(target => ({ target, box: target.getBoundingClientRect() }))
        .filter(({ box }) => box.width < least || box.height < least)
        .map(({ target, box }) => {
          const name = target.textContent.trim();
          return `${target.tagName.toLowerCase()} "${name}" is ${box.width} by ${box.height} pixels`;
        }),
    TARGET,
  );
}

export function scrollsSideways(tool: Tool): Promise<boolean> {
  return tool.document().evaluate(() => {
    const page = document.documentElement;
    return page.scrollWidth > page.clientWidth;
  });
}

/** What would have to be scrolled to the side: the page, or a part of it that is not the grid of all nodes. */
function sideways(tool: Tool): Promise<readonly string[]> {
  return tool.document().evaluate(async frames => {
    let found = wide();
    // A table becomes a list only once it was laid out, and is drawn again some frames later.
    for (let frame = 0; found.length > 0 && frame < frames; frame += 1) {
      await new Promise(resolve => requestAnimationFrame(resolve));
      found = wide();
    }
    return found.map(part => {
      const text = part.textContent.trim().slice(0, 40);
      return `${part.tagName.toLowerCase()} ${part.className} "${text}" scrolls sideways`;
    });

    function wide(): readonly Element[] {
      const parts = [...document.querySelectorAll('body *')].filter(
        part =>
          /auto|scroll/.test(getComputedStyle(part).overflowX) && part.querySelector('[role=grid]') === null,
      );
      return [document.documentElement, ...parts].filter(
        part => part.scrollWidth > part.clientWidth + 1 && part.checkVisibility(),
      );
    }
  }, FRAMES);
}

interface Axe {
  run(options: object): Promise<{
    violations: readonly {
      id: string;
      nodes: readonly { target: readonly string[]; failureSummary?: string }[];
    }[];
  }>;
}
