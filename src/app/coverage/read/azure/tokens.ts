/** A token of Bicep or of HashiCorp's language. `word`: a name, a number or any other sign that is no punctuation. */
export interface Token {
  readonly kind: 'text' | 'word' | 'sign' | 'newline' | 'unclear';
  readonly text: string;
  readonly line: number;
}

export interface Language {
  /** Begins a comment that ends with the line; a regular expression at the place. */
  readonly comment: RegExp;
  readonly quote: "'" | '"';
  /** Begins an expression within a text. */
  readonly interpolation: RegExp;
}

const BLANKS = /[^\S\n]+/uy;
const COMMENT = /\/\*[\s\S]*?(?:\*\/|$)/uy;
const WORD = /[\p{L}\p{N}_.-]+/uy;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Takes a configuration apart as far as texts, names and brackets go; it understands no expressions. */
export function tokensOf(source: string, { comment, quote, interpolation }: Language): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  const lineComment = new RegExp(comment.source, 'uy');
  const take = (sticky: RegExp): string | undefined => {
    sticky.lastIndex = at;
    return sticky.exec(source)?.[0];
  };
  while (at < source.length) {
    const start = line;
    const skipped = take(BLANKS) ?? take(lineComment) ?? take(COMMENT);
    if (skipped !== undefined && skipped !== '') {
      line += skipped.split('\n').length - 1;
      at += skipped.length;
      continue;
    }
    const long = longText(source, at, quote);
    if (long !== undefined) {
      tokens.push({ kind: long.isPlain ? 'text' : 'unclear', text: long.text, line: start });
      line += source.slice(at, long.end).split('\n').length - 1;
      at = long.end;
      continue;
    }
    if (source[at] === quote) {
      const end = textEnd(source, at, quote);
      const raw = source.slice(at + 1, end);
      const isUnclear = interpolation.test(raw.replace(/\\[\s\S]|\$\$\{|%%\{/g, ''));
      tokens.push({
        kind: isUnclear ? 'unclear' : 'text',
        text: isUnclear ? raw : unescaped(raw),
        line: start,
      });
      line += raw.split('\n').length - 1;
      at = end + 1;
      continue;
    }
    const word = take(WORD);
    const text = word ?? String.fromCodePoint(source.codePointAt(at) ?? 0);
    tokens.push({ kind: text === '\n' ? 'newline' : word === undefined ? 'sign' : 'word', text, line });
    if (text === '\n') line += 1;
    at += text.length;
  }
  return tokens;
}

interface LongText {
  readonly text: string;
  readonly end: number;
  readonly isPlain: boolean;
}

/** Bicep's text in three quotes, which knows no escapes; Terraform's text that ends with a word of its own. */
function longText(source: string, at: number, quote: string): LongText | undefined {
  if (quote === "'" && source.startsWith("'''", at)) {
    const close = source.indexOf("'''", at + 3);
    const end = close === -1 ? source.length : close;
    return { text: source.slice(at + 3, end).replace(/^\r?\n/, ''), end: end + 3, isPlain: true };
  }
  if (quote !== '"' || !source.startsWith('<<', at)) return undefined;
  const [head, word = ''] = /^<<-?(\w{1,80})\r?\n/.exec(source.slice(at, at + 100)) ?? [];
  if (head === undefined) return undefined;
  const close = new RegExp(`^[^\\S\\n]*${word}[^\\S\\n]*$`, 'gm');
  close.lastIndex = at + head.length;
  const found = close.exec(source);
  return {
    text: source.slice(at + head.length, found?.index),
    end: found === null ? source.length : found.index + found[0].length,
    isPlain: false,
  };
}

export function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.text === sign;
}

function textEnd(source: string, start: number, quote: string): number {
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === quote) return at;
  }
  return source.length;
}

function unescaped(raw: string): string {
  return raw
    .replace(/\$\$\{/g, '${')
    .replace(/%%\{/g, '%{')
    .replace(/\\(.)/gs, (_, sign: string) => ESCAPES[sign] ?? sign);
}
