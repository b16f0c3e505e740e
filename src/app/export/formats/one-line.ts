/** Signs that are not seen but turn or hide what stands beside them (Unicode TR36); joiners of letters apart. */
const UNSEEN = /(?![\u200C\u200D])\p{Cf}/gu;

/**
 * Free text on one line: line breaks and control characters become blanks, signs that are not seen go. What a comment of
 * any format can hold.
 */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(UNSEEN, '')
    .trim();
}

/** Signs, which are at most four bytes each: Squid and Suricata take what is beyond 4 or 8 kB for a line of its own. */
const LONGEST_COMMENT = 500;

/** Free texts as whole lines of comment; long ones go on in the next. */
export function commentLines(mark: string, texts: readonly string[]): readonly string[] {
  return texts.flatMap(text => pieces(oneLine(text)).map(piece => `${mark} ${piece}`));
}

function pieces(line: string): readonly string[] {
  const letters = Array.from(line);
  const found: string[] = [];
  for (let at = 0; at < letters.length; at += LONGEST_COMMENT)
    found.push(
      letters
        .slice(at, at + LONGEST_COMMENT)
        .join('')
        .trim(),
    );
  return found.filter(piece => piece !== '');
}
