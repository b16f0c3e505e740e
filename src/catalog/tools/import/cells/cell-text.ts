/** HTML that pages have in cells: what begins a line of its own, and what only shows the text otherwise. */
const BREAKS = /<\/?(?:br|p|div|ul|ol|li)\b[^>]*>/gi;
const MARKS = /<\/?(?:a|b|i|u|em|strong|code|span|font|small|tt|kbd|nobr|wbr)(?:\s[^>]*)?\/?>/gi;
/** Marks of notes below the table. */
const NOTES = /<su([pb])\b[^>]*>.*?<\/su\1>|\[\^[^\]]*\]/gi;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ast: '*',
  sol: '/',
  colon: ':',
  period: '.',
};

const INVISIBLE = /[\u200b-\u200f\u2060\u00ad\ufeff]/g;

/** Lists have had zero-width and no-break spaces at the ends of cells. */
export function tidy(cell: string): string {
  return cell.replace(/^[\s\u200b-\u200f\u2060\u00ad\ufeff]+|[\s\u200b-\u200f\u2060\u00ad\ufeff]+$/g, '');
}

/**
 * What a reader of the page sees in a cell of a Markdown table: links by their text, no marks, no escapes, a blank for a
 * line break. What stands in angle brackets and is no HTML stays: it is a placeholder.
 */
export function plainText(cell: string): string {
  const text = cell
    .replace(BREAKS, '\n')
    .replace(NOTES, '')
    .replace(MARKS, '')
    .replace(/<((?:https?:\/\/|mailto:)[^>\s]+)>/gi, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replaceAll('`', '')
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~&])/g, '$1')
    .replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (all, name: string) => entity(name.toLowerCase()) ?? all);
  return text
    .replace(INVISIBLE, '')
    .replace(/\s*\n\s*|[^\S ]/g, ' ')
    .trim();
}

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  const code = name.startsWith('#x') ? parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** A word of a list as it is looked up: case and kinds of blanks say nothing. */
export function wordOf(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
