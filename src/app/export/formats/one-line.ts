/** Free text on one line: line breaks and control characters become blanks. What a comment of any format can hold. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
