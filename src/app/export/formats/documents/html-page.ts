import type { Text } from '../../../ui/words/make-text';
import { oneLine } from '../one-line';

/**
 * A page that is one file: no script and nothing from elsewhere, so that it opens from a mail under a strict policy, and prints.
 *
 * @param body lines of HTML, each text in them {@link escaped}
 */
export function htmlPage(title: string, style: string, t: Text, body: readonly string[]): string {
  return `${[
    '<!doctype html>',
    `<html lang="${escaped(t('formats.language'))}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escaped(title)}</h1>`,
    ...body,
    '</main>',
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

/** Text between tags and within double quotes. */
export function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return oneLine(text).replace(/[&<>"']/g, sign => entities[sign] ?? sign);
}
