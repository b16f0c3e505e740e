import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Emulator } from '../../../emulator/emulator.ts';
import { openTool, type Tool } from './tool.ts';

/** The tool in a language that nobody speaks: every text of ours in brackets, and longer by 40 percent. */
export interface PseudoTool {
  readonly tool: Tool;
  /** Texts in no brackets, of the page and of its attributes, that are no data: what is not in the strings. */
  foreignWords(): Promise<readonly string[]>;
  /** Texts that are cut without saying so elsewhere, or that lie beyond the edge. */
  cutWords(): Promise<readonly string[]>;
}

interface StringsFile {
  readonly Strings: { readonly OutboundConnectivity?: Readonly<Record<string, string>> };
}

const LISTS = join(import.meta.dirname, '../../../dist/app/assets/catalog');
const FILLER = ' lorem ipsum dolor sit amet consectetur adipisci elit sed do eiusmod tempor';

/** The caller closes its context. */
export async function openPseudo(
  browser: Browser,
  emulator: Emulator,
  prepare: (page: Page) => Promise<void>,
): Promise<PseudoTool> {
  const tool = await openTool(browser, emulator, {
    prepare: async page => {
      await prepare(page);
      await page.route(/\/assets\/strings\/strings\.json/, async route => {
        const response = await route.fetch();
        await route.fulfill({ response, json: lengthen((await response.json()) as StringsFile) });
      });
    },
  });
  return {
    tool,
    foreignWords: () => foreignWords(tool, LISTED),
    cutWords: () => cutWords(tool),
  };
}

/** Its placeholders stay as they are. The shell's part of the file has none of ours. */
function lengthen(file: StringsFile): StringsFile {
  const { OutboundConnectivity, ...others } = file.Strings;
  if (OutboundConnectivity === undefined) return file;
  const longer = Object.entries(OutboundConnectivity).map(([key, text]): [string, string] => {
    const more = Math.max(2, Math.ceil(text.length * 0.4));
    const filler = FILLER.repeat(Math.ceil(more / FILLER.length)).slice(0, more);
    return [key, key.endsWith('.language') ? text : `⟦${text}${filler}⟧`];
  });
  return { Strings: { ...others, OutboundConnectivity: Object.fromEntries(longer) } };
}

/** All that the lists say, of whichever the page may show. */
const LISTED = [
  ...new Set(
    globSync('**/*.json', { cwd: LISTS }).flatMap(file =>
      textsIn(JSON.parse(readFileSync(join(LISTS, file), 'utf8'))),
    ),
  ),
];

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Data is what the lists say, and what has the look of a host, a file, a command, a node or a time. */
function foreignWords(tool: Tool, lists: readonly string[]): Promise<readonly string[]> {
  return tool.document().evaluate(known => {
    const isKnown = new Set(known.map(text => text.trim()));
    const isData = (text: string): boolean =>
      isKnown.has(text) ||
      /^[\w*-]+(\.[\w*-]+)+(:\d+)?$/.test(text) ||
      /^[A-Z][a-z]+-[A-Z]\w+$/.test(text) ||
      /^((node|AZL-MUC-N)\d+(, )?)+$/.test(text) ||
      /^[A-Z][a-z]{2} \d{1,2}, \d{4}(, [\d: APM\u202f]+)?$/.test(text) ||
      /^(CN=|https?:)\S+$/.test(text) ||
      ['hci-cluster', 'eastus', 'Microsoft Azure RSA TLS Issuing CA 03', 'DigiCert Global Root G2'].includes(
        text,
      );
    // What stands for an endpoint: its host, and the features that need it.
    const isMadeOfData = (text: string): boolean => text.split(/ – |, (?=[A-Z])/).every(part => isData(part));
    const isForeign = (text: string): boolean =>
      /\p{L}{2}/u.test(text) && !/[⟦⟧]/.test(text) && !isData(text) && !isMadeOfData(text);
    const found = new Set<string>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (isForeign(text) && parent?.checkVisibility() === true && parent.closest('code, pre, bdi') === null)
        found.add(text);
    }
    const attributes = [
      'aria-label',
      'aria-description',
      'aria-roledescription',
      'title',
      'placeholder',
      'alt',
    ];
    for (const element of document.querySelectorAll('body *'))
      for (const name of attributes) {
        const text = element.getAttribute(name)?.trim() ?? '';
        if (isForeign(text) && element.checkVisibility()) found.add(`${name}: ${text}`);
      }
    return [...found];
  }, lists);
}

/** Waits until tables know their width. Wide tables and the grid of nodes scroll in a room of their own. */
function cutWords(tool: Tool): Promise<readonly string[]> {
  return tool.document().evaluate(async () => {
    let found = cut();
    // A table becomes a list only once it was laid out, and is drawn again some frames later.
    for (let frame = 0; found.length > 0 && frame < 120; frame += 1) {
      await new Promise(resolve => requestAnimationFrame(resolve));
      found = cut();
    }
    return found;

    function cut(): readonly string[] {
      const room = document.querySelector('dialog[open]') ?? document.body;
      const page = document.documentElement;
      const hides = [...room.querySelectorAll<HTMLElement>('*')].filter(
        each =>
          each.clientWidth > 1 &&
          each.scrollWidth > each.clientWidth + 1 &&
          /hidden|clip/.test(getComputedStyle(each).overflowX) &&
          each.closest('[title], .oc-visually-hidden') === null &&
          each.checkVisibility(),
      );
      const beyond = [
        ...room.querySelectorAll<HTMLElement>('button, label, select, a, h2, h3, summary'),
      ].filter(each => {
        const { left, right, width } = each.getBoundingClientRect();
        const isOut = width > 1 && (left < -1 || right > page.clientWidth + 1);
        return isOut && each.checkVisibility() && !scrollsInside(each);
      });
      const wide = page.scrollWidth > page.clientWidth ? ['the page scrolls sideways'] : [];
      return [...wide, ...[...hides, ...beyond].map(each => `${each.tagName} ${each.textContent.trim()}`)];
    }

    function scrollsInside(element: Element): boolean {
      for (
        let each = element.parentElement;
        each !== null && each !== document.body;
        each = each.parentElement
      )
        if (/auto|scroll/.test(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth)
          return true;
      return false;
    }
  });
}
