import type { Locator } from 'playwright-core';

/** Words and numbers of tables that are spread over two lines although they would fit on one. */
export function brokenWords(tables: Locator): Promise<readonly string[]> {
  return tables.evaluateAll(found => {
    const broken: string[] = [];
    for (const table of found) {
      const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        for (const word of (text.nodeValue ?? '').matchAll(/[\p{L}\p{N}]{2,12}/gu)) {
          const range = document.createRange();
          range.setStart(text, word.index);
          range.setEnd(text, word.index + word[0].length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1) broken.push(`${word[0]} in ${text.nodeValue ?? ''}`);
        }
      }
    }
    return broken;
  });
}
