import { oneLine } from '../formats/one-line';

const LINE = 76;
/** So that an encoded word stays within the 75 characters that RFC 2047 allows it. */
const WORD_BYTES = 42;

/**
 * A mail draft (RFC 5322): opens unsent in Outlook and in others that know `X-Unsent`. Whom to write to is left open. What
 * is written is data: neither subject nor text can add a heading.
 */
export function requestMail({ subject, text }: { readonly subject: string; readonly text: string }): string {
  return [
    'X-Unsent: 1',
    `Subject: ${encodedWords(oneLine(subject))}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(base64(new TextEncoder().encode(text.replace(/\r?\n/g, '\r\n'))).match(
      new RegExp(`.{1,${LINE}}`, 'g'),
    ) ?? []),
    '',
  ].join('\r\n');
}

/** Never within a character: each word is decoded by itself. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word: number[] = [];
  for (const letter of text) {
    const bytes = new TextEncoder().encode(letter);
    if (word.length + bytes.length > WORD_BYTES) {
      words.push(base64(Uint8Array.from(word)));
      word = [];
    }
    word.push(...bytes);
  }
  return [...words, base64(Uint8Array.from(word))].map(each => `=?utf-8?B?${each}?=`).join('\r\n ');
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
