/** The words that are looked for. Of a pasted URL its host: rules know no paths. */
export function searchWords(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
    .map(word => /^https?:\/\/([^/:?#]+)/.exec(word)?.[1] ?? word);
}

/** The items of which each word occurs in some text; all of them where nothing is looked for. */
export function foundIn<T>(
  items: readonly T[],
  text: string,
  textsOf: (item: T) => readonly string[],
): readonly T[] {
  const words = searchWords(text);
  if (words.length === 0) return items;
  return items.filter(item => {
    const texts = textsOf(item).map(each => each.toLowerCase());
    return words.every(word => texts.some(each => each.includes(word)));
  });
}
