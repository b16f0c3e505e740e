/**
 * Widths of the columns of rules, the published ones and the own. Words of known lengths are as wide as the longest, in
 * any language, also beside an open pane.
 */
export const RULE_WIDTHS: Readonly<Partial<Record<string, string>>> = {
  host: '29%',
  port: '3.75rem',
  protocol: '5.75rem',
  requirement: '8.5rem',
  blocks: '15%',
  // As many lines as it needs, where each may have its own height.
  purpose: '24%',
};
