/** Columns of one width in a strip that scrolls sideways. */
export interface ColumnWindow {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

const BUFFER = 2;

/**
 * The columns in view, and two to each side.
 *
 * @param scrolled px
 * @param room width of the strip that is in view, in px; unknown widths are taken for a wide window
 */
export function columnsInView(scrolled: number, room: number, width: number, count: number): ColumnWindow {
  const start = Math.max(0, Math.floor(scrolled / width) - BUFFER);
  const end = Math.ceil((scrolled + (room > 0 ? room : 1920)) / width) + BUFFER;
  return { start: Math.min(start, count), end: Math.min(end, count) };
}
