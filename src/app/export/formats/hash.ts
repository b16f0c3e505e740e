/** FNV-1a, 32 bits: tells texts apart and stays the same for the same text; no more is asked of it. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}
