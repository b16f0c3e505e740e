/**
 * Signs that are not seen but turn, hide or end what stands beside them (Unicode TR36): controls and formats. Line breaks
 * and tabs are layout, joiners of letters are spelling.
 */
const UNSEEN = /(?![\t\n\r\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A text as it can be shown wherever it comes from: what is not seen is named, as in `[U+202E]`, so that nothing is read
 * in another order than it stands.
 */
export function inert(text: string): string {
  return text.replace(UNSEEN, sign => `[U+${codeOf(sign).toString(16).toUpperCase().padStart(4, '0')}]`);
}

function codeOf(sign: string): number {
  return sign.codePointAt(0) ?? 0;
}
